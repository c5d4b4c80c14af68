"""The child: times one contender in a fresh interpreter and says so in JSON lines.

The request comes in as one line on standard input; events go out on the file descriptor named by
the first argument, so that work that prints does not disturb them. Standard library only: the
child may be another interpreter than the app's, and it starts for every sample.
"""

import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from bench.errors import Unavailable
from bench.executors import find_executor
from bench.executors.seam import Executor, Map
from bench.measure import around, tree
from bench.measure.gil import gil_enabled
from bench.work import Work, answer_text
from bench.workloads import find_workload

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
    workload = find_workload(request["workload"])
    work = workload.build(**request["parameters"], **request["resources"])
    executor = find_executor(request["executor"])
    if executor.coroutines and work.atask:
        work = replace(work, task=work.atask)
    opened = executor.open(request["workers"], **request["options"])
    gc.collect()
    gc.freeze()
    before = around.read(throttle_file=request["throttle_file"])
    times, first, last = timed(opened, work, cpu=tree.cpu_seconds)
    after = around.read(throttle_file=request["throttle_file"])
    answer, again = answer_text(work.reduce(first)), answer_text(work.reduce(last))
    if answer != again:
        raise ValueError(
            f"two passes over the same items gave different answers: {answer}, {again}"
        )
    del first, last
    used = after.own.since(before.own)
    mine = len(around.my_cpus())
    return {
        **times,
        **around.between(before, after, mine, min(mine, request["usable_cpus"])),
        "cpu_user_s": used.user,
        "cpu_system_s": used.system,
        "voluntary": used.voluntary,
        "involuntary": used.involuntary,
        "gil": gil_enabled(),
        "answer": answer,
        "trace": traced_pass(executor, request, work)
        if request["trace"] and times["first_s"] < LONGEST_TRACED
        else None,
    }


def traced_pass(executor: Executor, request: Mapping[str, Any], work: Work[Any, Any]) -> Any:
    """What one more pass tells of single tasks; None if it cannot be traced.

    Timing is over by now: whatever goes wrong here costs the trial nothing.
    """
    from bench.measure.tracing import traced

    try:
        opened = executor.open(request["workers"], **request["options"])
        return traced(opened, work, piped=executor.piped)
    except Exception:  # noqa: BLE001  a task may do anything, even on its third pass
        return None


def main() -> int:
    """Answer one request; the exit code is 0 unless the channel itself failed."""
    channel = int(sys.argv[1])
    os.set_inheritable(channel, False)
    request = json.loads(sys.stdin.readline())
    try:
        event = {"event": "sample", **measured(request)}
    except BaseException as error:  # noqa: BLE001  whatever ends the work is told, SystemExit too
        event = {
            "event": "failed",
            "error": _line(error)[:2_000],
            "traceback": "".join(traceback.format_exception(error))[-8_000:],
        }
    os.write(channel, json.dumps(event).encode() + b"\n")
    return 0


def _line(error: BaseException) -> str:
    """Type and message of an error; of what is not there, the sentence that says what to do."""
    if isinstance(error, Unavailable):
        return str(error)
    return "".join(traceback.format_exception_only(error)).strip()


if __name__ == "__main__":
    sys.exit(main())
