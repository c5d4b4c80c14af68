"""A pool of workers, simulated: what a pass would take with so many of them.

    one side hands over, ──► chunks wait ──► idle workers take one each
    chunk after chunk                        and share the CPUs evenly

Handing over and working are jobs alike: all that go on at a time share what can run at a time, so
each of them is as slow. No chance is in it: the same pool gives the same seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import accumulate
from math import ceil, inf
from statistics import fmean, linear_regression

from bench.executors.chunks import CHUNKS_A_WORKER, chunk_size

# More chunks than this are simulated several at a time, if it leaves each worker enough of them.
MOST_CHUNKS = 2_000

HANDING_OVER, WORKING = 0, 1


@dataclass(frozen=True)
class Pool:
    """What is known of a pool and its work, all of it measured in one run. Times in seconds.

    `tasks` are how long tasks take alone, in their order: all `count` of a pass, or as many as a
    traced pass of sequential work keeps (2,000), spread over the pass. `chunk` is the executor's
    option. `dispatch_s` is what handing a chunk over takes the side that does it, one after
    another; `handling_s` what a chunk takes a worker besides its tasks. `start_s` and
    `start_worker_s` are what the start takes before the first task, in all and for each worker: 0
    for a pool that is warm. `at_once` is how many can run at a time: the usable CPUs, 1 if there
    is a GIL between the workers, None for tasks that wait. `drag` is how much slower each runs
    for every other one that runs beside it.
    """

    tasks: tuple[float, ...]
    count: int
    chunk: int | str
    dispatch_s: float
    handling_s: float = 0.0
    start_s: float = 0.0
    start_worker_s: float = 0.0
    at_once: int | None = None
    drag: float = 0.0

    @property
    def alone_s(self) -> float:
        """What all tasks take one after the other, without a pool."""
        return sum(self.tasks) * self.count / len(self.tasks)

    def others(self, workers: int) -> int:
        """How many run beside each one, if all workers are busy."""
        return min(workers, workers if self.at_once is None else self.at_once) - 1

    def dragged(self, drag: float) -> "Pool":
        """The same pool, each task so much slower for each other one beside it (a share)."""
        return replace(self, drag=drag)


def start_up(extra_s: Mapping[int, float]) -> tuple[float, float]:
    """What starting takes in all and for each worker, in seconds, neither below 0.

    `extra_s` is by number of workers what a cold use takes more than a warm one; two numbers at
    least.
    """
    workers = list(extra_s)
    each, in_all = linear_regression(workers, list(extra_s.values()))
    if in_all < 0:
        return 0.0, linear_regression(workers, list(extra_s.values()), proportional=True).slope
    return (in_all, each) if each >= 0 else (fmean(extra_s.values()), 0.0)


def speedup(pool: Pool, workers: int) -> float:
    """How many times as fast as one after the other that many workers are."""
    return pool.alone_s / seconds(pool, workers)


def seconds(pool: Pool, workers: int) -> float:
    """What a pass over all tasks takes that many workers, the pool's start included."""
    return pool.start_s + pool.start_worker_s * workers + _pass(pool, workers)


def _pass(pool: Pool, workers: int) -> float:
    size = chunk_size(pool.chunk, pool.count, workers)
    most = max(MOST_CHUNKS, CHUNKS_A_WORKER * workers)
    together = ceil(pool.count / size / most)
    chunks = [length + together * pool.handling_s for length in _lengths(pool, size * together)]
    return _simulated(pool, chunks, together * pool.dispatch_s, workers)


def _lengths(pool: Pool, size: int) -> Iterator[float]:
    """What the tasks of each chunk take: the kept tasks stand for all, spread evenly."""
    before = [0.0, *accumulate(pool.tasks)]
    kept = len(pool.tasks)

    def until(task: int) -> float:
        place, part = divmod(min(task, pool.count) * kept, pool.count)
        rest = part / pool.count * pool.tasks[place] if part else 0.0
        return pool.count / kept * (before[place] + rest)

    return (until(first + size) - until(first) for first in range(0, pool.count, size))


def _simulated(pool: Pool, chunks: list[float], dispatch_s: float, workers: int) -> float:
    """The seconds until all chunks are done, from event to event.

    As all jobs are equally fast at any time, each is done once their common progress has grown by
    its length: jobs wait in the order of the progress at which they are done.
    """
    now = progress = 0.0
    handed, taken, idle = 0, 0, workers
    jobs = [(dispatch_s, HANDING_OVER)]
    while jobs:
        pace = _pace(pool, len(jobs))
        done, job = heappop(jobs)
        now += (done - progress) / pace
        progress = done
        if job == WORKING:
            idle += 1
        else:
            handed += 1
            if handed < len(chunks):
                heappush(jobs, (progress + dispatch_s, HANDING_OVER))
        while taken < handed and idle:
            heappush(jobs, (progress + chunks[taken], WORKING))
            taken, idle = taken + 1, idle - 1
    return now


def _pace(pool: Pool, jobs: int) -> float:
    """How fast each of so many jobs gets on, as a part of how fast it would alone."""
    at_once = inf if pool.at_once is None else pool.at_once
    running = min(jobs, at_once)
    return min(1.0, at_once / jobs) / (1 + pool.drag * (running - 1))
