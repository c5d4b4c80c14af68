"""What the one-minute check shows of a machine, in figures and in sentences from its intervals."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from bench.analysis.disturbance import disturbance
from bench.analysis.intervals import Interval
from bench.analysis.results import Result, results
from bench.analysis.steadiness import Steadiness, steadiness
from bench.analysis.verdicts import Verdict
from bench.analysis.words import counted, digits, percent, span
from bench.samples import Run

# Workers that reach at least that share of their number, by the whole interval, share nothing.
WHOLE = 0.95


@dataclass(frozen=True)
class Ceiling:
    """What so many independent processes reach: their speedup over sequential work."""

    workers: int
    reached: Interval


@dataclass(frozen=True)
class Minute:
    """What a check shows.

    `noise` is the half-width of the control's interval (None before two rounds), `same` the verdict
    on the control, which is the same work a second time. `disturbed` of its `rounds` were so.
    """

    noise: float | None
    same: Verdict
    rounds: int
    disturbed: int
    ceilings: tuple[Ceiling, ...]
    steadiness: Steadiness
    headline: str
    sentences: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "noise": self.noise,
            "same": self.same,
            "rounds": self.rounds,
            "disturbed": self.disturbed,
            "ceilings": [asdict(ceiling) for ceiling in self.ceilings],
            **self.steadiness.as_json(),
            "headline": self.headline,
            "sentences": list(self.sentences),
        }


def judged(run: Run) -> Minute:
    """What a check that has ended shows."""
    found, rounds = results(run), disturbance(run.plan, run.samples)
    control = next(result for result in found if result.contender.role == "control")
    ceilings = tuple(_ceilings(found))
    speedup = control.warm.speedup if control.warm else None
    known = speedup if speedup and speedup.low is not None else None
    steady = steadiness(run)
    disturbed = bool(rounds.disturbed) and not rounds.set_aside
    return Minute(
        noise=known.half_width if known else None,
        same=control.warm.verdict if control.warm else "no difference shown",
        rounds=len(rounds.rounds),
        disturbed=len(rounds.disturbed),
        ceilings=ceilings,
        steadiness=steady,
        headline=_headline(known, ceilings, steady),
        sentences=(
            *_sameness(control, known),
            _disturbance(len(rounds.rounds), len(rounds.disturbed), told=rounds.told),
            *(_reach(ceiling, run, disturbed=disturbed) for ceiling in ceilings),
        ),
    )


def _ceilings(found: tuple[Result, ...]) -> Iterator[Ceiling]:
    for result in found:
        speedup = result.warm.speedup if result.warm else None
        if result.contender.executor == "ceiling" and speedup and speedup.low is not None:
            yield Ceiling(result.contender.workers, speedup)


def _headline(control: Interval | None, ceilings: tuple[Ceiling, ...], steady: Steadiness) -> str:
    if control is None or not ceilings:
        return "The check has no result"
    last = ceilings[-1]
    state = "Steady" if steady.steady else "Not steady"
    return (
        f"{state}: noise ±{percent(control.half_width, 2)}, and "
        f"{counted(last.workers, 'worker')} reach{'es' * (last.workers == 1)} "
        f"{digits(last.reached.estimate)} of {last.workers}"
    )


def _sameness(control: Result, known: Interval | None) -> Iterator[str]:
    if known is None or control.warm is None:
        return
    yield (
        f"The noise floor is ±{percent(known.half_width, 2)}: "
        "a smaller difference cannot be told from chance here."
    )
    if control.warm.verdict == "no difference shown":
        yield f"The same work twice: no difference shown ({span(known)}), as it should be."
    else:
        yield (
            f"The same work twice came out {digits(known.estimate)} times as fast as itself "
            f"({span(known)}): the machine was not steady."
        )


def _disturbance(rounds: int, disturbed: int, *, told: bool) -> str:
    if not told:
        return "The system does not tell what others did meanwhile."
    if not disturbed:
        return f"Nobody disturbed its {counted(rounds, 'round')}."
    return (
        f"{disturbed} of {counted(rounds, 'round')} ({percent(disturbed / rounds, 2)}) were "
        "disturbed by others."
    )


def _reach(ceiling: Ceiling, run: Run, *, disturbed: bool) -> str:
    """What workers reach of their number, and why it may be less."""
    workers, reached = ceiling.workers, ceiling.reached
    low, high = reached.low or 0.0, reached.high or 0.0
    begin = (
        f"{counted(workers, 'worker')} reach{'es' * (workers == 1)} "
        f"{digits(reached.estimate)} of {workers} ({span(reached)})"
    )
    if low >= WHOLE * workers:
        free = "a process costs next to nothing" if workers == 1 else "each has a CPU to itself"
        return f"{begin}: {free}."
    if high >= WHOLE * workers:
        return f"{begin}: too wide an interval to say whether any of it is lost."
    if disturbed:
        return f"{begin}: others took part of the CPUs meanwhile."
    return f"{begin}: {_loss(workers, run)}."


def _loss(workers: int, run: Run) -> str:
    """Why fewer CPUs' worth was reached than there are: what is known, else what it may be."""
    if workers == 1:
        return "the rest is what a process of its own costs here"
    cpus, system = run.environment.get("cpus", {}), run.environment.get("system", {})
    cores = cpus.get("cores")
    if cores is not None and cores < workers:
        return f"they share {counted(cores, 'core')}"
    may_be = ["one busy core clocks higher than several"] if cpus.get("turbo") else []
    if system.get("virtualisation"):
        may_be.append("the host runs these CPUs on one core, or gives part of them to others")
    else:
        may_be.append("the CPUs share a core or caches, or the machine is shared")
    return f"it may be that {', or '.join(may_be)}"
