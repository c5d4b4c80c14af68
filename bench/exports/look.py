"""How an export is to look: a few choices, the same on the command line and in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, cast

from bench.analysis.results import MODES, Mode
from bench.charts.theme import PALETTES, Palette
from bench.errors import Refused
from bench.forms import Between, OneOf, choice_of, form_of

# What the forms are called that `bench.exports.formats` has, for those who do not load all charts.
NAMES = ("json", "csv", "contenders", "md", "html", "pyperf", "trace", "svg", "png")


@dataclass(frozen=True)
class Look:
    """The theme's name, which times are shown, and how many pixels a picture has for each one."""

    theme: str = "light"
    mode: Mode = "warm"
    scale: int = 2

    @property
    def palette(self) -> Palette:
        return PALETTES[self.theme]


def _look(
    theme: Annotated[str, OneOf(*PALETTES), "The background of charts and reports."] = "light",
    mode: Annotated[
        str, OneOf(*MODES), "Times of a warm pool, or with its start-up (cold)."
    ] = "warm",
    scale: Annotated[int, Between(1, 3), "How large a PNG is, where 2 is 1,920 pixels wide."] = 2,
) -> Look:
    return Look(theme, cast(Mode, mode), scale)


FIELDS = {field.name: field for field in form_of(_look)}


def look_of(texts: Mapping[str, str], allowed: Sequence[str]) -> Look:
    """The look that texts ask for, of which only the allowed choices are taken. Raises Refused."""
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in allowed:
            raise Refused("parameter", name, choice_of(list(allowed)))
        values[name] = FIELDS[name].read(text)
    return _look(**values)
