"""What a reader of a comparison should know before relying on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from bench.analysis.comparing import Comparison
from bench.analysis.results import results
from bench.analysis.steadiness import steadiness
from bench.analysis.warnings import Caution
from bench.analysis.words import joined, lasted, percent
from bench.forms import Value
from bench.plan import spoken, told
from bench.samples import Run, machine_of

# Runs further apart than this, in seconds, may have met a machine in another state.
APART = 3_600.0

# With one of these, a slower time may be other work: nothing may be decided on it.
OTHER_WORK = frozenset({"other-parameters", "other-answers"})


def cautions_of(found: Comparison) -> tuple[Caution, ...]:
    """All cautions on a comparison, those first that matter most."""
    return tuple(chain.from_iterable(check(found) for check in _CHECKS))


def _other_parameters(found: Comparison) -> Iterator[Caution]:
    a, b = found.a.plan.parameters, found.b.plan.parameters
    told_apart = [
        f"{spoken(name)} {_told(a, name)} in A, {_told(b, name)} in B"
        for name in {**a, **b}
        if a.get(name) != b.get(name)
    ]
    if told_apart:
        yield Caution(
            "other-parameters",
            f"The runs did other work: {', '.join(told_apart)}.",
            "Take no ratio of times for a gain or a loss; measure the same parameters for that.",
        )


def _told(parameters: Mapping[str, Value], name: str) -> str:
    return told(parameters[name]) if name in parameters else "none"


def _other_answers(found: Comparison) -> Iterator[Caution]:
    if found.a.plan.parameters != found.b.plan.parameters:
        return
    a, b = _answers(found.a), _answers(found.b)
    odd = [
        (pair.name, mine, theirs)
        for pair in found.pairs
        if (mine := a.get(pair.a.contender.name)) is not None
        and (theirs := b.get(pair.b.contender.name)) is not None
        and mine != theirs
    ]
    if odd:
        name, mine, theirs = odd[0]
        more = f" {len(odd)} contenders have others." if len(odd) > 1 else ""
        yield Caution(
            "other-answers",
            f"The answers differ: {name} gave {mine} in A and {theirs} in B.{more}",
            "Find out why before relying on any ratio: the work may not be the same.",
        )


def _answers(run: Run) -> dict[str, str]:
    return {sample.contender: sample.answer for sample in reversed(run.samples)}


def _other_machine(found: Comparison) -> Iterator[Caution]:
    a, b = (machine_of(run.environment) for run in (found.a, found.b))
    if a != b:
        yield Caution(
            "other-machine",
            f"A ran on {a or 'a machine that it does not name'}, "
            f"B on {b or 'a machine that it does not name'}.",
            "Times tell of the machines, too; speedups are over work on the same machine.",
        )


def _apart(found: Comparison) -> Iterator[Caution]:
    a, b = found.a, found.b
    same = machine_of(a.environment) == machine_of(b.environment)
    apart = abs((b.started or b.created) - (a.started or a.created))
    if not same or apart < APART:
        return
    noise = [
        f"±{percent(half_width, 2)} in {name}"
        for name, run in (("A", a), ("B", b))
        if (half_width := noise_of(run)) is not None
    ]
    steady = f" Within each run, the same work twice differs by {joined(noise)}." if noise else ""
    yield Caution(
        "apart",
        f"The runs were measured {lasted(apart)} apart: what changed on the machine in between is "
        f"in the ratios of times, but not in their intervals.{steady}",
        "Measure both again, one right after the other, or look at the speedups.",
    )


def noise_of(run: Run) -> float | None:
    """How small a difference a run can show: the half-width of its control's interval."""
    for result in results(run):
        speedup = result.warm.speedup if result.warm else None
        if result.contender.role == "control" and speedup and speedup.low is not None:
            return speedup.half_width
    return None


def _not_steady(found: Comparison) -> Iterator[Caution]:
    for name, run in (("A", found.a), ("B", found.b)):
        reasons = steadiness(run).reasons
        if reasons:
            yield Caution(
                f"{name.lower()}-not-steady",
                f"{name} may not be relied on: {_codes(reasons)}. {reasons[0].message}",
                reasons[0].action,
            )


def _codes(reasons: Sequence[Caution]) -> str:
    return joined(list(dict.fromkeys(reason.code for reason in reasons)))


_CHECKS: tuple[Callable[[Comparison], Iterator[Caution]], ...] = (
    _other_parameters,
    _other_answers,
    _other_machine,
    _apart,
    _not_steady,
)
