"""What contenders cost as rows to draw: in panels, a row a contender in each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bench.analysis import words
from bench.analysis.costs import Cost
from bench.analysis.intervals import Interval
from bench.analysis.results import Result
from bench.charts.drawing import Row, rounded
from bench.charts.facts import counted
from bench.charts.theme import Palette, colour_of

# The interval of two rounds may reach far beyond all bars: it is cut there.
_CUT = 1.12


@dataclass(frozen=True)
class Panel:
    """One thing that is told of each contender, and how it is said.

    The longest bar stands for `most`; in a `marked` panel a line stands for the usable CPUs.
    """

    title: str
    value: Callable[[Cost], Interval | None]
    say: Callable[[float], str]
    most: float = 0.0
    marked: bool = False


def panels_of(costs: Sequence[Cost], usable: int | None) -> list[Panel]:
    """The panels with something to tell; that of the times is always there."""
    of = "" if usable is None else f" (of {usable})"
    panels = (
        Panel("time of a warm pass", lambda cost: cost.warm, words.seconds),
        Panel("its CPU time", lambda cost: cost.cpu, words.seconds),
        Panel(
            f"CPUs at a time{of}", lambda cost: cost.cpus, words.digits, float(usable or 0), True
        ),
        Panel("most memory held", _memory, words.size),
    )
    known = {
        panel.title: [told.estimate for told in map(panel.value, costs) if told] for panel in panels
    }
    return [
        replace(panel, most=max([panel.most, *known[panel.title]], default=0.0) or 1.0)
        for panel in panels
        if known[panel.title] or panel is panels[0]
    ]


def _memory(cost: Cost) -> Interval | None:
    return None if cost.memory is None else Interval(float(cost.memory))


def cell_rows(
    panels: Sequence[Panel], results: Sequence[Result], costs: Sequence[Cost], palette: Palette
) -> list[Row]:
    """A row a bar: its panel, its line, and how long it and its interval are, in longest bars."""
    by_name = {cost.contender: cost for cost in costs}
    return [
        {"panel": place, "line": line} | _cell(panel, value, cost, result, palette)
        for place, panel in enumerate(panels)
        for line, result in enumerate(results)
        if (cost := by_name.get(result.contender.name)) and (value := panel.value(cost))
    ]


def _cell(panel: Panel, value: Interval, cost: Cost, result: Result, palette: Palette) -> Row:
    low, high = value.low or value.estimate, value.high or value.estimate
    # Memory is read once, in the pass that is traced.
    measured = "one pass" if panel.value is _memory else counted(cost.rounds, "round")
    shares = {"share": value.estimate, "low": low, "high": high}
    return {
        **{name: rounded(min(end / panel.most, _CUT)) for name, end in shares.items()},
        "colour": colour_of(result.contender.executor, palette),
        "text": panel.say(value.estimate),
        "name": cost.contender,
        "what": panel.title,
        "interval": "none" if value.low is None else f"{panel.say(low)} – {panel.say(high)}",
        "measured": measured,
        "switches": _switches(cost),
    }


def _switches(cost: Cost) -> str:
    """How often threads of a trial stopped, and why."""
    if cost.waits is None or cost.takes is None:
        return "not known"
    return f"{words.digits(cost.waits)} to wait, {words.digits(cost.takes)} taken off a CPU"


def pipe_rows(panel: int, results: Sequence[Result], costs: Sequence[Cost]) -> list[Row]:
    """What a pass puts through pipes each way, in words, for a panel without bars."""
    by_name = {cost.contender: cost for cost in costs}
    return [
        {
            "panel": panel,
            "line": line,
            "text": [f"{words.size(cost.sent)} out", f"{words.size(cost.received)} back"],
        }
        for line, result in enumerate(results)
        if (cost := by_name.get(result.contender.name))
        if cost.sent is not None and cost.received is not None
    ]
