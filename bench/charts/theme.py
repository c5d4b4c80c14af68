"""The colours and marks of all charts and pages.

An executor has one colour on both backgrounds, with a contrast of at least 3:1 to each; members of
a family share a hue. Colour is never the only signal: each executor has a mark of its own, and
lines of a family differ in their dashes. tests/charts/test_theme.py computes all of this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal


@dataclass(frozen=True)
class Palette:
    """The colours of a background and of what stands on it."""

    name: Literal["light", "dark"]
    background: str
    text: str
    secondary: str
    grid: str
    band: str


LIGHT = Palette("light", "#FFFFFF", "#14171B", "#5B6470", "#E7EAEE", "#EEF1F4")
DARK = Palette("dark", "#11151A", "#E8ECF1", "#9AA5B1", "#232A32", "#1B222A")
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (LIGHT, DARK)}


@dataclass(frozen=True)
class Style:
    """How an executor is drawn; no colour means that of text, no mark a line alone."""

    colour: str
    mark: str
    filled: bool = True
    dash: tuple[int, ...] = (1, 0)
    width: float = 2.5


_DASHED, _DOTTED = (6, 4), (2, 3)

# Five points, as the outline that Vega takes for marks that it has no name for.
_STAR = "M0,-1.3L.32,-.44L1.24,-.4L.52,.17L.76,1.05L0,.55L-.76,1.05L-.52,.17L-1.24,-.4L-.32,-.44Z"

STYLES: Mapping[str, Style] = {
    "sequential": Style("#747F8B", "cross", width=1.5),
    "threads": Style("#217BE0", "circle"),
    "bare-threads": Style("#5B98D6", "circle", filled=False, dash=_DASHED),
    "processes": Style("#E0662B", "square"),
    "pool": Style("#BD8A00", "square", filled=False, dash=_DASHED),
    "loky": Style("#B8400E", "triangle-down", dash=_DOTTED),
    "asyncio": Style("#0FA67D", "triangle-up"),
    "interpreters": Style("#835BB7", "diamond"),
    "hybrid": Style("#A63A82", _STAR),
    "dask": Style("#865F52", "triangle-right"),
    "ceiling": Style("", "", dash=_DASHED, width=1.5),
}
# How what an experiment observed is meant: a colour, and a sign for those who do not see it.
TONES: Mapping[str, tuple[str, str]] = {
    "good": ("#128A63", "✓"),
    "bad": ("#D0472B", "✗"),
    "neutral": ("", ""),
}

_UNKNOWN = Style("", "stroke", width=1.5)


def style_of(executor: str) -> Style:
    """How an executor is drawn; one that has no style of its own gets the text's colour."""
    return STYLES.get(executor, _UNKNOWN)


def colour_of(executor: str, palette: Palette) -> str:
    """An executor's colour for marks and lines."""
    return style_of(executor).colour or palette.text


@cache
def ink_of(executor: str, palette: Palette) -> str:
    """An executor's colour for text: mixed with the text's until its contrast is 4.5:1."""
    colour = colour_of(executor, palette)
    mixed = (_mixed(colour, palette.text, step / 20) for step in range(20))
    return next((ink for ink in mixed if contrast(ink, palette.background) >= 4.5), palette.text)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def linear(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of #RRGGBB as shares of light."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in bytes.fromhex(colour[1:]))
    )
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
