"""What to do about a run's work: which way, how many workers, and what would change the answer.

Each sentence is computed; one that no interval carries is left out.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.analysis import words
from bench.analysis.advice.agreement import over
from bench.analysis.insights import case_of, tasks_of
from bench.analysis.intervals import Interval, geometric
from bench.analysis.ladders import key_of, ladders_of
from bench.analysis.results import Mode, Result
from bench.analysis.scaling import Rung, rungs
from bench.analysis.spending import ALL_PYTHON, Case
from bench.analysis.verdicts import verdict
from bench.executors import find_executor
from bench.samples import Run
from bench.workloads import kind_of

# The fewest workers are enough that come so near to the best, as a share of its speedup.
NEAR = 0.95

# An interval that reaches so far does not rule out a gain that would matter.
UNDECIDED = 1.1

# Shorter tasks gain from being handed over several at a time, in seconds.
SHORT = 1e-3


@dataclass(frozen=True)
class ToDo:
    """What follows from a run. A sentence that cannot be said is empty; `winner` is a contender.

    `pays_from` is the number of such tasks from which the winner pays even if its pool is started
    for one use; `enough` the fewest workers that come within 5% of the best that were measured.
    """

    winner: str
    choose: str
    start_up: str = ""
    workers: str = ""
    changes: tuple[str, ...] = ()
    pays_from: Interval | None = None
    enough: int | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.choose, self.start_up, self.workers, *self.changes)))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def what_to_do(run: Run, found: Sequence[Result], mode: Mode = "warm") -> ToDo | None:
    """What follows from a run's results; None of a sweep, or where nothing was compared."""
    rivals = [
        result
        for result in found
        if result.contender.role == "contender"
        and result.contender.executor != "ceiling"
        and (reading := result.reading(mode))
        and reading.speedup
        and reading.speedup.low is not None
    ]
    if run.plan.sweep or not rivals:
        return None
    faster = [one for one in rivals if _is_faster(one, mode)]
    if not faster:
        return _without_winner(run, rivals, mode)
    winner = max(faster, key=lambda one: _speedup(one, mode).estimate)
    pays = pays_from(run, winner)
    ladder = _ladder(run, found, winner, mode)
    enough = fewest(ladder)
    return ToDo(
        winner.contender.name,
        _choose(winner, [one for one in faster if one is not winner], mode),
        _start_up(run, winner, pays),
        _workers(run, ladder, enough),
        tuple(_would_change(run, winner)),
        pays,
        enough,
    )


def _without_winner(run: Run, rivals: Sequence[Result], mode: Mode) -> ToDo:
    """Nothing is shown to be faster: because nothing is, or because the intervals are too wide."""
    best = max(rivals, key=lambda one: _speedup(one, mode).high or 0.0)
    high = _speedup(best, mode).high or 0.0
    if high > UNDECIDED:
        told = (
            f"Undecided: nothing is shown to be faster, but {best.contender.name} may be up to "
            f"{words.digits(high)} times as fast. Measure for longer, or on a calmer machine."
        )
        return ToDo("", told)
    told = "Keep it sequential: nothing else that was measured is faster."
    return ToDo("", told, changes=tuple(_would_help(run, rivals)))


def pays_from(run: Run, winner: Result) -> Interval | None:
    """From how many tasks on a pool that is started for one use is faster, at this speed.

    What starting and stopping cost, over what is gained in each task. None where it costs nothing,
    gains nothing or the rounds do not say so alike.
    """
    case, tasks = case_of(run, winner), tasks_of(run, winner)
    costs = [
        (mine.cold_s - mine.warm_s) - (other.cold_s - other.warm_s)
        for mine, other in case.pairs
        if mine.cold_s is not None and other.cold_s is not None
    ]
    gains = [other.warm_s - mine.warm_s for mine, other in case.pairs]
    if tasks is None or len(costs) < max(2, len(gains)) or min(*costs, *gains) <= 0:
        return None
    return geometric([tasks * cost / gain for cost, gain in zip(costs, gains, strict=True)])


def fewest(ladder: Sequence[Rung]) -> int | None:
    """The fewest workers within 5% of the best speedup; None unless several were measured."""
    if len(ladder) < 2:
        return None
    best = max(rung.speedup.estimate for rung in ladder)
    return min(rung.workers for rung in ladder if rung.speedup.estimate >= NEAR * best)


def _choose(winner: Result, others: Sequence[Result], mode: Mode) -> str:
    speedup = _speedup(winner, mode)
    title = find_executor(winner.contender.executor).title
    told = (
        f"Choose {winner.contender.name}, {title}: {words.digits(speedup.estimate)} times as fast "
        f"as {winner.against} ({words.span(speedup)})"
    )
    like = [
        one.contender.name
        for one in others
        if verdict(over(winner, one, mode), len(others)) == "no difference shown"
    ]
    if like:
        return f"{told}. No difference is shown to {words.joined(like)}."
    return f"{told}."


def _start_up(run: Run, winner: Result, pays: Interval | None) -> str:
    """Whether it matters that a pool has to be started, and from how many tasks on it pays."""
    cold, tasks = winner.cold, tasks_of(run, winner)
    if cold is None or cold.speedup is None or pays is None:
        return ""
    count = f"{math.ceil(pays.estimate):,}"
    span = f"{math.floor(pays.low or 0):,}–{math.ceil(pays.high or 0):,}"
    from_there = f"it pays from about {count} tasks like these on ({span}; here were {tasks:,})"
    if cold.verdict == "faster":
        return f"A pool started for one use is faster, too: {from_there}."
    if cold.verdict == "slower":
        return f"Keep the pool open: started for one use it is slower, and {from_there}."
    return f"Started for one use, no gain is shown: {from_there}."


def _workers(run: Run, ladder: Sequence[Rung], enough: int | None) -> str:
    if enough is None:
        return ""
    most = max(rung.workers for rung in ladder)
    best = max(ladder, key=lambda rung: rung.speedup.estimate).workers
    if enough < best:
        return (
            f"{words.counted(enough, 'worker')} are enough: within 5% of the {best} that are best."
        )
    usable = run.environment.get("cpus", {}).get("usable") or most
    if enough == most and (most < usable or kind_of(run.plan.workload) in ("io", "mixed")):
        return f"{most} workers are the best and the most that were measured: more may gain more."
    return f"{words.counted(enough, 'worker')}: fewer are slower by more than 5%."


def _would_help(run: Run, rivals: Sequence[Result]) -> Iterator[str]:
    """What would have to be otherwise for something to be faster than sequential work."""
    cases = [case_of(run, one) for one in rivals]
    case = cases[0]
    if (task_s := _task_s(case)) and task_s < SHORT:
        yield (
            f"A task takes {words.seconds(task_s)}: longer ones, or more of them handed over at a "
            "time, could gain."
        )
    if case.usable == 1:
        yield "One CPU alone can be used: work that computes gains from a second one."
    kinds = {one.workers_are for one in cases}
    if kinds == {"threads"} and any(one.held_by == "gil" for one in cases):
        yield "The GIL lets one thread compute at a time: processes have one each, and may gain."


def _would_change(run: Run, winner: Result) -> Iterator[str]:
    """What would make another way the best, or this one better."""
    case = case_of(run, winner)
    if case.gil and case.work in ALL_PYTHON and case.workers_are == "processes":
        yield "On a Python without the GIL threads could do it, and nothing would be copied."
    cpus = case.cpus
    if cpus and case.usable and cpus.low is not None and cpus.low > 0.9 * case.usable:
        yield (
            f"All {case.usable} usable CPUs were busy: more of them, not more workers, would help."
            if case.usable > 1
            else "The one usable CPU was busy: another one would help."
        )
    if case.work == "io" and cpus and cpus.high is not None and cpus.high < 0.5:
        yield "Hardly a CPU was used: what is waited for sets the time."
    if winner.cold and winner.cold.verdict == "slower":
        yield "A pool that is started for each use would make sequential work the better choice."


def _task_s(case: Case) -> float | None:
    """What one task takes alone, in seconds; None if that is not known."""
    if not case.tasks or not case.baseline:
        return None
    return geometric([trial.warm_s for trial in case.baseline]).estimate / case.tasks


def _ladder(run: Run, found: Sequence[Result], winner: Result, mode: Mode) -> tuple[Rung, ...]:
    name = key_of(winner.contender)[1]
    ladders = [one for one in ladders_of(run, found, mode) if one.name == name]
    return rungs(ladders[0]) if ladders else ()


def _is_faster(result: Result, mode: Mode) -> bool:
    reading = result.reading(mode)
    return reading is not None and reading.verdict == "faster"


def _speedup(result: Result, mode: Mode) -> Interval:
    reading = result.reading(mode)
    assert reading
    assert reading.speedup
    return reading.speedup
