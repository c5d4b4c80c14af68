"""A pool of threads in one process."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from bench.executors.chunks import Chunk, chunk_size, in_chunks
from bench.executors.seam import Map, Way


class Threads(Way):
    name = "threads"
    title = "Threads (ThreadPoolExecutor)"
    kind = "threads"
    most = 2_000

    @contextmanager
    def open(self, workers: int, *, chunk: Chunk = "many") -> Iterator[Map]:
        with ThreadPoolExecutor(workers) as pool:

            def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
                size = chunk_size(chunk, len(items), workers)
                return (
                    pool.map(task, items) if size == 1 else in_chunks(pool.map, task, items, size)
                )

            yield run


executor = Threads()
