"""The child that profiles a task: a sample of its items, one after another, then looks at the GIL.

What is known is told as a step before anything is tried that may go wrong in a way of its own:
threads that wait for each other for ever do not take the rest with them. Standard library only.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from bench.answers import answer_text
from bench.errors import Broken
from bench.executors.interpreters import NOT_LOADING
from bench.measure import parcels, probing, tree
from bench.measure.answering import answer, said
from bench.measure.building import built
from bench.measure.gil import gil_enabled
from bench.measure.starving import starved
from bench.work import Staged, Work

# So many items are looked at, for so long (seconds); three at least unless they take very long.
MOST_SAMPLED, SAMPLE_S, LEAST_SAMPLED, LONGEST_S = 200, 2.0, 3, 20.0

# The results of so many tasks are kept to be sent and compared, and about so many bytes of them.
MOST_KEPT, MOST_BYTES = 8, 2**26

# Answers are looked for again for so long, in seconds.
AGAIN_S = 1.0

Facts = dict[str, Any]


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


def profiled(request: Mapping[str, Any]) -> Generator[Facts, None, Facts]:
    """The facts that a request asks for. Raises what the work raises."""
    with built(request) as work:
        watch = None
        if "own" in request:
            from bench.measure.state import Watch

            watch = Watch(work)
        facts, sampled = _alone(request, work)
        if watch:
            watch.check_items()
        items = [work.items[place] for place in sorted(sampled.lengths)]
        task_s = fmean(sampled.lengths.values())
        yield facts
        facts |= _on_a_loop(work, items, task_s, request["look_s"])
        yield facts
        facts |= _in_threads(work, _quick(work, sampled), task_s, request["look_s"])
    return {"event": "facts", "facts": facts}


def _alone(request: Mapping[str, Any], work: Work[Any, Any]) -> tuple[Facts, Sampled]:
    """What the tasks take one after another, and what could be sent of them."""
    order = scattered(len(work.items))
    began = time.perf_counter()
    _called(work, order[0])
    first_s = time.perf_counter() - began
    before, others = tree.memory(), _others()
    sampled = _sampled(work, order, first_s)
    after = tree.memory()
    lengths = [sampled.lengths[place] for place in sorted(sampled.lengths)]
    facts: Facts = {
        "tasks": len(work.items),
        "lengths": lengths,
        "first_s": first_s,
        "cpu_s": fmean(sampled.cpu_s),
        "starved": sampled.starved / (sampled.starved + sum(lengths)),
        "other_cpu_s": max(0.0, _others() - others) / len(lengths),
        "gil": gil_enabled(),
        "version": list(sys.version_info[:2]),
        "usable": request["usable_cpus"],
        "start_method": multiprocessing.get_start_method(),
        "memory": None if before is None or after is None else max(0, after - before),
        "libraries": sorted(NOT_LOADING.intersection(sys.modules)),
        "counting": None,
        "threads": None,
        "unthreaded": "",
        "coroutine": None,
        "stages": None,
    }
    if sampled.waits:
        parts = [fmean(column) for column in zip(*sampled.waits, strict=True)]
        names = ("wait_s", "wait_cpu_s", "compute_s", "compute_cpu_s")
        facts["stages"] = {**dict(zip(names, parts, strict=True)), "between": None}
    facts |= _sending(work, sampled, facts)
    facts |= _again(work, sampled)
    return facts, sampled


def scattered(count: int) -> list[int]:
    """Places spread evenly over so many items, in an order that is spread evenly at any time."""
    many = min(count, MOST_SAMPLED)
    step = max(1, round(0.618 * many))
    while _common(step, many) > 1:
        step += 1
    return [(number * step % many) * count // many for number in range(many)]


def _common(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return one


def _called(work: Work[Any, Any], place: int) -> Any:
    try:
        return work.task(work.items[place])
    except TypeError as error:
        if error.__traceback__ and error.__traceback__.tb_next is None:  # the call itself
            raise Broken(f"it cannot be called with one item ({error}).") from error
        raise


def _sampled(work: Work[Any, Any], order: Sequence[int], first_s: float) -> Sampled:
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


def _others() -> float:
    """CPU seconds of the processes that descend from this one."""
    whole = tree.used().seconds if os.name == "posix" else 0.0
    return max(0.0, whole - time.process_time())


def _sending(work: Work[Any, Any], sampled: Sampled, facts: Facts) -> Facts:
    """What items and results are when they are sent; or what of them cannot be."""
    places = sorted(sampled.lengths)[: parcels.MOST]
    found: Facts = {"item": None, "result": None, "unsent": ""}
    named = [("the task", work.task)]
    named += [(f"items[{place}]", work.items[place]) for place in places]
    named += [(f"what the task gives for items[{place}]", one) for place, one in sampled.kept]
    found["unsent"] = parcels.unsent(named)
    if not found["unsent"]:
        found["item"] = parcels.parcel([work.items[place] for place in places])
        results = [one for _, one in sampled.kept]
        found["result"] = sampled.parcel or parcels.parcel(results)
        came = [("what comes between its stages", one) for one in sampled.between]
        if facts["stages"] and not parcels.unsent(came):
            facts["stages"]["between"] = parcels.parcel(sampled.between)
    return found


def _again(work: Work[Any, Any], sampled: Sampled) -> Facts:
    """Whether the same items give the same answers once more."""
    until = time.perf_counter() + AGAIN_S
    seen = None
    for place, result in sampled.kept:
        if time.perf_counter() + sampled.lengths[place] > until:
            break
        try:
            one, other = answer_text(result), answer_text(work.task(work.items[place]))
        except Broken as broken:
            return {"repeats": None, "differs": str(broken)}
        if one != other:
            told = f"items[{place}] gave {one} first and {other} then"
            return {"repeats": False, "differs": told}
        seen = True
    return {"repeats": seen, "differs": ""}


def _quick(work: Work[Any, Any], sampled: Sampled) -> list[Any]:
    """The items whose tasks are the shorter half: as good to look at the GIL, and sooner done."""
    places = sorted(sampled.lengths, key=lambda place: sampled.lengths[place])
    return [work.items[place] for place in places[: (len(places) + 1) // 2]]


def _on_a_loop(work: Work[Any, Any], items: Sequence[Any], task_s: float, look_s: float) -> Facts:
    if work.atask is None:
        return {}
    return {"coroutine": probing.on_a_loop(work.atask, items, task_s, look_s)}


def _in_threads(work: Work[Any, Any], items: Sequence[Any], task_s: float, look_s: float) -> Facts:
    """What happens beside the task in a thread; its seconds are those of the shorter half."""
    began = time.perf_counter()
    try:
        work.task(items[0])
        task_s = min(task_s, max(1e-7, time.perf_counter() - began))
        threads = probing.in_threads(work.task, items, task_s, look_s)
        counting = probing.counted(work.task, items, task_s, look_s)
    except Exception as error:  # noqa: BLE001  whatever it does in a thread is what is asked
        return {"unthreaded": f"In a second thread it raises {said(error)[:300]}"}
    return {"threads": threads, "counting": counting}


def main() -> int:
    """Answer one request; the exit code is 0 unless the channel itself failed."""
    return answer(profiled)


if __name__ == "__main__":
    sys.exit(main())
