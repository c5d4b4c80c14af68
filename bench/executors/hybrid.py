"""Threads for the stage that waits, feeding processes for the stage that computes.

staged    items ──► threads: wait ──► all of them ──► processes: compute ──► results
streamed  items ──► threads: wait ──► each at once ─► processes: compute ──► results
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

from bench.executors.processes import START_METHODS, StartMethod, no_semaphores
from bench.executors.seam import Map, Way
from bench.forms import Between, OneOf
from bench.work import Staged

if TYPE_CHECKING:
    from bench.workloads import Workload

Mode = Annotated[
    str,
    OneOf("staged", "streamed"),
    "Whether computing begins when all waiting is over, or with each result as it comes.",
]
Computing = Annotated[int, Between(1, 64), "Processes that compute; the workers are threads."]


class Hybrid(Way):
    name = "hybrid"
    title = "Threads feeding processes"
    kind = "threads and processes"
    most = 2_000
    piped = True

    def missing(self) -> str | None:
        return no_semaphores()

    def unfit(self, workload: "Workload") -> str | None:
        return None if workload.staged else "Its tasks have no two stages to tell apart."

    @contextmanager
    def open(
        self,
        workers: int,
        *,
        mode: Mode = "streamed",
        processes: Computing = 2,
        start_method: StartMethod = START_METHODS[0],
    ) -> Iterator[Map]:
        context = multiprocessing.get_context(start_method)
        with ProcessPoolExecutor(processes, mp_context=context) as computing:
            # To fork later, with threads running, could copy a lock that nobody will release.
            computing.submit(os.getpid).result()
            with ThreadPoolExecutor(workers) as waiting:

                def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
                    if not isinstance(task, Staged):
                        raise TypeError("Work without two stages cannot be shared out this way.")
                    if mode == "staged":
                        return computing.map(task.compute, list(waiting.map(task.wait, items)))
                    return _streamed(waiting, computing, task, items)

                yield run


def _streamed(
    waiting: ThreadPoolExecutor,
    computing: ProcessPoolExecutor,
    task: Staged,
    items: Sequence[Any],
) -> Iterator[Any]:
    def through(item: Any) -> "Future[Any]":
        return computing.submit(task.compute, task.wait(item))

    waits = [waiting.submit(through, item) for item in items]
    try:
        for wait in waits:
            yield wait.result().result()
    finally:  # on an error, what has not begun is not waited for
        for wait in waits:
            if not wait.cancel() and wait.done() and not wait.exception():
                wait.result().cancel()


executor = Hybrid()
