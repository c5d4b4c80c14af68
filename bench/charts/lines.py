"""The layers that all charts of lines have: lines, marks, labels, headings, the axis of values."""

import json
from collections.abc import Sequence

import altair as alt

from bench.charts.drawing import COLOUR, SEMIBOLD, by_room, named, rounded
from bench.charts.series import Series
from bench.charts.strips import LINE_HEIGHT, Strips
from bench.charts.theme import Palette

X, Y, TEXT = alt.X("x:Q"), alt.Y("y:Q"), alt.Text("text:N")
LOW, HIGH = alt.Y("low:Q").stack(None), alt.Y2("high:Q")

# What is said of a speedup where the pointer is.
TOLD = (
    alt.Tooltip("contender:N"),
    alt.Tooltip("value:N", title="speedup"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("verdict:N"),
    alt.Tooltip("rounds:Q"),
)

# How pale a line is that joins what no number lies between.
_PALE = 0.35


def line_layers(series: Sequence[Series], *, sloped: bool = True) -> list[alt.Chart]:
    """Each series' line, on a band between the ends of its intervals, which are drawn too.

    If nothing lies between the points, only flat lines have a band, and all lines are pale.
    """
    dash: dict[str, list[int]] = {}
    for one in series:
        dash.setdefault(one.name, list(one.style.dash))
    dashes = alt.Scale(domain=list(dash), range=list(dash.values()))
    points = alt.Chart(named("points"))
    # The line is told apart by its dash, too.
    each = [alt.Detail("strip:N"), alt.Detail("part:N")]
    banded = points if sloped else points.transform_filter("datum.flat")
    band = banded.mark_area(opacity=0.15).encode(
        x=X, y=LOW, y2=HIGH, color=COLOUR, detail=[alt.Detail("series:N"), *each]
    )
    line = points.mark_line(opacity=1 if sloped else _PALE).encode(
        x=X,
        y=Y,
        color=COLOUR,
        detail=each,
        strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=None),
        strokeWidth=alt.StrokeWidth("stroke:Q", scale=None, legend=None),
    )
    flat = any(one.flat for one in series)
    measured = points.transform_filter("!datum.flat") if flat else points
    intervals = measured.mark_rule(strokeWidth=2).encode(x=X, y=LOW, y2=HIGH, color=COLOUR)
    return [band, line, intervals]


def mark_layers(x: alt.X, y: alt.Y, told: Sequence[alt.Tooltip]) -> list[alt.Chart]:
    """The marks of all points, with both axes."""
    marks = (
        alt.Chart(named("points"))
        .transform_filter("datum.mark != ''")
        .mark_point(size=75, strokeWidth=2, opacity=1)
    )
    return [
        marks.encode(
            x=x,
            y=y,
            stroke=alt.Stroke("colour:N", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            shape=alt.Shape("mark:N", scale=None, legend=None),
            tooltip=list(told),
        )
    ]


def value_axis(strips: Strips, title: str, labels: Sequence[str] = ()) -> alt.Y:
    """The axis of all strips, with labels for the ticks of each: numbers if none are given."""
    each = range(len(strips.names))
    places = [rounded(strips.place(tick, strip)) for strip in each for tick in strips.ticks]
    texts = [*(labels or strips.axis.numbers(strips.ticks))] * len(strips.names)
    return (
        alt.Y("y:Q")
        .axis(
            title=title,
            values=places,
            labelExpr=f"{json.dumps(texts)}[indexof({json.dumps(places)}, datum.value)]",
        )
        .scale(domain=[0, rounded(strips.length)], nice=False)
    )


def rule_layers(palette: Palette) -> list[alt.Chart]:
    """Sequential work, which speedups are over."""
    rule = alt.Chart(named("one")).mark_rule(color=palette.secondary, opacity=0.7)
    return [rule.encode(y=Y)]


def heading_layers(strips: Strips, palette: Palette) -> list[alt.Chart]:
    """Each strip's interpreter: its short name, and behind it what it is. None of one alone."""
    if not strips.several:
        return []
    headings = alt.Chart(named("headings"))
    name = headings.mark_text(
        x=0, dy=-12, align="left", color=palette.text, fontSize=13, fontWeight=SEMIBOLD
    )
    more = headings.mark_text(
        x=alt.expr("datum.after"), dy=-12, align="left", color=palette.secondary
    )
    return [
        name.encode(y=Y, text=alt.Text("name:N")),
        more.encode(y=Y, text=alt.Text("more:N")),
    ]


def label_layers() -> list[alt.Chart]:
    """The names at the right, each with a thin line to the end of what it names."""
    labels = alt.Chart(named("labels"))
    leader = labels.mark_rule(opacity=0.4).transform_calculate(at=by_room("centre"))
    text = labels.mark_text(
        align="left",
        dx=6,
        lineHeight=LINE_HEIGHT,
        fontWeight=alt.expr(f"datum.bold ? {SEMIBOLD} : 400"),
    ).transform_calculate(at=by_room("first"), text=by_room("lines"))
    return [
        leader.encode(
            x=alt.X("end_x:Q"),
            x2=alt.X2("x:Q"),
            y=alt.Y("end_y:Q"),
            y2=alt.Y2("at:Q"),
            color=COLOUR,
        ),
        text.encode(x=X, y=alt.Y("at:Q"), text=TEXT, color=COLOUR),
    ]
