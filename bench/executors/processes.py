"""A pool of processes: each has an interpreter of its own, and its own GIL."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Annotated, Any

from bench.executors.chunks import Chunk, chunk_size
from bench.executors.seam import Map, Way
from bench.forms import OneOf

# The first one is this interpreter's own default: fork on Linux before 3.14, forkserver from 3.14.
START_METHODS = multiprocessing.get_all_start_methods()

StartMethod = Annotated[str, OneOf(*START_METHODS), "How the pool's processes are started."]


class Processes(Way):
    name = "processes"
    title = "Processes (ProcessPoolExecutor)"

    def missing(self) -> str | None:
        try:
            import multiprocessing.synchronize  # noqa: F401  it looks for the semaphores itself
        except ImportError:
            return "This system has no semaphores that processes could share."
        return None

    @contextmanager
    def open(
        self,
        workers: int,
        *,
        start_method: StartMethod = START_METHODS[0],
        chunk: Chunk = "many",
    ) -> Iterator[Map]:
        context = multiprocessing.get_context(start_method)
        with ProcessPoolExecutor(workers, mp_context=context) as pool:

            def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
                return pool.map(task, items, chunksize=chunk_size(chunk, len(items), workers))

            yield run


executor = Processes()
