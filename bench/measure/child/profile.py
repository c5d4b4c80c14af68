"""The child that profiles a task: a sample of its items, one after another, then looks at the GIL.

What is known is told as a step before anything is tried that may go wrong in a way of its own:
threads that wait for each other for ever do not take the rest with them. Standard library only.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from statistics import fmean
from typing import Any

from bench.answers import answer_text
from bench.errors import Broken
from bench.executors.interpreters import NOT_LOADING
from bench.measure.child import parcels, probing, tree
from bench.measure.child.answering import answer, said
from bench.measure.child.building import built
from bench.measure.child.gil import gil_enabled
from bench.measure.child.sampling import Sampled, sampled_in, scattered
from bench.work import Work

# Answers are looked for again for so long, in seconds.
AGAIN_S = 1.0

Facts = dict[str, Any]


def profiled(request: Mapping[str, Any]) -> Generator[Facts, None, Facts]:
    """The facts that a request asks for. Raises what the work raises."""
    with built(request) as work:
        watch = None
        if "own" in request:
            from bench.measure.child.state import Watch

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
    sampled = sampled_in(work, order, first_s)
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


def _called(work: Work[Any, Any], place: int) -> Any:
    try:
        return work.task(work.items[place])
    except TypeError as error:
        if error.__traceback__ and error.__traceback__.tb_next is None:  # the call itself
            raise Broken(f"it cannot be called with one item ({error}).") from error
        raise


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
