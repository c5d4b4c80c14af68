"""The older pool of processes, multiprocessing.Pool, with its three ways to map."""

import functools
import multiprocessing
import multiprocessing.pool  # by itself it would be imported as the pool is timed
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, repeat
from typing import Annotated, Any

from bench.executors.chunks import Chunk, chunk_size, in_chunks, in_order
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

        def as_they_come(task: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            # With their places. Besides `_placed`, whose name goes with each item, the task goes as
            # bytes: looking up a second name on either side would add 1 µs to an item.
            jobs = zip(repeat(pickle.dumps(task)), count(), items)
            return in_order(pool.imap_unordered(_placed, jobs))

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            size = chunk_size(chunk, len(items), workers)
            if method == "map":
                return iter(pool.map(task, items, size))
            if method == "imap":
                return iter(pool.imap(task, items, size))
            if size == 1:
                return as_they_come(task, items)
            return in_chunks(as_they_come, task, items, size)

        try:
            yield run
        except BaseException:
            pool.terminate()  # what is still queued is not waited for
            raise
        else:
            pool.close()
        finally:
            pool.join()


_unpickled = functools.lru_cache(maxsize=1)(pickle.loads)


def _placed(job: tuple[bytes, int, Any]) -> tuple[int, Any]:
    task, place, item = job
    return place, _unpickled(task)(item)


executor = Pool()
