"""What contenders cost: where their time goes, CPUs, memory, bytes handed over, switches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from bench.analysis.disturbance import disturbance
from bench.analysis.intervals import Interval, geometric
from bench.analysis.results import errors_of
from bench.samples import Run, Sample, Trace

# A phase may end before the clock has moved on: no time is shorter than its tick, in seconds.
_TICK = 1e-9


@dataclass(frozen=True)
class Cost:
    """What a contender costs, from the rounds that the results rest on. Times in seconds.

    `start`, `first`, `warm` and `stop` are its phases; `once` is how many times as long as a warm
    pass a trial's start, first pass and stop take. `cpu` are the CPU seconds of a warm pass, and
    `cpus` how many CPUs it used at a time. Memory is the most that its process tree held;
    `sent` and `received` are the bytes that a pass puts through pipes. `waits` and `takes` are
    the context switches of a trial: threads that waited, and that were taken off their CPU. None
    stands for what is not known, or is not there.
    """

    contender: str
    rounds: int
    start: Interval
    first: Interval
    warm: Interval
    stop: Interval
    once: Interval
    cpu: Interval | None
    cpus: Interval | None
    memory: int | None
    sent: int | None
    received: int | None
    waits: float | None
    takes: float | None


def costs_of(run: Run) -> tuple[Cost, ...]:
    """The costs of each of the line-up that has a result, in its order.

    Memory and bytes are there if the run has its traces. Another tool's samples tell of none.
    """
    used = disturbance(run.plan, run.samples).used
    errors = errors_of(run.plan, run.samples, run.failures)
    traces = {trace.contender: trace for trace in run.traces}
    mine: dict[str, list[Sample]] = {one.name: [] for one in run.plan.line_up}
    for sample in run.samples:
        told = sample.cold_s is not None
        if told and sample.round in used and sample.contender not in errors:
            mine[sample.contender].append(sample)
    return tuple(
        _cost(name, samples, traces.get(name)) for name, samples in mine.items() if samples
    )


def _cost(name: str, samples: Sequence[Sample], trace: Trace | None) -> Cost:
    def mean(phase: Callable[[Sample], float | None]) -> Interval:
        return geometric([max(_TICK, phase(sample) or 0.0) for sample in samples])

    cpu = [sample.warm_cpu_s for sample in samples if sample.warm_cpu_s is not None]
    known = len(cpu) == len(samples)
    return Cost(
        name,
        len(samples),
        start=mean(lambda sample: sample.start_s),
        first=mean(lambda sample: sample.first_s),
        warm=mean(lambda sample: sample.warm_s),
        stop=mean(lambda sample: sample.stop_s),
        once=mean(lambda sample: (sample.cold_s or 0.0) / sample.warm_s),
        cpu=geometric([max(_TICK, used) for used in cpu]) if known else None,
        cpus=mean(lambda sample: (sample.warm_cpu_s or 0.0) / sample.warm_s) if known else None,
        memory=trace.memory_bytes if trace else None,
        sent=trace.sent_bytes if trace else None,
        received=trace.received_bytes if trace else None,
        waits=_counted([sample.voluntary for sample in samples]),
        takes=_counted([sample.involuntary for sample in samples]),
    )


def _counted(counts: Sequence[int | None]) -> float | None:
    known = [count for count in counts if count is not None]
    return fmean(known) if len(known) == len(counts) else None
