"""What a run shows beyond its results: why its contenders are so fast, and how they scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.analysis.amdahl import Amdahl, amdahl
from bench.analysis.disturbance import disturbance
from bench.analysis.ladders import key_of, ladders_of
from bench.analysis.pool_model import Pool
from bench.analysis.projection import Projection, projected
from bench.analysis.results import Mode, Result
from bench.analysis.scaling import Ladder, Rung, Withheld, rungs
from bench.analysis.spending import ALL_PYTHON, Case
from bench.analysis.usl import Usl, usl
from bench.analysis.why import Reason, reasons
from bench.executors import workers_are
from bench.plan import Contender
from bench.samples import Run, Sample, Trace
from bench.workloads import kind_of, task_count


@dataclass(frozen=True)
class Why:
    """The reasons that are shown for one contender, at least one."""

    contender: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Scaling:
    """How one executor grows with its workers; what cannot be said comes with the reason."""

    name: str
    rungs: tuple[Rung, ...]
    amdahl: Amdahl | Withheld
    usl: Usl | Withheld
    projection: Projection | Withheld

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each model says, or why it cannot be said."""
        return tuple(
            model.message if isinstance(model, Withheld) else model.sentence
            for model in (self.amdahl, self.usl, self.projection)
        )


def whys_of(run: Run, results: Sequence[Result]) -> tuple[Why, ...]:
    """Why contenders that have results are as fast as they are, where intervals carry a reason.

    Of disturbed rounds no reason is told: CPUs that others took look like CPUs that were not used.
    """
    rounds = disturbance(run.plan, run.samples)
    if rounds.disturbed and not rounds.set_aside:
        return ()
    found = (_why(run, result, len(run.plan.contenders)) for result in results)
    return tuple(why for why in found if why.reasons)


def _why(run: Run, result: Result, comparisons: int) -> Why:
    contender = result.contender
    alone = result.error or not result.against or not _samples(run, contender.name)
    if contender.role != "contender" or alone or run.plan.sweep:
        return Why(contender.name, ())
    return Why(contender.name, reasons(case_of(run, result, comparisons)))


def case_of(run: Run, result: Result, comparisons: int = 1) -> Case:
    """One of the line-up's trials beside its baseline's."""
    contender, mine = result.contender, _samples(run, result.contender.name)
    return Case(
        name=contender.name,
        workers=contender.workers,
        workers_are=workers_are(contender.executor),
        work=kind_of(run.plan.workload) or "",
        gil=mine[-1].gil if mine else None,
        usable=run.environment.get("cpus", {}).get("usable"),
        tasks=tasks_of(run, result),
        trials=tuple(mine),
        baseline=tuple(_samples(run, result.against)),
        comparisons=comparisons,
    )


def tasks_of(run: Run, result: Result) -> int | None:
    """How many tasks a pass has, by the baseline's trace or by the work itself, if known."""
    if trace := _trace(run, result.against):
        return trace.tasks
    return task_count(run.plan.workload, run.plan.parameters_of(result.contender))


def _samples(run: Run, name: str) -> list[Sample]:
    used = disturbance(run.plan, run.samples).used
    return [one for one in run.samples if one.contender == name and one.round in used]


def _trace(run: Run, name: str) -> Trace | None:
    return next((trace for trace in run.traces if trace.contender == name), None)


def scaling_of(run: Run, results: Sequence[Result], mode: Mode) -> tuple[Scaling, ...]:
    """How each executor grows with its workers, where several numbers of them were measured."""
    return tuple(
        Scaling(
            ladder.name, rungs(ladder), amdahl(ladder), usl(ladder), _projection(run, ladder, first)
        )
        for ladder, first in _ladders(run, results, mode)
        if len(ladder.speedups) > 1
    )


def _ladders(run: Run, results: Sequence[Result], mode: Mode) -> Iterator[tuple[Ladder, Contender]]:
    """Each ladder with the contender on its lowest rung."""
    firsts: dict[str, Contender] = {}
    for one in sorted(run.plan.contenders, key=lambda contender: contender.workers):
        firsts.setdefault(key_of(one)[1], one)
    for ladder in ladders_of(run, results, mode):
        yield ladder, firsts[ladder.name]


def _projection(run: Run, ladder: Ladder, first: Contender) -> Projection | Withheld:
    most = max(ladder.speedups)
    pool = _pool(run, ladder, first)
    return projected(ladder, pool, sorted({most + most // 2, 2 * most} - {most}))


def _pool(run: Run, ladder: Ladder, first: Contender) -> Pool:
    """The pool behind a ladder, from the traced pass of its baseline."""
    baseline = next(
        one.name
        for one in run.plan.line_up
        if one.role == "baseline" and one.interpreter == first.interpreter
    )
    trace = _trace(run, baseline)
    return Pool(
        tasks=tuple(span.end - span.start for span in trace.spans) if trace else (),
        count=trace.tasks if trace else 1,
        chunk=_chunk(first),
        dispatch_s=0.0,
        at_once=_at_once(run, ladder, first),
    )


def _chunk(contender: Contender) -> int | str:
    chunk: Any = contender.options.get("chunk", "one")
    return chunk if isinstance(chunk, int | str) else "one"


def _at_once(run: Run, ladder: Ladder, first: Contender) -> int | None:
    """How many tasks can run at a time: all that wait, one under the GIL, else one a CPU."""
    if ladder.kind == "io":
        return None
    gil = any(sample.gil for sample in run.samples if sample.contender == first.name)
    held = workers_are(first.executor) in ("threads", "coroutines")
    if gil and held and ladder.kind in ALL_PYTHON:
        return 1
    return ladder.usable or 1
