"""The child: times one contender in a fresh interpreter and says so in an event.

Standard library only: the child may be another interpreter than the app's, and it starts for every
sample.
"""

import gc
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from bench.answers import answer_text
from bench.executors import find_executor
from bench.executors.seam import Executor, Map
from bench.measure.child import around, tree
from bench.measure.child.affinity import my_cpus
from bench.measure.child.answering import answer
from bench.measure.child.building import built
from bench.measure.child.gil import gil_enabled
from bench.measure.child.turn import taken
from bench.work import Work

# Short work is repeated within the warm pass until the pass has lasted this long, in seconds.
LEAST_WARM = 0.050

# Work whose first pass takes longer than this, in seconds, is not traced: that takes as long again.
LONGEST_TRACED = 5.0

Clock = Callable[[], float]


def timed(
    opened: AbstractContextManager[Map],
    work: Work[Any, Any],
    clock: Clock = time.perf_counter,
    cpu: Callable[[], float | None] = lambda: None,
) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """Open, map twice and close: times (seconds), the first pass's results, the last ones.

    `cpu` tells the CPU seconds used so far; it is asked between the timed parts.
    """
    t0 = clock()
    with opened as run:
        t1 = clock()
        first = list(run(work.task, work.items))
        t2 = clock()
        cpu_before = cpu()
        repeats = 0
        w0 = w1 = clock()
        while w1 - w0 < LEAST_WARM:
            last = list(run(work.task, work.items))
            repeats += 1
            w1 = clock()
        cpu_after = cpu()
        t3 = clock()
    t4 = clock()
    times = {
        "start_s": t1 - t0,
        "first_s": t2 - t1,
        "warm_s": (w1 - w0) / repeats,
        "warm_cpu_s": None
        if cpu_before is None or cpu_after is None
        else (cpu_after - cpu_before) / repeats,
        "repeats": repeats,
        "stop_s": t4 - t3,
        "cold_s": (t1 - t0) + (t2 - t1) + (t4 - t3),
    }
    return times, first, last


def measured(request: Mapping[str, Any]) -> dict[str, Any]:
    """The sample that a request asks for. Raises whatever the work or the executor raises."""
    with built(request) as work:
        executor = find_executor(request["executor"])
        opened = executor.open(request["workers"], **request["options"])
        with taken(request["turn"]):
            return {"event": "sample", **sample_of(request, work, executor, opened)}


def sample_of(
    request: Mapping[str, Any],
    work: Work[Any, Any],
    executor: Executor,
    opened: AbstractContextManager[Map],
) -> dict[str, Any]:
    """Times, cost, what others did meanwhile, answer and perhaps a trace.

    Own work is held to leaving its items as they are.
    """
    if executor.coroutines and work.atask:
        work = replace(work, task=work.atask)
    watch = None
    if "own" in request:
        from bench.measure.child.state import Watch

        watch = Watch(work)
    gc.collect()
    gc.freeze()
    before = around.read(throttle_file=request["throttle_file"])
    try:
        times, first, last = timed(opened, work, cpu=tree.cpu_seconds)
    except Exception as error:
        from bench.measure.child.sending import reason

        told = reason(error, work, executor)
        if told is None:
            raise
        raise told from error
    after = around.read(throttle_file=request["throttle_file"])
    if watch:
        watch.check_items()
    answers = answer_text(work.reduce(first)), answer_text(work.reduce(last))
    if answers[0] != answers[1]:
        from bench.measure.child.state import differing

        raise differing(first, last, answers, watch.changed() if watch else [])
    del first, last
    used = after.own.since(before.own)
    mine = len(my_cpus())
    return {
        **times,
        **around.between(before, after, mine, min(mine, request["usable_cpus"])),
        "cpu_user_s": used.user,
        "cpu_system_s": used.system,
        "voluntary": used.voluntary,
        "involuntary": used.involuntary,
        "gil": gil_enabled(),
        "answer": answers[0],
        "trace": traced_pass(executor, request, work)
        if request["trace"] and times["first_s"] < LONGEST_TRACED
        else None,
    }


def traced_pass(executor: Executor, request: Mapping[str, Any], work: Work[Any, Any]) -> Any:
    """What one more pass tells of single tasks; None if it cannot be traced.

    Timing is over by now: whatever goes wrong here costs the trial nothing.
    """
    from bench.measure.child.tracing import traced

    try:
        opened = executor.open(request["workers"], **request["options"])
        return traced(opened, work, piped=executor.piped)
    except Exception:  # noqa: BLE001  a task may do anything, even on its third pass
        return None


def main() -> int:
    """Answer one request; the exit code is 0 unless the channel itself failed."""
    return answer(measured)


if __name__ == "__main__":
    sys.exit(main())
