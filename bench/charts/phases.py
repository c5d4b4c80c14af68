"""Where the time of a pool that is used once goes: start, first pass and stop."""

from collections.abc import Mapping, Sequence

import altair as alt

from bench.analysis import words
from bench.analysis.costs import Cost
from bench.analysis.intervals import Interval
from bench.analysis.results import Result
from bench.charts.drawing import COLOUR, POOL, Row, choose, named, rounded, styled
from bench.charts.rows import (
    BOTTOM,
    MIDDLE,
    TOP,
    band,
    name_layers,
    name_rows,
    pixels,
    step_of,
    value_layers,
)
from bench.charts.theme import Palette, colour_of
from bench.charts.time_rows import unit_for

HOW_TO_READ = (
    "solid: starting and stopping",
    "pale: the first pass, while workers may still start",
    "line below: a warm pass, for comparison",
)

# What is worth a headline: a single use that takes so many times as long as a warm pass.
_WORTH = 1.1

_PHASES: Mapping[str, str] = {"start": "start", "first": "first pass", "stop": "stop"}
_BAR, _LINE = 16, 4

_END = alt.X("end:Q")
_TOLD = [
    alt.Tooltip("name:N", title="contender"),
    alt.Tooltip("phase:N"),
    alt.Tooltip("value:N", title="geometric mean"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("rounds:Q"),
]


def phases(
    results: Sequence[Result], costs: Sequence[Cost], palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A row a contender: its phases in a row, a warm pass below them, and both in figures.

    Without a width the chart takes its container's.
    """
    names = [result.contender.name for result in results]
    step = step_of(names, 44, 36)
    middles = {name: step * (place + 0.5) for place, name in enumerate(names)}
    by_name = {cost.contender: cost for cost in costs}
    size, unit = unit_for(max((max(_once(cost), cost.warm.estimate) for cost in costs), default=1))
    drawn = [
        (result, by_name[name], middles[name])
        for name, result in zip(names, results, strict=True)
        if name in by_name
    ]
    return styled(
        [*_bars(unit), *_figures(palette), *name_layers(palette)],
        {
            "phases": [row for one in drawn for row in _phase_rows(*one, size, palette)],
            "warm": [_warm_row(*one, size, palette) for one in drawn],
            "figures": [_figures_row(*one, size) for one in drawn],
            "failed": [
                {"middle": middles[one.contender.name], "why": one.error}
                | {"name": one.contender.name, "text": f"failed: {one.error}"}
                for one in results
                if one.error
            ],
            "names": name_rows(middles),
        },
        palette,
        title=_headline(results, by_name),
        subtitle=HOW_TO_READ,
        description=phases_alt(results, costs),
        grid="x",
        height=step * len(names),
        width=width,
    )


def phases_alt(results: Sequence[Result], costs: Sequence[Cost]) -> str:
    """What the chart shows, in sentences."""
    by_name = {cost.contender: cost for cost in costs}
    told = [
        f"{cost.contender}: {words.seconds(cost.start.estimate)}, "
        f"{words.seconds(cost.first.estimate)} and {words.seconds(cost.stop.estimate)}; "
        f"warm {words.seconds(cost.warm.estimate)}."
        for cost in costs
    ]
    start = "Bars of start, first pass and stop of a pool that is used once, and of a warm pass."
    return " ".join([start, f"{_headline(results, by_name)}.", *told])


def _headline(results: Sequence[Result], costs: Mapping[str, Cost]) -> str:
    """Who takes the most times as long when used once, if it is shown to be worth saying."""
    rivals = [
        costs[one.contender.name]
        for one in results
        if one.contender.role == "contender" and one.contender.executor != "ceiling"
        if one.contender.name in costs
    ]
    known = [cost for cost in rivals if cost.once.low is not None]
    if not known:
        return "Where the time goes" if costs else "Nothing measured yet"
    worst = max(known, key=lambda cost: cost.once.estimate)
    if (worst.once.low or 0) < _WORTH:
        return "No contender is shown to take 10% longer when it is used once"
    return (
        f"{worst.contender[:1].upper()}{worst.contender[1:]}: used once, "
        f"{words.digits(worst.once.estimate)} times the time of a warm pass "
        f"({words.span(worst.once)})"
    )


def _once(cost: Cost) -> float:
    return cost.start.estimate + cost.first.estimate + cost.stop.estimate


def _phase_rows(
    result: Result, cost: Cost, middle: float, size: float, palette: Palette
) -> list[Row]:
    rows: list[Row] = []
    begin = 0.0
    for field, phase in _PHASES.items():
        took: Interval = getattr(cost, field)
        end = begin + took.estimate / size
        rows.append(
            {"x": rounded(begin), "x2": rounded(end), **band(middle - 5, _BAR)}
            | {"opacity": 0.3 if field == "first" else 1.0}
            | _told(result, cost, phase, took, palette)
        )
        begin = end
    return rows


def _warm_row(result: Result, cost: Cost, middle: float, size: float, palette: Palette) -> Row:
    """A warm pass from where the first pass begins."""
    begin = cost.start.estimate / size
    return (
        {"x": rounded(begin), "x2": rounded(begin + cost.warm.estimate / size)}
        | band(middle + 9, _LINE)
        | _told(result, cost, "warm pass", cost.warm, palette)
    )


def _told(result: Result, cost: Cost, phase: str, took: Interval, palette: Palette) -> Row:
    ends = f"{words.seconds(took.low or 0)} – {words.seconds(took.high or 0)}"
    return {
        "name": cost.contender,
        "colour": colour_of(result.contender.executor, palette),
        "phase": phase,
        "value": words.seconds(took.estimate),
        "interval": ends if took.low is not None else "none from one round",
        "rounds": cost.rounds,
    }


def _figures_row(result: Result, cost: Cost, middle: float, size: float) -> Row:
    warm = (cost.start.estimate + cost.warm.estimate) / size
    cold = result.cold.seconds.estimate if result.cold else _once(cost)
    return {
        "end": rounded(max(_once(cost) / size, warm)),
        "middle": middle - 5,
        "lower": middle + 9,
        "text": words.seconds(cold),
        "warm": f"warm {words.seconds(cost.warm.estimate)}",
    }


def _bars(unit: str) -> list[alt.Chart]:
    """The phases and the warm pass, with the axis of time."""
    x = (
        alt.X("x:Q")
        .axis(title=f"{unit}, {POOL['cold']}", tickCount=choose(4, 8), labelOverlap=True)
        # What stands to the right of the axis' end is room for the figures of the longest bar.
        .scale(zero=True, nice=False, rangeMax=alt.expr("width - 84"))
    )
    opacity = alt.Opacity("opacity:Q", scale=None, legend=None)
    bars, warm = (alt.Chart(named(name)).mark_rect() for name in ("phases", "warm"))
    x2 = alt.X2("x2:Q")
    return [
        bars.encode(x=x, x2=x2, y=TOP, y2=BOTTOM, color=COLOUR, opacity=opacity, tooltip=_TOLD),
        warm.encode(x=alt.X("x:Q"), x2=x2, y=TOP, y2=BOTTOM, color=COLOUR, tooltip=_TOLD),
    ]


def _figures(palette: Palette) -> list[alt.Chart]:
    """What a single use takes and what a warm pass does, or why there is no result."""
    quiet = palette.secondary
    warm = alt.Chart(named("figures")).mark_text(
        align="left", baseline="middle", dx=9, color=quiet, fontSize=11
    )
    failed = alt.Chart(named("failed")).mark_text(
        align="left", baseline="middle", x=6, color=quiet, limit=choose(180, 520)
    )
    why = [alt.Tooltip("name:N", title="contender"), alt.Tooltip("why:N", title="failed")]
    return [
        *value_layers(palette, "figures", _END),
        warm.encode(x=_END, y=pixels("lower"), text=alt.Text("warm:N")),
        failed.encode(y=MIDDLE, text=alt.Text("text:N"), tooltip=why),
    ]
