"""Why a contender is as fast as it is, in sentences computed from phases and CPU seconds.

A sentence is said only if an interval carries it: from the rounds, 95% (corrected for the number of
comparisons), and wholly beyond the bound that makes it worth saying. Else nothing is said.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TypeGuard

from bench.analysis import words
from bench.analysis.intervals import Interval
from bench.analysis.spending import Case, starting_s
from bench.analysis.verdicts import SMALLEST

# A share of the time, or of the CPUs, that is worth a sentence.
WORTH = 0.1

WAITS = ("io", "mixed")

_HOLDS = {
    "gil": "the GIL let one run at a time",
    "event-loop": "an event loop runs one task at a time",
}


@dataclass(frozen=True)
class Reason:
    """Why, as a stable code and one sentence."""

    code: str
    message: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def reasons(case: Case) -> tuple[Reason, ...]:
    """All that can be said of a case: of a cold start first, then of the warm pass."""
    return tuple(reason for look in _LOOKS for reason in look(case))


def _starting(case: Case) -> Iterator[Reason]:
    share = case.mean(
        [
            (starting_s(mine) - starting_s(other)) / mine.cold_s
            for mine, other in case.pairs
            if mine.cold_s
        ]
    )
    if _above(share, WORTH):
        yield Reason(
            "starting",
            f"{case.subject} lost {_percent(share)} of {case.their} time starting up "
            "when used only once.",
        )


def _stopping(case: Case) -> Iterator[Reason]:
    share = case.mean(
        [(trial.stop_s or 0.0) / trial.cold_s for trial in case.trials if trial.cold_s]
    )
    if _above(share, WORTH):
        yield Reason(
            "stopping",
            f"{case.subject} lost {_percent(share)} of {case.their} time stopping "
            "when used only once.",
        )


def _one_at_a_time(case: Case) -> Iterator[Reason]:
    cpus = case.cpus
    if case.held_by is None or (case.usable or 0) < 2 or case.workers < 2:
        return
    if _above(cpus, 1 - WORTH) and _below(cpus, 1 + WORTH):
        yield Reason(
            case.held_by,
            f"{case.subject} used {_cpus(cpus)} CPUs of {case.usable}: {_HOLDS[case.held_by]}.",
        )


def _all_busy(case: Case) -> Iterator[Reason]:
    usable, cpus = case.usable or 0, case.cpus
    if usable > 1 and _above(cpus, (1 - WORTH) * usable):
        yield Reason(
            "all-busy",
            f"{case.subject} used {_cpus(cpus)} CPUs of {usable}: more workers find none that "
            "is free.",
        )


def _unused(case: Case) -> Iterator[Reason]:
    could, cpus = min(case.workers, case.usable or 0), case.cpus
    if case.held_by or case.work in WAITS or could < 2:
        return
    if _below(cpus, (1 - WORTH) * could):
        yield Reason(
            "unused",
            f"{case.subject} used {_cpus(cpus)} CPUs where {could} could work: "
            "the rest of the time workers waited.",
        )


def _waited(case: Case) -> Iterator[Reason]:
    cpus = case.cpus
    if case.work in WAITS and case.workers > 1 and _below(cpus, 0.5):
        yield Reason(
            "waited",
            f"{case.subject} used {_cpus(cpus)} CPUs: most of the time was waiting, "
            "and many can wait at a time.",
        )


def _more_cpu(case: Case) -> Iterator[Reason]:
    times = case.ratio(lambda trial: trial.warm_cpu_s)
    if case.work not in WAITS and _above(times, 1 + WORTH):
        yield Reason(
            "more-cpu",
            f"{case.subject} spent {words.digits(times.estimate)} times the CPU seconds of "
            f"sequential work ({words.span(times)}) for the same answer.",
        )


def _handing_over(case: Case) -> Iterator[Reason]:
    """With one worker nothing runs beside anything: what it takes longer is the way there."""
    if case.workers > 1 or case.tasks is None:
        return
    times, tasks = case.ratio(lambda trial: trial.warm_s), case.tasks
    each = case.mean([(mine.warm_s - other.warm_s) / tasks for mine, other in case.pairs])
    if _above(times, SMALLEST) and _above(each, 0):
        yield Reason(
            "handing-over",
            f"{case.subject}: handing over and fetching back cost {words.seconds(each.estimate)} "
            f"a task, {words.digits(times.estimate)} times the time of sequential work "
            f"({words.span(times)}).",
        )


_LOOKS: tuple[Callable[[Case], Iterator[Reason]], ...] = (
    _starting,
    _stopping,
    _one_at_a_time,
    _all_busy,
    _unused,
    _waited,
    _more_cpu,
    _handing_over,
)


def _above(interval: Interval | None, bound: float) -> TypeGuard[Interval]:
    """Whether all of the interval is above the bound."""
    return interval is not None and interval.low is not None and interval.low > bound


def _below(interval: Interval | None, bound: float) -> TypeGuard[Interval]:
    """Whether all of the interval is below the bound."""
    return interval is not None and interval.high is not None and interval.high < bound


def _percent(share: Interval) -> str:
    low, estimate, high = (
        words.digits(100 * (end or 0.0), 2) for end in (share.low, share.estimate, share.high)
    )
    return f"{estimate}% ({low}–{high}%)"


def _cpus(cpus: Interval) -> str:
    return f"{words.digits(cpus.estimate)} ({words.span(cpus)})"
