"""How much each worker gains of what it could: speedup / workers, with what would be ideal."""

from collections.abc import Sequence

import altair as alt

from bench.analysis import words
from bench.analysis.results import Mode, Result
from bench.charts.drawing import COLOUR, POOL, named, rounded, styled
from bench.charts.efficiency_rows import (
    HEIGHT,
    Line,
    ideal_rows,
    label_rows,
    lines_of,
    noise_rows,
    point_rows,
    top_of,
)
from bench.charts.facts import counted, facts, usable_cpus, work_of
from bench.charts.lines import TEXT, X, Y, label_layers
from bench.charts.theme import Palette
from bench.samples import Run

_TOLD = [
    alt.Tooltip("contender:N"),
    alt.Tooltip("value:N", title="speedup / workers"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("ceiling:N", title="of the ceiling's speedup"),
    alt.Tooltip("rounds:Q"),
]


def efficiency(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A line an executor, named at the right end, below the line that is ideal.

    `results` are those of the run. Without a width the chart takes its container's.
    """
    lines, usable = lines_of(results, mode), usable_cpus(run)
    counts = sorted({contender.workers for contender in run.plan.contenders}) or [1]
    first, last = (0.5, 1.5) if counts[-1] == 1 else (1.0, float(counts[-1]))
    margin, top = 0.05 * (last - first), top_of(lines)
    noise = noise_rows(results, mode, top)
    rows = {
        "noise": noise,
        "cpus": [{"x": usable, "text": counted(usable, "usable CPU")}]
        if usable and first <= usable <= last
        else [],
        "ideal": ideal_rows(work_of(run)[1], usable, first, counts[-1]),
        "points": point_rows(lines, top, palette),
        "labels": label_rows(lines, last + margin, top, palette),
    }
    x = (
        alt.X("x:Q")
        .axis(title="workers", values=sorted({1, *counts}), labelOverlap="greedy", format="d")
        .scale(domain=[first - margin, last + margin], nice=False, zero=False)
    )
    y = (
        alt.Y("y:Q")
        .axis(title=f"speedup / workers, {POOL[mode]}", tickCount=5, format=".0%")
        .scale(domain=[0, rounded(top)], nice=False)
    )
    return styled(
        [*_references(palette), *_lines(lines), *_points(x, y), *label_layers()],
        rows,
        palette,
        title=_headline(lines),
        subtitle=[
            *facts(run, results),
            "dotted: ideal",
            *(["band: noise floor"] if noise else []),
        ],
        description=efficiency_alt(results, mode),
        grid="y",
        height=HEIGHT,
        width=width,
    )


def efficiency_alt(results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    lines = lines_of(results, mode)
    told = [
        f"{one.name}: "
        + ", ".join(
            f"{words.percent(point.efficiency.estimate)} with {counted(point.workers, 'worker')}"
            for point in one.points
        )
        + "."
        for one in lines
    ]
    start = f"Lines of speedup / workers against workers, {POOL[mode]}."
    return " ".join([start, f"{_headline(lines)}.", *told])


def _headline(lines: Sequence[Line]) -> str:
    """How much of what several workers could gain the fastest contender does."""
    rivals = [
        (point.efficiency.estimate * point.workers, point)
        for one in lines
        if one.executor != "ceiling"
        for point in one.points
    ]
    if not rivals:
        return "Nothing measured yet"
    _, fastest = max([pair for pair in rivals if pair[1].workers > 1] or rivals, key=_gain)
    name = fastest.contender[:1].upper() + fastest.contender[1:]
    found = fastest.efficiency
    ends = (
        ""
        if found.low is None or found.high is None
        else f" ({words.digits(100 * found.low)}–{words.percent(found.high)})"
    )
    return f"{name}: {words.percent(found.estimate)} of a {fastest.workers}-fold speedup{ends}"


def _gain(rival: tuple[float, object]) -> float:
    return rival[0]


def _references(palette: Palette) -> list[alt.Chart]:
    """What stands behind the data: the noise around ideal, where the CPUs end, and ideal."""
    quiet = palette.secondary
    noise = alt.Chart(named("noise")).mark_rect(color=palette.band, clip=True)
    cpus = alt.Chart(named("cpus")).mark_rule(color=quiet, opacity=0.5)
    cpus_name = alt.Chart(named("cpus")).mark_text(color=quiet, baseline="bottom", y=-5)
    ideal = alt.Chart(named("ideal")).mark_line(color=quiet, strokeDash=[2, 3], strokeWidth=1.5)
    return [
        noise.encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        cpus.encode(x=X),
        cpus_name.encode(x=X, text=TEXT),
        ideal.encode(x=X, y=Y),
    ]


def _lines(lines: Sequence[Line]) -> list[alt.Chart]:
    """Each line with the intervals of its points."""
    dashes = alt.Scale(
        domain=[one.name for one in lines], range=[list(one.style.dash) for one in lines]
    )
    points = alt.Chart(named("points"))
    return [
        points.mark_line().encode(
            x=X,
            y=Y,
            color=COLOUR,
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=None),
            strokeWidth=alt.StrokeWidth("stroke:Q", scale=None, legend=None),
        ),
        points.mark_rule(strokeWidth=2).encode(
            x=X, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=COLOUR
        ),
    ]


def _points(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The marks, with both axes; a line without marks has tooltips all the same."""
    points = alt.Chart(named("points"))
    marks = points.transform_filter("datum.mark != ''").mark_point(
        size=75, strokeWidth=2, opacity=1
    )
    unseen = points.transform_filter("datum.mark == ''").mark_point(size=120, opacity=0)
    return [
        marks.encode(
            x=x,
            y=y,
            stroke=alt.Stroke("colour:N", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            shape=alt.Shape("mark:N", scale=None, legend=None),
            tooltip=_TOLD,
        ),
        unseen.encode(x=X, y=Y, tooltip=_TOLD),
    ]
