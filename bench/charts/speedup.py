"""Speedup against workers, with what would be ideal, what is noise and where the CPUs end."""

from collections.abc import Sequence

import altair as alt

from bench.analysis import words
from bench.analysis.results import Mode, Result
from bench.charts.drawing import COLOUR, IS_NARROW, POOL, SEMIBOLD, Row, named, rounded, styled
from bench.charts.facts import counted, facts, reach, usable_cpus, work_of
from bench.charts.frame import LINE_HEIGHT, Frame, frame_of
from bench.charts.series import Point, Series, series_of
from bench.charts.speedup_rows import label_rows, noise_of, noise_rows, point_rows
from bench.charts.theme import Palette
from bench.samples import Run

_X, _Y, _TEXT = alt.X("x:Q"), alt.Y("y:Q"), alt.Text("text:N")
_TOLD = [
    alt.Tooltip("contender:N"),
    alt.Tooltip("value:N", title="speedup"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("verdict:N"),
    alt.Tooltip("rounds:Q"),
]


def speedup(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A line an executor with its intervals, named at the right end.

    `results` are those of the run. Without a width the chart takes its container's.
    """
    series, noise, usable = series_of(results, mode), noise_of(results, mode), usable_cpus(run)
    counts = sorted({contender.workers for contender in run.plan.contenders})
    frame = frame_of(counts, series, noise, work_of(run)[1], reach(run))
    rows = {
        "noise": noise_rows(noise),
        "one": [{"y": 1}],
        "cpus": _cpu_rows(usable, frame),
        "ideal": [{"x": x, "y": y} for x, y in frame.ideal],
        "leaves": _leaving_rows(frame),
        "points": point_rows(series, frame, palette),
        "labels": label_rows(series, frame, palette),
    }
    return styled(
        [
            *_references(palette),
            *_lines(series),
            *_points(_workers(counts, frame), _speedups(frame, mode)),
            *_labels(),
        ],
        rows,
        palette,
        title=words.headline(results, mode).removesuffix("."),
        subtitle=[*facts(run, results), *(["band: noise floor"] if noise else [])],
        description=speedup_alt(results, mode),
        grid="y",
        height=frame.height,
        width=width,
    )


def speedup_alt(results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    lines = [
        f"{one.name}: " + ", ".join(_told(point) for point in one.points) + "."
        for one in series_of(results, mode)
    ]
    start = f"Lines of the speedup over sequential against workers, {POOL[mode]}."
    return " ".join([start, words.headline(results, mode), *lines])


def _told(point: Point) -> str:
    return f"{words.digits(point.speedup.estimate)} with {counted(point.workers, 'worker')}"


def _cpu_rows(usable: int | None, frame: Frame) -> list[Row]:
    if usable is None or not frame.first <= usable <= frame.last:
        return []
    return [{"x": usable, "text": counted(usable, "usable CPU")}]


def _leaving_rows(frame: Frame) -> list[Row]:
    """Where the ideal line leaves the frame, and its name, which then stands there."""
    if frame.ideal_is_whole:
        return []
    return [{"x": rounded(frame.top), "y": rounded(frame.top), "text": "ideal"}]


def _references(palette: Palette) -> list[alt.Chart]:
    """What stands behind the data: noise floor, sequential work, usable CPUs, ideal."""
    quiet = palette.secondary
    noise = alt.Chart(named("noise")).mark_rect(color=palette.band, clip=True)
    one = alt.Chart(named("one")).mark_rule(color=quiet, opacity=0.7)
    cpus = alt.Chart(named("cpus")).mark_rule(color=quiet, opacity=0.5)
    cpus_name = alt.Chart(named("cpus")).mark_text(color=quiet, baseline="bottom", y=-5)
    ideal = alt.Chart(named("ideal")).mark_line(
        color=quiet, strokeDash=[2, 3], strokeWidth=1.5, clip=True
    )
    ideal_name = alt.Chart(named("leaves")).mark_text(
        color=quiet, align="left", baseline="top", dx=4, dy=2
    )
    return [
        noise.encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        one.encode(y=_Y),
        cpus.encode(x=_X),
        cpus_name.encode(x=_X, text=_TEXT),
        ideal.encode(x=_X, y=_Y),
        ideal_name.encode(x=_X, y=_Y, text=_TEXT),
    ]


def _lines(series: Sequence[Series]) -> list[alt.Chart]:
    """Each series' line, on a band between the ends of its intervals, which are drawn too."""
    dashes = alt.Scale(
        domain=[one.name for one in series], range=[list(one.style.dash) for one in series]
    )
    low, high = alt.Y("low:Q").stack(None), alt.Y2("high:Q")
    points = alt.Chart(named("points"))
    return [
        points.mark_area(opacity=0.15, clip=True).encode(
            x=_X, y=low, y2=high, color=COLOUR, detail=alt.Detail("series:N")
        ),
        points.mark_line().encode(
            x=_X,
            y=_Y,
            color=COLOUR,
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=None),
            strokeWidth=alt.StrokeWidth("stroke:Q", scale=None, legend=None),
        ),
        points.mark_rule(strokeWidth=2).encode(x=_X, y=low, y2=high, color=COLOUR),
    ]


def _points(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The marks, with both axes."""
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
            tooltip=_TOLD,
        )
    ]


def _workers(counts: list[int], frame: Frame) -> alt.X:
    ends = [frame.first - frame.margin, frame.last + frame.margin]
    return (
        alt.X("x:Q")
        .axis(title="workers", values=sorted({1, *counts}), labelOverlap="greedy", format="d")
        .scale(domain=ends, nice=False, zero=False)
    )


def _speedups(frame: Frame, mode: Mode) -> alt.Y:
    return (
        alt.Y("y:Q")
        .axis(title=f"speedup over sequential, {POOL[mode]}", tickCount=6)
        .scale(domain=[0, rounded(frame.top)], nice=False)
    )


def _labels() -> list[alt.Chart]:
    """The names at the right, each with a thin line to the end of what it names."""
    labels = alt.Chart(named("labels"))
    leader = labels.mark_rule(opacity=0.4).transform_calculate(at=_by_room("centre"))
    text = labels.mark_text(
        align="left",
        dx=6,
        lineHeight=LINE_HEIGHT,
        fontWeight=alt.expr(f"datum.bold ? {SEMIBOLD} : 400"),
    ).transform_calculate(at=_by_room("first"), text=_by_room("lines"))
    return [
        leader.encode(
            x=alt.X("end_x:Q"),
            x2=alt.X2("x:Q"),
            y=alt.Y("end_y:Q"),
            y2=alt.Y2("at:Q"),
            color=COLOUR,
        ),
        text.encode(x=_X, y=alt.Y("at:Q"), text=_TEXT, color=COLOUR),
    ]


def _by_room(field: str) -> str:
    return f"{IS_NARROW} ? datum.narrow_{field} : datum.{field}"
