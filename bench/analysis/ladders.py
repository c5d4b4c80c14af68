"""A run's contenders as ladders: one executor, its options and interpreter, by worker counts."""

from collections.abc import Mapping, Sequence

from bench.analysis.results import Mode, Result
from bench.analysis.scaling import Ladder
from bench.plan import Contender
from bench.samples import Run
from bench.workloads import kind_of

# What contenders share that differ in their workers alone: executor, name without the workers,
# interpreter.
Key = tuple[str, str, str]


def key_of(contender: Contender) -> Key:
    """What tells a contender's series from others."""
    name = contender.name.replace(f" × {contender.workers}", "", 1)
    return contender.executor, name, contender.interpreter


def ladders_of(run: Run, results: Sequence[Result], mode: Mode) -> tuple[Ladder, ...]:
    """A ladder for each executor with its options on its interpreter, in the plan's order.

    A contender with an error has no speedups. The ceiling has no ladder of its own: it stands
    beside the others on its interpreter. A run that sweeps has none, nor one without baselines.
    """
    if run.plan.sweep or not run.plan.has_baseline:
        return ()
    by_key: dict[Key, dict[int, Mapping[int, float]]] = {}
    ceilings: dict[str, Mapping[int, Mapping[int, float]]] = {}
    for result in results:
        contender = result.contender
        if contender.role == "contender":
            reading = result.reading(mode)
            rungs = by_key.setdefault(key_of(contender), {})
            rungs[contender.workers] = reading.ratios if reading else {}
            if contender.executor == "ceiling":
                ceilings.setdefault(contender.interpreter, rungs)
    return tuple(
        Ladder(
            name,
            kind_of(run.plan.workload),
            run.environment.get("cpus", {}).get("usable"),
            rungs,
            ceilings.get(interpreter, {}),
            _differing(run, (executor, name, interpreter)),
        )
        for (executor, name, interpreter), rungs in by_key.items()
        if executor != "ceiling"
    )


def _differing(run: Run, key: Key) -> tuple[int, ...]:
    """The numbers of workers that gave another answer than the first baseline."""
    workers = {one.name: one.workers for one in run.plan.contenders if key_of(one) == key}
    first = run.plan.line_up[0].name
    right = {sample.answer for sample in run.samples if sample.contender == first}
    mine = [sample for sample in run.samples if sample.contender in workers]
    return tuple(sorted({workers[one.contender] for one in mine if right - {one.answer}}))
