"""Traces as timelines: whose tasks stand in which lane, and which of them a picture can hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.analysis.results import Mode, Result
from bench.samples import Span, Trace

# More lanes of a contender are left out.
MOST_LANES = 32

# Spans are kept to a millionth of their pass: two that touch may seem to overlap by as much.
_TOUCH = 2e-6


@dataclass(frozen=True)
class Lane:
    """Tasks of one worker, by start; of coroutines, which overlap, some that do not."""

    worker: int
    spans: tuple[Span, ...]

    @property
    def stages(self) -> set[int]:
        return {span.stage for span in self.spans}


@dataclass(frozen=True)
class Timeline:
    """A traced pass as lanes: the first `MOST_LANES` of `lanes_in_all`.

    They hold every one of the tasks, or `every` third, and so on. Over the whole trace, `on_cpu` is
    the share of the tasks' time that they were on a CPU (None if they do not tell), and `at_once`
    the most of those tasks that were under way at a time.
    """

    contender: str
    pass_s: float
    tasks: int
    every: int
    lanes: tuple[Lane, ...]
    lanes_in_all: int
    on_cpu: float | None
    at_once: int

    @property
    def staged(self) -> bool:
        """Whether its tasks wait in one stage and compute in another."""
        return any(len(lane.stages) > 1 or 1 in lane.stages for lane in self.lanes)

    @property
    def overlapping(self) -> bool:
        """Whether several lanes are those of one worker."""
        return len({lane.worker for lane in self.lanes}) < len(self.lanes)


def timeline(trace: Trace, most: int) -> Timeline:
    """The timeline of a trace with at most so many spans, or one a lane and stage if that is more.

    What it has to do without is left out evenly of each lane and stage.
    """
    lanes = lanes_of(trace)
    shown = lanes[:MOST_LANES]
    step = _step([len(part) for lane in shown for part in _stages(lane.spans)], most)
    kept = sum(span.stage == 0 for span in trace.spans)
    return Timeline(
        trace.contender,
        trace.pass_s,
        trace.tasks,
        step * max(1, round(trace.tasks / max(1, kept))),
        tuple(replace(lane, spans=_thinned(lane.spans, step)) for lane in shown),
        len(lanes),
        _on_cpu(trace.spans),
        _at_once(trace.spans, _TOUCH * trace.pass_s),
    )


def telling(results: Sequence[Result], traces: Sequence[str], mode: Mode = "warm") -> list[str]:
    """Who to look at first, of those that have a trace: the baseline, the fastest and threads.

    The ceiling is what the others are held against: it comes first only where it runs alone.
    """
    traced = [result for result in results if result.contender.name in traces]
    rivals = [
        (reading.seconds.estimate, result.contender)
        for result in traced
        if result.contender.role == "contender" and (reading := result.reading(mode))
    ]
    first = [one.contender.name for one in traced if one.contender.role == "baseline"][:1]
    if not rivals:
        return first
    fastest = min(rivals, key=lambda pair: (pair[1].executor == "ceiling", pair[0]))[1]
    threads = [one for _, one in rivals if one.executor == "threads"]
    near = [min(threads, key=lambda one: abs(one.workers - fastest.workers))] if threads else []
    chosen = {*first, fastest.name, *(one.name for one in near)}
    return [one.contender.name for one in traced if one.contender.name in chosen]


def lanes_of(trace: Trace) -> list[Lane]:
    """Its spans as lanes, workers in order: within a lane no two overlap but by rounding."""
    by_worker: dict[int, list[Span]] = {}
    for span in trace.spans:
        by_worker.setdefault(span.worker, []).append(span)
    return [
        Lane(worker, tuple(spans))
        for worker, mine in sorted(by_worker.items())
        for spans in _apart(mine, _TOUCH * trace.pass_s)
    ]


def _apart(spans: Sequence[Span], touch: float) -> list[list[Span]]:
    """One worker's spans, each in the first lane that is free when it starts."""
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda one: one.start):
        free = next((lane for lane in lanes if lane[-1].end <= span.start + touch), None)
        if free is None:
            lanes.append([span])
        else:
            free.append(span)
    return lanes


def _step(lengths: Sequence[int], most: int) -> int:
    """The least step with which so many sequences together have no more than `most` left."""
    step = max(1, -(-sum(lengths) // max(1, most)))
    while sum(-(-length // step) for length in lengths) > max(most, len(lengths)):
        step += 1
    return step


def _thinned(spans: Sequence[Span], step: int) -> tuple[Span, ...]:
    """Every so manyth span of each stage: of two stages that alternate, both stay."""
    kept = [span for part in _stages(spans) for span in part[::step]]
    return tuple(sorted(kept, key=lambda span: span.start))


def _stages(spans: Sequence[Span]) -> list[list[Span]]:
    return [
        [span for span in spans if span.stage == stage]
        for stage in sorted({span.stage for span in spans})
    ]


def _on_cpu(spans: Sequence[Span]) -> float | None:
    told = [(span.cpu, span.end - span.start) for span in spans if span.cpu is not None]
    took = sum(seconds for _, seconds in told)
    return min(1.0, sum(cpu for cpu, _ in told) / took) if took else None


def _at_once(spans: Sequence[Span], touch: float) -> int:
    starts = [(span.start, 1) for span in spans]
    ends = [(max(span.start, span.end - touch), -1) for span in spans]
    under_way, most = 0, 0
    for _, change in sorted(starts + ends):
        under_way += change
        most = max(most, under_way)
    return most
