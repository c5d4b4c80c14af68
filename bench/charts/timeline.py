"""Who ran which task when: a Gantt chart of traced passes, a lane a worker.

A task's bar is as long as it took, and filled from below up to the share of that time that it was
on a CPU. When within its bar that was is not known: the system moves threads on and off a CPU
within milliseconds. Filled from the left, the bars of two threads that share one CPU would look as
if both had computed at the same moment; half full, they look like what is known.
"""

from collections.abc import Sequence

import altair as alt

from bench.analysis import words
from bench.analysis.timelines import MOST_LANES, Timeline, timeline
from bench.charts.drawing import (
    COLOUR,
    SEMIBOLD,
    choose,
    named,
    narrower,
    rounded,
    styled,
)
from bench.charts.rows import pixels
from bench.charts.theme import Palette
from bench.charts.thinning import MOST_MARKS
from bench.charts.time_rows import unit_for
from bench.charts.timeline_rows import facts_of, timeline_rows
from bench.samples import Run

# How many marks a contender has beside its tasks, at most; each task has two.
_MARKS_EACH = MOST_LANES + 2

# Below this many pixels, what is known of a contender stands below its name, not behind it.
_BROKEN = narrower(760)

# Bars that are wider than this, in pixels, have a gap between them.
_GAP_FROM = 5

_LOOKED_UP = ("top", "narrow_top", "thick", "contender", "worker", "colour", "waits")

_TEXT = alt.Text("text:N")
_TOLD = [
    alt.Tooltip("contender:N"),
    alt.Tooltip("worker:N"),
    alt.Tooltip("began:N"),
    alt.Tooltip("took:N"),
    alt.Tooltip("busy:N", title="on a CPU"),
    alt.Tooltip("does:N", title="stage"),
]


def timelines(run: Run, chosen: Sequence[str]) -> list[Timeline]:
    """The timelines of those of the chosen contenders that have a trace, in the run's order."""
    traces = {trace.contender: trace for trace in run.traces}
    names = [one.name for one in run.plan.line_up if one.name in chosen and one.name in traces]
    each = MOST_MARKS // max(1, len(names)) - _MARKS_EACH
    return [timeline(traces[name], each // 2) for name in names]


def timeline_chart(
    run: Run, shown: Sequence[Timeline], palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """The timelines one below the other on one axis of time.

    `shown` are timelines of the run. Without a width the chart takes its container's.
    """
    contenders = {one.name: one for one in run.plan.line_up}
    longest = max((one.pass_s for one in shown), default=1.0)
    size, unit = unit_for(longest)
    end = rounded(longest / size)
    rows = timeline_rows([(contenders[one.contender], one) for one in shown], size, palette)
    return styled(
        [*_lanes(palette, unit, end), *_tasks(palette, unit, end), *_headings(palette)],
        {"lanes": rows.lanes, "tasks": rows.tasks, "headings": rows.headings},
        palette,
        title=_headline(run, shown),
        subtitle=_how_to_read(shown),
        description=timeline_alt(run, shown),
        grid="x",
        height=alt.expr(f"{_BROKEN} ? {rows.narrow_height} : {rows.height}"),
        width=width,
    )


def timeline_alt(run: Run, shown: Sequence[Timeline]) -> str:
    """What the chart shows, in sentences."""
    told = [f"{one.contender}: {', '.join(facts_of(one, 'worker'))}." for one in shown]
    start = "Bars of tasks on their workers over the time of a pass."
    return " ".join([start, f"{_headline(run, shown)}.", *told])


def _headline(run: Run, shown: Sequence[Timeline]) -> str:
    """Whose tasks waited most within their time, else how many were under way at a time.

    Of those that have several workers, if there are any; the ceiling is no contender to tell of.
    """
    limits = {one.name for one in run.plan.contenders if one.executor == "ceiling"}
    rivals = [one for one in shown if one.contender not in limits] or shown
    told = [(one.on_cpu, one) for one in rivals if one.on_cpu is not None]
    if told:
        several = [pair for pair in told if pair[1].lanes_in_all > 1] or told
        share, one = min(several, key=lambda pair: pair[0])
        busy = f"tasks were on a CPU for {words.percent(share)} of the time they took"
    elif rivals:
        one = max(rivals, key=lambda each: each.at_once)
        busy = f"up to {one.at_once} tasks under way at a time"
    else:
        return "No pass was traced"
    return f"{one.contender[:1].upper()}{one.contender[1:]}: {busy}"


def _how_to_read(shown: Sequence[Timeline]) -> list[str]:
    told = any(one.on_cpu is not None for one in shown)
    silent = any(one.on_cpu is None for one in shown)
    return [
        "a bar a task, as long as it took",
        *(["filled up to the share of that time on a CPU"] if told else []),
        *(["coroutines do not tell theirs"] if silent and told else []),
        *(["outlined: the stage that waits"] if any(one.staged for one in shown) else []),
        *(["gaps may be tasks left out"] if any(one.every > 1 for one in shown) else []),
        "one traced pass, which is not a timed one",
    ]


def _lanes(palette: Palette, unit: str, end: float) -> list[alt.Chart]:
    """The names of the lanes, with the axis of time."""
    x = (
        alt.X("x:Q")
        .axis(title=f"{unit} since the pass began", tickCount=choose(4, 8), labelOverlap=True)
        .scale(domain=[0, end], nice=False)
    )
    names = (
        alt.Chart(named("lanes"))
        .transform_calculate(x="0", at=f"({_broken('top')}) + datum.thick / 2")
        .mark_text(dx=-8, align="right", baseline="middle", fontSize=11, color=palette.secondary)
    )
    return [names.encode(x=x, y=pixels("at"), text=alt.Text("worker:N"))]


def _tasks(palette: Palette, unit: str, end: float) -> list[alt.Chart]:
    """A pale bar for the whole of each task, and a solid one for the part on a CPU."""
    short = {"seconds": "s", "milliseconds": "ms", "microseconds": "µs"}[unit]
    took = "datum.x2 - datum.x"
    tasks = (
        alt.Chart(named("tasks"))
        .transform_lookup(
            lookup="lane",
            from_=alt.LookupData(data=named("lanes"), key="lane", fields=list(_LOOKED_UP)),
        )
        .transform_calculate(
            top=_broken("top"),
            bottom="datum.top + datum.thick",
            share=f"isValid(datum.cpu) ? min(1, datum.cpu / max({took}, 1e-9)) : null",
            filled="datum.bottom - datum.thick * datum.share",
            hollow="datum.waits != '' && !datum.stage",
            does="datum.waits == '' ? 'all of it' : datum.hollow ? 'waiting' : 'computing'",
            began=f"format(datum.x, ',.3r') + ' {short}'",
            took=f"format({took}, ',.3r') + ' {short}'",
            busy=f"isValid(datum.cpu) ? format(datum.cpu, ',.3r') + ' {short}, ' + "
            "format(datum.share, '.1%') : 'not told'",
            # No bar is too thin to be seen.
            end=f"max(datum.x2, datum.x + {end} / width)",
        )
    )
    apart = f"({took}) * width / {end} > {_GAP_FROM} ? 1 : 0"
    pale = tasks.mark_rect(
        fillOpacity=alt.expr("datum.hollow ? 0 : 0.3"),
        stroke=alt.expr(f"datum.hollow ? datum.colour : '{palette.background}'"),
        strokeWidth=alt.expr(f"datum.hollow ? 1 : {apart}"),
    )
    half = f"({apart}) / 2"
    solid = tasks.transform_filter("datum.share > 0").mark_rect(
        xOffset=alt.expr(half), x2Offset=alt.expr(f"-{half}")
    )
    x, x2, bottom = alt.X("x:Q"), alt.X2("end:Q"), alt.Y2("bottom:Q")
    return [
        pale.encode(x=x, x2=x2, y=pixels("top"), y2=bottom, color=COLOUR, tooltip=_TOLD),
        solid.encode(x=x, x2=x2, y=pixels("filled"), y2=bottom, color=COLOUR, tooltip=_TOLD),
    ]


def _headings(palette: Palette) -> list[alt.Chart]:
    """The contenders, each with what is known of its pass."""
    headings = alt.Chart(named("headings")).transform_calculate(
        at=_broken("middle"), text=_broken("lines")
    )
    name = headings.mark_text(
        x=0, align="left", baseline="middle", color=palette.text, fontSize=13, fontWeight=SEMIBOLD
    )
    more = headings.mark_text(
        x=alt.expr(f"{_BROKEN} ? 0 : datum.after"),
        dy=alt.expr(f"{_BROKEN} ? 16 : 0"),
        align="left",
        baseline="middle",
        lineHeight=15,
        color=palette.secondary,
    )
    return [
        name.encode(y=pixels("at"), text=alt.Text("name:N")),
        more.encode(y=pixels("at"), text=_TEXT),
    ]


def _broken(field: str) -> str:
    """An expression: the row's field of that name, or where headings are broken its other one."""
    return f"{_BROKEN} ? datum.narrow_{field} : datum.{field}"
