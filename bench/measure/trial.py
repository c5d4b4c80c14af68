"""The child: times one contender in a fresh interpreter and says so in an event.

Standard library only: the child may be another interpreter than the app's, and it starts for every
sample.
"""

import contextlib
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.answers import answer_text
from bench.executors import find_executor
from bench.executors.seam import Executor, Map
from bench.measure.answering import answer
from bench.measure.building import built
from bench.work import Work

# Short work is repeated within the warm pass until the pass has lasted this long, in seconds.
LEAST_WARM = 0.050

Clock = Callable[[], float]


def timed(
    opened: AbstractContextManager[Map], work: Work[Any, Any], clock: Clock = time.perf_counter
) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """Open, map twice and close: times (seconds), the first pass's results, the last ones."""
    t0 = clock()
    with opened as run:
        t1 = clock()
        first = list(run(work.task, work.items))
        t2 = t3 = clock()
        repeats = 0
        while t3 - t2 < LEAST_WARM:
            last = list(run(work.task, work.items))
            repeats += 1
            t3 = clock()
        t4 = clock()
    t5 = clock()
    times = {
        "start_s": t1 - t0,
        "first_s": t2 - t1,
        "warm_s": (t3 - t2) / repeats,
        "repeats": repeats,
        "stop_s": t5 - t4,
        "cold_s": (t1 - t0) + (t2 - t1) + (t5 - t4),
    }
    return times, first, last


def measured(request: Mapping[str, Any]) -> dict[str, Any]:
    """The sample that a request asks for. Raises whatever the work or the executor raises."""
    with built(request) as work:
        executor = find_executor(request["executor"])
        opened = executor.open(request["workers"], **request["options"])
        return {"event": "sample", **sample_of(work, executor, opened, "own" in request)}


def sample_of(
    work: Work[Any, Any], executor: Executor, opened: AbstractContextManager[Map], own: bool
) -> dict[str, Any]:
    """Times, CPU seconds and answer; `own` work is held to leaving its items as they are."""
    if executor.coroutines and work.atask:
        work = replace(work, task=work.atask)
    watch = None
    if own:
        from bench.measure.state import Watch

        watch = Watch(work)
    gc.collect()
    gc.freeze()
    before = tree_cpu()
    try:
        times, first, last = timed(opened, work)
    except Exception as error:
        from bench.measure.sending import reason

        told = reason(error, work, executor)
        if told is None:
            raise
        raise told from error
    user, system = (after - start for after, start in zip(tree_cpu(), before, strict=True))
    if watch:
        watch.check_items()
    answers = answer_text(work.reduce(first)), answer_text(work.reduce(last))
    if answers[0] != answers[1]:
        from bench.measure.state import differing

        raise differing(first, last, answers, watch.changed() if watch else [])
    return {**times, "cpu_user_s": user, "cpu_system_s": system, "answer": answers[0]}


def tree_cpu() -> tuple[float, float]:
    """CPU seconds, user and system, of this process and all that descend from it, ended or not.

    What has ended is in the operating system's own sum once it was waited for. A fork server and
    its workers live on, so living descendants are added where /proc tells, to 10 ms each.
    """
    times = os.times()
    user, system = times.user + times.children_user, times.system + times.children_system
    tick = os.sysconf("SC_CLK_TCK")
    for pid in _descendants(os.getpid()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue  # it has ended since
        user += (int(fields[11]) + int(fields[13])) / tick
        system += (int(fields[12]) + int(fields[14])) / tick
    return user, system


def _descendants(pid: int) -> Iterator[int]:
    """All living descendants, where the system lists a thread's children (Linux); else none."""
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_bytes().split():
                yield int(child)
                yield from _descendants(int(child))


def main() -> int:
    """Answer one request; the exit code is 0 unless the channel itself failed."""
    return answer(measured)


if __name__ == "__main__":
    sys.exit(main())
