"""Speedup against a swept parameter or option, and where it breaks even."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from bench.analysis.results import Mode, Result
from bench.analysis.swept import Line, headline_of, lines_of, sentences_of
from bench.charts.axes import axis_of
from bench.charts.crossing_rows import crossing_rows
from bench.charts.drawing import COLOUR, POOL, SEMIBOLD, Row, by_room, named, rounded, styled
from bench.charts.facts import facts, noise_told
from bench.charts.line_rows import (
    ends,
    heading_rows,
    label_rows,
    labels_of,
    noise_of,
    one_rows,
    point_rows,
)
from bench.charts.lines import (
    HIGH,
    LOW,
    TEXT,
    TOLD,
    X,
    Y,
    heading_layers,
    label_layers,
    line_layers,
    mark_layers,
    rule_layers,
    value_axis,
)
from bench.charts.series import Series, interpreters_of
from bench.charts.stops import Stops, stops_of
from bench.charts.strips import LINE_HEIGHT, Strips, strips_of
from bench.charts.sweep_series import speedups_of
from bench.charts.theme import Palette
from bench.plan import told
from bench.samples import Run

_TOLD_CROSSING = [
    alt.Tooltip("line:N", title="contender"),
    alt.Tooltip("value:N", title="breaks even at"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("turn:N", title="it is"),
    alt.Tooltip("rounds:Q"),
]


def sweep(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A line a series of contenders, with its break-evens; a strip an interpreter.

    `results` are those of the run, whose plan sweeps. Without a width the chart takes its
    container's.
    """
    stops, lines, hosts = stops_of(run.plan), lines_of(run, results, mode), interpreters_of(results)
    series = speedups_of(lines, results, stops, mode)
    strips = _strips(series, hosts)
    noise = _noise_rows(results, mode, stops, strips)
    rows = {
        "noise": noise,
        "one": one_rows(strips),
        "points": point_rows(series, strips, palette),
        "crossings": crossing_rows(lines, strips, stops, palette),
        "headings": heading_rows(run, strips),
        "labels": label_rows(labels_of(series, strips), strips, stops.ends[1], palette),
    }
    scale = ", log scale" if strips.axis.log else ""
    y = value_axis(strips, f"speedup over sequential, {POOL[mode]}{scale}")
    return styled(
        [
            *_noise(palette),
            *rule_layers(palette),
            *line_layers(series, sloped=stops.kind != "names"),
            *mark_layers(stops.axis(), y, TOLD),
            *_crossings(palette),
            *heading_layers(strips, palette),
            *label_layers(),
        ],
        rows,
        palette,
        title=headline_of(run, results, mode).removesuffix("."),
        subtitle=[
            *facts(run, results),
            *(noise_told(hosts) if noise else []),
            *failed(lines, stops),
        ],
        description=sweep_alt(run, results, mode),
        grid="y",
        height=strips.pixels,
        width=width,
    )


def sweep_alt(run: Run, results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    start = f"Lines of the speedup over sequential against {stops_of(run.plan).name}, {POOL[mode]}."
    return " ".join([start, headline_of(run, results, mode), *sentences_of(run, results, mode)])


def failed(lines: Sequence[Line], stops: Stops) -> list[str]:
    """Which points are left out as they failed, a line of the chart each."""
    parts = []
    for line in lines:
        out = [one.contender.at for one in line.results if one.error]
        values = ", ".join(told(value) for value in out if value is not None)
        place = "" if len(out) == len(line.results) else f" at {stops.name} {values}{stops.unit}"
        if out:
            parts.append(f"failed: {line.name}{place}")
    return parts


def _strips(series: Sequence[Series], hosts: Sequence[str]) -> Strips:
    speedups = [point.value for one in series for point in one.points]
    axis = axis_of(
        [speedup.estimate for speedup in speedups],
        [end for speedup in speedups for end in (speedup.low, speedup.high) if end],
        held=[1.0],
    )
    return strips_of(hosts, axis, [(one.label, one.strip) for one in series])


def _noise_rows(results: Sequence[Result], mode: Mode, stops: Stops, strips: Strips) -> list[Row]:
    """What is noise at each value, or at all of them if one control stands for all."""
    rows = []
    for result, interval in noise_of(results, mode):
        at = result.contender.at
        left, right = stops.ends if at is None else stops.around(at)
        rows += [
            {"left": rounded(left), "right": rounded(right), **ends(interval, strips, strip)}
            for strip in range(len(strips.names))
        ]
    return rows


def _noise(palette: Palette) -> list[alt.Chart]:
    noise = alt.Chart(named("noise")).mark_rect(color=palette.band)
    return [noise.encode(x=alt.X("left:Q"), x2=alt.X2("right:Q"), y=LOW, y2=HIGH)]


def _crossings(palette: Palette) -> list[alt.Chart]:
    """Each break-even on the rule of sequential work: its interval, itself, and its label."""
    crossings = alt.Chart(named("crossings"))
    interval = crossings.mark_rule(strokeWidth=8)
    point = crossings.mark_point(
        shape="circle", size=55, strokeWidth=2, fill=palette.background, opacity=1
    )
    text: dict[str, Any] = {
        "align": alt.expr("datum.align"),
        "dy": alt.expr(by_room("dy")),
        "lineHeight": LINE_HEIGHT,
        "fontWeight": SEMIBOLD,
    }
    texts = crossings.transform_calculate(text=by_room("lines"))
    # A copy with a wide edge in the background's colour keeps the lines off the letters.
    edge = texts.mark_text(stroke=palette.background, strokeWidth=4, strokeJoin="round", **text)
    label = texts.mark_text(**text)
    stroke = alt.Stroke("colour:N", scale=None, legend=None)
    ink = alt.Color("ink:N", scale=None, legend=None)
    return [
        interval.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=Y, color=COLOUR),
        point.encode(x=X, y=Y, stroke=stroke, tooltip=_TOLD_CROSSING),
        edge.encode(x=X, y=Y, text=TEXT),
        label.encode(x=X, y=Y, text=TEXT, color=ink),
    ]
