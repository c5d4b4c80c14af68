"""Charts with a row for each of many things: where rows stand, in pixels, and their names.

Their layers have no axis from top to bottom: what stands there is told in pixels from the top.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from bench.charts.drawing import SEMIBOLD, Row, by_room, choose, named
from bench.charts.theme import Palette

# A name's options stand in brackets: on a narrow chart they get a line of their own.
_BRACKET = " ("
_NAME_LINE = 13


def pixels(field: str) -> alt.Y:
    """The channel for what stands so many pixels from the top."""
    return alt.Y(f"{field}:Q").scale(None).axis(None)


TOP, BOTTOM, MIDDLE = pixels("top"), alt.Y2("bottom:Q"), pixels("middle")


def band(middle: float, height: float) -> Row:
    """The ends of what is so high and has its middle there."""
    return {"top": middle - height / 2, "bottom": middle + height / 2}


def step_of(names: Sequence[str], wide: int, dense: int, *, many: int = 8) -> int:
    """The height of a row in pixels: less where there are many."""
    return wide if len(names) <= many else dense


def name_row(name: str) -> Row:
    """A name in one line, or where it is narrow in two."""
    return {"lines": [name], "narrow_lines": name.replace(_BRACKET, "\n(", 1).split("\n")}


def name_rows(middles: Mapping[str, float]) -> list[Row]:
    """Names by where the middle of each one's row is."""
    return [{"middle": middle, **name_row(name)} for name, middle in middles.items()]


def name_layers(
    palette: Palette, names: alt.Chart | None = None, middle: str = "datum.middle"
) -> list[alt.Chart]:
    """The names to the left of all rows, whose middles an expression tells."""
    names = (
        (names or alt.Chart(named("names")))
        .transform_calculate(
            text=by_room("lines"), at=f"{middle} - (length(datum.text) - 1) * {_NAME_LINE / 2}"
        )
        .mark_text(
            x=-8,
            align="right",
            baseline="middle",
            color=palette.text,
            lineHeight=_NAME_LINE,
            limit=choose(130, 300),
        )
    )
    return [names.encode(y=pixels("at"), text=alt.Text("text:N"))]


def value_layers(palette: Palette, data: str, x: alt.X, *, dx: int = 9) -> list[alt.Chart]:
    """The rows' `text` in figures, to the right of a mark."""
    values = alt.Chart(named(data))
    look: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": dx, "fontWeight": SEMIBOLD}
    # A copy with a wide edge in the background's colour keeps lines off the digits.
    edge = values.mark_text(stroke=palette.background, strokeWidth=4, strokeJoin="round", **look)
    return [
        layer.encode(x=x, y=MIDDLE, text=alt.Text("text:N"))
        for layer in (edge, values.mark_text(color=palette.text, **look))
    ]
