"""The older pool of processes, multiprocessing.Pool, with its three ways to map."""

import multiprocessing
import multiprocessing.pool  # by itself it would be imported as the pool is timed
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Annotated, Any

from bench.executors.chunks import Chunk, chunk_size, each, in_order, slices
from bench.executors.processes import START_METHODS, StartMethod, no_semaphores
from bench.executors.seam import Map, Way
from bench.forms import OneOf

Method = Annotated[
    str,
    OneOf("map", "imap", "imap_unordered"),
    "Which of its methods maps: all results at once, one by one in order, or as they come.",
]


class Pool(Way):
    name = "pool"
    title = "Processes (multiprocessing.Pool)"
    kind = "processes"
    piped = True

    def missing(self) -> str | None:
        return no_semaphores()

    @contextmanager
    def open(
        self,
        workers: int,
        *,
        start_method: StartMethod = START_METHODS[0],
        chunk: Chunk = "many",
        method: Method = "map",
    ) -> Iterator[Map]:
        pool = multiprocessing.get_context(start_method).Pool(workers)

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            size = chunk_size(chunk, len(items), workers)
            if method == "map":
                return iter(pool.map(task, items, size))
            if method == "imap":
                return iter(pool.imap(task, items, size))
            # As they come, and so with their places: one for a chunk, in a tuple, is the cheapest.
            jobs = ((task, place, part) for place, part in enumerate(slices(items, size)))
            return chain.from_iterable(in_order(pool.imap_unordered(_placed, jobs)))

        try:
            yield run
        except BaseException:
            pool.terminate()  # what is still queued is not waited for
            raise
        else:
            pool.close()
        finally:
            pool.join()


def _placed(job: tuple[Callable[[Any], Any], int, Sequence[Any]]) -> tuple[int, list[Any]]:
    task, place, items = job
    return place, each(task, items)


executor = Pool()
