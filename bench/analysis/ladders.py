"""A run's contenders as ladders: one executor, its options and interpreter, by worker counts."""

from collections.abc import Mapping

from bench.analysis.results import Mode, baselines_of, errors_of
from bench.analysis.scaling import Ladder
from bench.plan import Contender
from bench.samples import Run, Sample
from bench.workloads import kind_of

# What contenders share that differ in their workers alone: executor, name without the workers,
# interpreter.
Key = tuple[str, str, str]


def key_of(contender: Contender) -> Key:
    name = contender.name.replace(f" × {contender.workers}", "", 1)
    return contender.executor, name, contender.interpreter


def ladders_of(run: Run, mode: Mode) -> tuple[Ladder, ...]:
    """A ladder for each executor with its options on its interpreter, in the plan's order.

    A contender with an error has no speedups. The ceiling has no ladder of its own: it stands
    beside the others on its interpreter.
    """
    out = errors_of(run.plan, run.samples, run.failures)
    by_key: dict[Key, dict[int, Mapping[int, float]]] = {}
    ceilings: dict[str, Mapping[int, Mapping[int, float]]] = {}
    for contender in run.plan.contenders:
        rungs = by_key.setdefault(key_of(contender), {})
        rungs[contender.workers] = {} if contender.name in out else _speedups(run, contender, mode)
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


def _speedups(run: Run, contender: Contender, mode: Mode) -> dict[int, float]:
    """By round, over the baseline on the same interpreter."""
    mine = _seconds(run, contender.name, mode)
    baseline = _seconds(run, baselines_of(run.plan)[contender.name], mode)
    return {round_: baseline[round_] / mine[round_] for round_ in mine.keys() & baseline.keys()}


def _seconds(run: Run, name: str, mode: Mode) -> dict[int, float]:
    return {sample.round: _of(sample, mode) for sample in run.samples if sample.contender == name}


def _of(sample: Sample, mode: Mode) -> float:
    return sample.warm_s if mode == "warm" else sample.cold_s


def _differing(run: Run, key: Key) -> tuple[int, ...]:
    """The numbers of workers that gave another answer than the first baseline."""
    workers = {one.name: one.workers for one in run.plan.contenders if key_of(one) == key}
    first = run.plan.line_up[0].name
    right = {sample.answer for sample in run.samples if sample.contender == first}
    mine = [sample for sample in run.samples if sample.contender in workers]
    return tuple(sorted({workers[one.contender] for one in mine if right - {one.answer}}))
