"""A pool of processes: each has an interpreter of its own, and its own GIL."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, process
from contextlib import contextmanager
from typing import Annotated, Any

from bench.executors.chunks import Chunk, chunk_size
from bench.executors.seam import Map, Way
from bench.forms import Between, OneOf, Value

# The first one is this interpreter's own default: fork on Linux before 3.14, forkserver from 3.14.
START_METHODS = multiprocessing.get_all_start_methods()

StartMethod = Annotated[str, OneOf(*START_METHODS), "How the pool's processes are started."]

TasksAChild = Annotated[
    int,
    Between(0, 1_000_000),
    "Handed-over tasks (a chunk counts as one) after which a process is replaced; 0 is never.",
]


def no_semaphores() -> str | None:
    """Why a pool of processes cannot run here, in one sentence; None if it can."""
    try:
        import multiprocessing.synchronize  # noqa: F401  it looks for the semaphores itself
    except ImportError:
        return "This system has no semaphores that processes could share."
    return None


class Processes(Way):
    name = "processes"
    title = "Processes (ProcessPoolExecutor)"
    kind = "processes"
    piped = True

    def missing(self) -> str | None:
        return no_semaphores()

    def barred(self, options: Mapping[str, Value]) -> str | None:
        if options["tasks_a_child"] and options["start_method"] == "fork":
            return "Forked processes cannot be replaced: choose another start_method."
        return None

    @contextmanager
    def open(
        self,
        workers: int,
        *,
        start_method: StartMethod = START_METHODS[0],
        chunk: Chunk = "many",
        tasks_a_child: TasksAChild = 0,
    ) -> Iterator[Map]:
        context = multiprocessing.get_context(start_method)
        with ProcessPoolExecutor(
            workers, mp_context=context, max_tasks_per_child=tasks_a_child or None
        ) as pool:
            if tasks_a_child:
                keep_replacing(pool)

            def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
                return pool.map(task, items, chunksize=chunk_size(chunk, len(items), workers))

            yield run


class NoneIdle:
    """Stands for the pool's count of idle processes: there never is one."""

    def acquire(self, blocking: bool = True) -> bool:
        return False

    def release(self) -> None:
        pass


def keep_replacing(pool: ProcessPoolExecutor) -> None:
    """Have every process that reached its number of tasks replaced.

    Python 3.11 and 3.12, and 3.13 and 3.14 before their fix (python/cpython#115634), take a
    process that has just ended for an idle one, do not replace it, and then wait for ever.
    """
    if not hasattr(process._ExecutorManagerThread, "_replace_dead_worker"):
        pool._idle_worker_semaphore = NoneIdle()  # type: ignore[assignment]


executor = Processes()
