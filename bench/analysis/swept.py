"""A run that sweeps: its contenders as lines over the swept values, and what they show in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bench.analysis.crossings import Crossing, crossings
from bench.analysis.results import Mode, Result
from bench.analysis.verdicts import Verdict
from bench.analysis.words import digits, headline, sentence, span
from bench.forms import Value
from bench.plan import Contender, Plan, line_of, spoken, told
from bench.samples import Run
from bench.workloads import unit_of


@dataclass(frozen=True)
class Line:
    """The contenders that differ in the swept value alone: one result a value, values in order.

    `name` is what they have in common; `crossings` are where they pass their baseline.
    """

    name: str
    results: tuple[Result, ...]
    crossings: tuple[Crossing, ...] = ()

    @property
    def contender(self) -> Contender:
        """The first of them, which stands for executor, workers and interpreter of all."""
        return self.results[0].contender


def lines_of(run: Run, results: Sequence[Result], mode: Mode) -> tuple[Line, ...]:
    """The lines of a run that sweeps, in the plan's order; none of another run."""
    if run.plan.sweep is None:
        return ()
    by_name: dict[str, list[Result]] = {}
    for result in results:
        if result.contender.role == "contender":
            by_name.setdefault(line_of(result.contender, run.plan.sweep), []).append(result)
    order = values_of(run.plan)
    return tuple(
        _line(name, sorted(found, key=lambda one: order.index(one.contender.at)), mode)
        for name, found in by_name.items()
    )


def values_of(plan: Plan) -> list[Value | None]:
    """The swept values in the order of an axis: numbers ascending, names as they were given."""
    values: list[Value | None] = list(plan.sweep.values) if plan.sweep else []
    numbers = [value for value in values if isinstance(value, int | float)]
    return values if len(numbers) < len(values) else [*sorted(numbers)]


def _line(name: str, results: Sequence[Result], mode: Mode) -> Line:
    readings = [
        (float(one.contender.at), reading)
        for one in results
        if isinstance(one.contender.at, int | float)
        if (reading := one.reading(mode)) and reading.speedup and not one.error
    ]
    if len(readings) < 2:
        return Line(name, tuple(results))
    rounds = set.intersection(*(set(reading.ratios) for _, reading in readings))
    return Line(
        name,
        tuple(results),
        tuple(
            crossings(
                [value for value, _ in readings],
                [[reading.ratios[round_] for _, reading in readings] for round_ in sorted(rounds)],
                [reading.verdict for _, reading in readings],
            )
        ),
    )


def headline_of(run: Run, results: Sequence[Result], mode: Mode) -> str:
    """The finding of any run in one sentence: of a sweep its first break-even, if there is one."""
    lines = lines_of(run, results, mode)
    crossing = [line for line in lines if line.crossings and line.contender.executor != "ceiling"]
    if not crossing:
        return headline(results, mode)
    first = min(crossing, key=lambda line: line.crossings[0].at.estimate)
    return f"{_start(first.name)} {_crossing(first.crossings[0], run.plan)}."


def sentences_of(run: Run, results: Sequence[Result], mode: Mode) -> list[str]:
    """What any run shows, a sentence a contender, or one a line of those that it sweeps."""
    lines = lines_of(run, results, mode)
    if lines:
        return [_line_sentence(line, run.plan, mode) for line in lines]
    return [
        sentence(result, mode)
        for result in results
        if not result.yardstick and result.contender.role != "control"
    ]


def _line_sentence(line: Line, plan: Plan, mode: Mode) -> str:
    parts = [
        f"{verdict} {_stretch(stretch, plan)}"
        for verdict, found in groupby(line.results, key=lambda one: _verdict(one, mode))
        for stretch in [[one.contender.at for one in found]]
    ]
    shown = ", ".join(parts)
    passed = "; ".join(_crossing(one, plan) for one in line.crossings)
    return f"{_start(line.name)}: {shown}{'; ' if passed else ''}{passed}."


def _verdict(result: Result, mode: Mode) -> Verdict | str:
    reading = result.reading(mode)
    if result.error:
        return "no result"
    if reading is None or reading.speedup is None:
        return "not measured"
    return "one round" if reading.speedup.low is None else reading.verdict


def _stretch(values: Sequence[Value | None], plan: Plan) -> str:
    """One value, or the ends of several: at length 1 ms, from length 0.1 to 10 ms."""
    assert plan.sweep
    name, unit = spoken(plan.sweep.name), unit_of(plan.workload, plan.sweep.name)
    each = [told(value) for value in values if value is not None]
    if len(each) == 1:
        return f"at {name} {each[0]}{unit}"
    if isinstance(plan.sweep.values[0], str):
        return f"at {name} {', '.join(each)}"
    return f"from {name} {each[0]} to {each[-1]}{unit}"


def _crossing(crossing: Crossing, plan: Plan) -> str:
    assert plan.sweep
    name, unit = spoken(plan.sweep.name), unit_of(plan.workload, plan.sweep.name)
    ends = f"({span(crossing.at)})"
    turn = "faster above" if crossing.rising else "faster below"
    return f"breaks even at {name} {digits(crossing.at.estimate)}{unit} {ends}, {turn}"


def _start(name: str) -> str:
    return name[:1].upper() + name[1:]
