"""From layers to a chart: title, fonts, colours and width, all in the spec itself.

So the chart on the page and the picture that is shared look alike. Layers name their rows with
`named` and hand them to `styled`, where each set stands once in the spec.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt

from bench.analysis.results import Mode
from bench.charts.labels import wrapped
from bench.charts.theme import Palette

Row = dict[str, Any]

FONT = "Inter, sans-serif"
SEMIBOLD: Final = 600
_TITLE_SIZE, _SUBTITLE_SIZE, _TEXT_SIZE = 16, 13, 12

# The row's own colour. Channels are written as classes, here and in every chart: Altair takes
# several milliseconds to find the class for each that is given as plain text.
COLOUR = alt.Color("colour:N", scale=None, legend=None)

# What a mode's times are of, as axis titles and sentences say it.
POOL: Mapping[Mode, str] = {"warm": "warm pool", "cold": "with pool start-up"}

# In their place where another tool measured.
ITS_TOOLS = "as its tool tells it"

# The spec's parameter that holds the width of the chart where it is shown, in pixels. Below
# `_NARROW` there is no room for long labels, as on a phone.
_ROOM, _NARROW = "room", 560


def narrower(than: int) -> str:
    """An expression: whether the chart is narrower than so many pixels."""
    return f"{_ROOM} < {than}"


IS_NARROW = narrower(_NARROW)

# The widths that titles are broken for, and the width of a character in title and subtitle.
_ROOMS = (1120, 840, _NARROW, 330, 250)
_TITLE_CHARACTER, _SUBTITLE_CHARACTER = 9, 7


def named(name: str) -> dict[str, str]:
    """The set of rows of that name, as a layer's data."""
    return {"name": name}


def rounded(value: float) -> float:
    """Five significant digits: more than a picture can show, and far shorter to send."""
    return float(f"{value:.5g}")


def choose(narrow: object, wide: object) -> alt.ExprRef:
    """One of two constants by the room that there is."""
    return alt.expr(f"{IS_NARROW} ? {json.dumps(narrow)} : {json.dumps(wide)}")


def name_axis(palette: Palette) -> alt.Axis:
    """The axis of what rows are called: no title, and room for long names."""
    return alt.Axis(
        title=None, labelColor=palette.text, labelPadding=8, labelLimit=choose(120, 300)
    )


def by_room(field: str) -> str:
    """An expression: the row's field of that name, or where it is narrow its `narrow_` one."""
    return f"{IS_NARROW} ? datum.narrow_{field} : datum.{field}"


@dataclass(frozen=True)
class _Rows:
    """Rows by name; Altair passes on as it is what is no list or dictionary."""

    by_name: Mapping[str, Sequence[Row]]


class _Chart(alt.LayerChart):
    """A layered chart to which rows and subtitle are added last, and that is checked when asked.

    Rows: Altair copies each value several times, which took half of the time for a small chart
    and most of it for a large one. Subtitle: Vega-Lite takes an expression there as it does for
    the title, but its schema knows none and Altair would refuse it. Checks: they take 20 ms at
    each poll of a live run; the tests ask for them. Rows and subtitle wait in the metadata.
    """

    def to_dict(self, validate: bool = False, **more: Any) -> Row:
        spec: Row = super().to_dict(validate=validate, **more)
        waiting = spec.pop("usermeta")
        spec["title"]["subtitle"] = waiting["subtitle"]
        rows = dict(waiting["rows"].by_name)
        # Altair moves the data of a layer that is the only one to the top.
        for bearer in [spec, *spec["layer"]]:
            # Vega-Lite finds rows by their name once they have been brought.
            data = bearer.get("data", {})
            if data.get("name") in rows:
                data["values"] = list(rows.pop(data["name"]))
        return spec


def styled(
    layers: Sequence[alt.Chart],
    rows: Mapping[str, Sequence[Row]],
    palette: Palette,
    *,
    title: str,
    subtitle: Sequence[str],
    description: str,
    grid: Literal["x", "y"],
    height: int | alt.ExprRef,
    width: int | None,
    scale: float = 1.0,
) -> alt.LayerChart:
    """The layers as one chart with its look; title and subtitle (in parts) are broken to fit.

    Without a width it takes that of its container, and labels fit themselves to it there; its
    height may be an expression of the room that there is, too. Its type is `scale` times as large.
    """
    return _Chart(
        layer=list(layers),
        params=[_room(width), *_height(height)],
        # Zero lets a line be as long as it is: lines are broken, never cut. Streamlit puts a limit
        # of its own where the title itself has none.
        title=alt.TitleParams(_by_room([title], " ", scale * _TITLE_CHARACTER), limit=0),
        description=description,
        width="container" if width is None else width,
        height=height if isinstance(height, int) else alt.Undefined,
        # Fits what stands outside the plot (names, labels) into the width; the height grows.
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "top": 8, "right": 8, "bottom": 8},
        background=palette.background,
        config=_config(palette, grid, scale),
        usermeta={
            "subtitle": _by_room(subtitle, " · ", scale * _SUBTITLE_CHARACTER),
            "rows": _Rows(rows),
        },
    )


def _room(width: int | None) -> alt.VariableParameter:
    if width is not None:
        return alt.VariableParameter(name=_ROOM, value=width)
    # `width` is named for Vega to compute this anew when the container changes. Where there is no
    # container, as in vl-convert, the size is undefined and everything is laid out wide.
    return alt.VariableParameter(
        name=_ROOM, expr=f"width >= 0 && containerSize()[0] || {_ROOMS[0]}"
    )


def _height(height: int | alt.ExprRef) -> list[alt.VariableParameter]:
    """Vega takes its own `height` from a parameter of that name, where it is no constant."""
    if isinstance(height, int):
        return []
    return [alt.VariableParameter(name="height", expr=str(height.expr))]


def _by_room(parts: Sequence[str], between: str, character: float) -> alt.ExprRef:
    """The text broken into lines for each of the widths, and which of them to take."""
    *wider, narrowest = [
        (room, json.dumps(wrapped(parts, int(room // character), between))) for room in _ROOMS
    ]
    cases = "".join(f"{_ROOM} >= {room} ? {lines} : " for room, lines in wider)
    return alt.expr(cases + narrowest[1])


def _config(palette: Palette, grid: Literal["x", "y"], scale: float) -> Row:
    axis = {
        "labelFont": FONT,
        "labelFontSize": scale * _TEXT_SIZE,
        "labelColor": palette.secondary,
        "labelPadding": 6,
        "labelSeparation": 6,
        "titleFont": FONT,
        "titleFontSize": scale * _TEXT_SIZE,
        "titleFontWeight": 400,
        "titleColor": palette.secondary,
        "titlePadding": 10,
        "gridColor": palette.grid,
        "domain": False,
        "ticks": False,
    }
    title = {
        "font": FONT,
        "fontSize": scale * _TITLE_SIZE,
        "fontWeight": SEMIBOLD,
        "lineHeight": scale * 21,
        "color": palette.text,
        "subtitleFont": FONT,
        "subtitleFontSize": scale * _SUBTITLE_SIZE,
        "subtitleFontWeight": 400,
        "subtitleLineHeight": scale * 18,
        "subtitlePadding": 5,
        "subtitleColor": palette.secondary,
        "anchor": "start",
        "frame": "bounds",
        "offset": 20,
    }
    return {
        "font": FONT,
        "axis": axis,
        "axisX": {"grid": grid == "x"},
        "axisY": {"grid": grid == "y"},
        "title": title,
        "text": {"font": FONT, "fontSize": scale * _TEXT_SIZE},
        "view": {"stroke": None},
        "mark": {"tooltip": None},
    }
