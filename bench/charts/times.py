"""Every contender's time for the same work: geometric mean, interval and each round."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from bench.analysis import words
from bench.analysis.results import Mode, Result
from bench.charts.drawing import (
    COLOUR,
    IS_NARROW,
    ITS_TOOLS,
    POOL,
    SEMIBOLD,
    Row,
    by_room,
    choose,
    named,
    rounded,
    styled,
)
from bench.charts.theme import Palette
from bench.charts.time_rows import Group, Scale, groups_of, time_rows
from bench.samples import Run

TITLE = "Time for the same work"
HOW_TO_READ = ("bar: geometric mean", "thick line: 95% interval")

_X, _TEXT, _NAME = alt.X("x:Q"), alt.Text("text:N"), alt.Tooltip("name:N", title="contender")
_TOLD = [
    alt.Tooltip("told:N", title="contender"),
    alt.Tooltip("value:N", title="geometric mean"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("rounds:Q"),
]
# A name's options stand in brackets: on a narrow chart they get a line of their own.
_BRACKET = " ("

# Of a heading, in pixels: a line, and what is free above and below it.
_HEADING_LINE, _AROUND = 15, 15

_VALUE: dict[str, Any] = {"align": "left", "dx": 9, "fontSize": 13, "fontWeight": SEMIBOLD}


def times(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A row a contender: bar to the geometric mean, interval, a tick for every round, the value.

    With several interpreters, their rows stand below headings. `results` are those of the run.
    Without a width the chart takes its container's.
    """
    groups = groups_of(run, results, mode)
    rows = time_rows(run, groups, mode, palette)
    step = _step([result.contender.name for result in results])
    which = POOL[mode] if run.plan.has_baseline else ITS_TOOLS
    lines, headings = _lines(groups, step)
    y = alt.Y("name:N").scale(domain=lines, padding=0).axis(_names(palette))
    return styled(
        [
            *_bars(rows.scale, which, step, y),
            *_samples(palette, step, y),
            *_texts(palette, y),
            *(_headings(palette) if headings else []),
        ],
        {
            "measured": rows.measured,
            "samples": rows.samples,
            "baselines": rows.baselines,
            "headings": headings,
            "failed": rows.failed,
        },
        palette,
        title=TITLE if run.plan.has_baseline else "Times",
        subtitle=[*HOW_TO_READ, f"ticks: {rows.rounds.told}"],
        description=times_alt(results, mode),
        grid="x",
        height=step * len(lines),
        width=width,
    )


def times_alt(results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    told = [
        (reading.seconds.estimate, result)
        for result in results
        if (reading := result.reading(mode))
    ]
    failed = [result.contender.name for result in results if result.error]
    alone = results and not any(result.against for result in results)
    parts = [
        f"Bars of times, {ITS_TOOLS}."
        if alone
        else f"Bars of the time for the same work, {POOL[mode]}."
    ]
    if told:
        by_time = sorted(told, key=lambda pair: pair[0])
        parts += [
            f"Baseline: {_told(*pair)}." for pair in told if pair[1].contender.role == "baseline"
        ]
        parts += [f"Shortest: {_told(*by_time[0])}.", f"Longest: {_told(*by_time[-1])}."]
    else:
        parts.append("Nothing measured yet.")
    if failed:
        parts.append(f"Failed: {', '.join(failed)}.")
    return " ".join(parts)


def _told(seconds: float, result: Result) -> str:
    return f"{result.contender.name}, {words.seconds(seconds)}"


def _step(names: Sequence[str]) -> int:
    """The height of a row in pixels: less where there are many, if their names leave room."""
    if len(names) <= 8:
        return 36
    if any(_BRACKET in name for name in names):
        return 30
    return 22 if len(names) <= 30 else 18


def _lines(groups: Sequence[Group], step: int) -> tuple[list[str], list[Row]]:
    """The names of all rows from the top down, and the headings with the row that each ends with.

    Rows that a heading takes have nameless names, each of its own: so many spaces.
    """
    lines: list[str] = []
    headings: list[Row] = []
    blank = ""
    for group in groups:
        if group.heading:
            pixels = _AROUND + _HEADING_LINE * len(group.heading["narrow_lines"])
            for _ in range(-(-pixels // step)):
                blank += " "
                lines.append(blank)
            headings.append({"above": blank, **group.heading})
        lines += [result.contender.name for result in group.results]
    return lines, headings


def _names(palette: Palette) -> alt.Axis:
    """The names of the rows, without the interpreter that a heading tells."""
    name = "replace(datum.label, regexp(' on [^ ]+$'), '')"
    two_lines = f"{IS_NARROW} && indexof(datum.label, '{_BRACKET}') > 0"
    broken = f"split(replace({name}, '{_BRACKET}', '\\n('), '\\n')"
    return alt.Axis(
        title=None,
        labelExpr=f"{two_lines} ? {broken} : {name}",
        # The baseline is that of the first line.
        labelBaseline={"condition": {"test": two_lines, "value": "bottom"}, "value": "middle"},
        labelLimit=choose(130, 300),
        labelColor=palette.text,
        labelLineHeight=13,
        labelPadding=8,
    )


def _bars(scale: Scale, which: str, step: int, y: alt.Y) -> list[alt.Chart]:
    """The bars, with both axes."""
    x = (
        alt.X("x:Q")
        .axis(title=f"{scale.unit}, {which}", tickCount=choose(4, 8), labelOverlap=True)
        # What stands to the right of the axis' end is room for the longest bar's value.
        .scale(domain=[0, rounded(scale.end)], nice=True, rangeMax=alt.expr("width - 72"))
        .stack(None)
    )
    bars = alt.Chart(named("measured")).mark_bar(height=step // 2, opacity=0.22, cornerRadiusEnd=2)
    return [bars.encode(x=x, y=y, color=COLOUR, tooltip=_TOLD)]


def _samples(palette: Palette, step: int, y: alt.Y) -> list[alt.Chart]:
    """Each baseline's mean over its rows, then a tick for every sample and the intervals."""
    baselines = alt.Chart(named("baselines")).mark_rule(color=palette.secondary, opacity=0.7)
    first, last = alt.Y("first:N").bandPosition(0), alt.Y2("last:N").bandPosition(1)
    ticks = alt.Chart(named("samples")).mark_tick(
        orient="vertical", size=step // 2 + 4, thickness=1.5, opacity=0.75
    )
    intervals = alt.Chart(named("measured")).mark_rule(strokeWidth=step // 6)
    one = [_NAME, alt.Tooltip("value:N", title="one round")]
    low, high = alt.X("low:Q"), alt.X2("high:Q")
    return [
        baselines.encode(x=_X, y=first, y2=last),
        ticks.encode(x=_X, y=y, color=COLOUR, tooltip=one),
        intervals.encode(x=low, x2=high, y=y, color=COLOUR, tooltip=_TOLD),
    ]


def _texts(palette: Palette, y: alt.Y) -> list[alt.Chart]:
    """Values behind the marks, and in place of marks why there are none."""
    values = alt.Chart(named("measured"))
    # A copy with a wide edge in the background's colour keeps the lines off the digits.
    edge = values.mark_text(stroke=palette.background, strokeWidth=4, strokeJoin="round", **_VALUE)
    text = values.mark_text(color=palette.text, **_VALUE)
    failed = alt.Chart(named("failed")).mark_text(
        align="left", x=6, color=palette.secondary, limit=choose(180, 520)
    )
    end, value = alt.X("end:Q"), alt.Text("value:N")
    return [
        edge.encode(x=end, y=y, text=value),
        text.encode(x=end, y=y, text=value),
        failed.encode(y=y, text=_TEXT, tooltip=[_NAME, alt.Tooltip("why:N", title="failed")]),
    ]


def _headings(palette: Palette) -> list[alt.Chart]:
    """The interpreters among the names, and behind each what it is."""
    headings = alt.Chart(named("headings")).transform_calculate(text=by_room("lines"))
    up = alt.expr(f"-{_HEADING_LINE} * (length(datum.text) - 0.25)")
    name = headings.mark_text(
        x=-8, dy=up, align="right", color=palette.text, fontSize=13, fontWeight=SEMIBOLD
    )
    more = headings.mark_text(
        x=0, dy=up, align="left", color=palette.secondary, lineHeight=_HEADING_LINE
    )
    below = alt.Y("above:N").bandPosition(1)
    return [name.encode(y=below, text=alt.Text("name:N")), more.encode(y=below, text=_TEXT)]
