"""A sample of the tasks, one after another: what they take, and some of their results.

For a profile, in its child. Standard library only.
"""

import math
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bench.measure.child import parcels
from bench.measure.child.starving import starved
from bench.work import Staged, Work

# So many items are looked at, for so long (seconds); three at least unless they take very long.
MOST_SAMPLED, SAMPLE_S, LEAST_SAMPLED, LONGEST_S = 200, 2.0, 3, 20.0

# The results of so many tasks are kept to be sent and compared, and about so many bytes of them.
MOST_KEPT, MOST_BYTES = 8, 2**26


@dataclass
class Sampled:
    """What a sample of the tasks took, by the place of its item; and the results that are kept.

    Lengths are without the seconds in which others had all CPUs: those are `starved`. `parcel`
    tells of a result that is too long to be kept.
    """

    lengths: dict[int, float] = field(default_factory=dict)
    starved: float = 0.0
    cpu_s: list[float] = field(default_factory=list)
    waits: list[tuple[float, float, float, float]] = field(default_factory=list)
    kept: list[tuple[int, Any]] = field(default_factory=list)
    between: list[Any] = field(default_factory=list)
    kept_bytes: int = 0
    parcel: dict[str, float] | None = None

    def take(self, place: int, result: Any) -> None:
        """Keep a result, if there is room for it."""
        if self.parcel or len(self.kept) == MOST_KEPT or self.kept_bytes > MOST_BYTES:
            return
        size = sys.getsizeof(result)
        with suppress(Exception):  # what cannot be sent is told later
            size = parcels.written(result)[0]
            if size > parcels.LONG:
                self.parcel = parcels.parcel([result])
                return
        self.kept.append((place, result))
        self.kept_bytes += size


def scattered(count: int) -> list[int]:
    """Places spread evenly over so many items, in an order that is spread evenly at any time."""
    many = min(count, MOST_SAMPLED)
    step = max(1, round(0.618 * many))
    while math.gcd(step, many) > 1:
        step += 1
    return [(number * step % many) * count // many for number in range(many)]


def sampled_in(work: Work[Any, Any], order: Sequence[int], first_s: float) -> Sampled:
    """Tasks in an order of places, until there are enough; one took `first_s` before."""
    sampled, began = Sampled(), time.perf_counter()
    longest = max(0.0, LONGEST_S - first_s)
    for place in order:
        result = _once(work, place, sampled)
        sampled.take(place, result)
        del result
        passed = time.perf_counter() - began
        enough = len(sampled.lengths) >= LEAST_SAMPLED and passed > SAMPLE_S
        if enough or passed > longest:
            break
    return sampled


def _once(work: Work[Any, Any], place: int, sampled: Sampled) -> Any:
    task, item = work.task, work.items[place]
    begin = _begin()
    if isinstance(task, Staged):
        came = task.wait(item)
        middle = _end()
        result = task.compute(came)
        end = _end()
        sampled.waits.append((*middle.since(begin), *end.since(middle)))
        if len(sampled.between) < MOST_KEPT:
            sampled.between.append(came)
    else:
        result = task(item)
        end = _end()
    sampled.lengths[place], cpu_s = end.since(begin)
    sampled.cpu_s.append(cpu_s)
    sampled.starved += end.hungry - begin.hungry
    return result


@dataclass(frozen=True)
class Moment:
    """Clocks at a moment: the time, the process's CPU seconds, those that the thread starved."""

    now: float
    cpu: float
    hungry: float

    def since(self, before: "Moment") -> tuple[float, float]:
        """Seconds less those that it starved, and CPU seconds."""
        passed = self.now - before.now - (self.hungry - before.hungry)
        return max(1e-9, passed), self.cpu - before.cpu


def _begin() -> Moment:
    hungry, cpu = starved(), time.process_time()
    return Moment(time.perf_counter(), cpu, hungry)


def _end() -> Moment:
    now, cpu = time.perf_counter(), time.process_time()
    return Moment(now, cpu, starved())
