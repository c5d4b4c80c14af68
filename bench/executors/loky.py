"""loky's pool of processes: started afresh (never forked) and kept for the next user."""

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from bench.executors.chunks import Chunk, chunk_size
from bench.executors.seam import Map, Way


class Loky(Way):
    name = "loky"
    title = "Processes (loky's reusable executor)"
    kind = "processes"
    piped = True

    def missing(self) -> str | None:
        return None if importlib.util.find_spec("loky") else "This Python has no loky."

    def open(self, workers: int, *, chunk: Chunk = "many") -> AbstractContextManager[Map]:
        loky = importlib.import_module("loky")

        # With `timeout` a process that has waited that long ends, in the midst of a measurement.
        return _opened(lambda: loky.get_reusable_executor(workers, timeout=None), workers, chunk)


@contextmanager
def _opened(start: Callable[[], Any], workers: int, chunk: int | str) -> Iterator[Map]:
    with start() as pool:

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            results: Iterator[Any] = pool.map(
                task, items, chunksize=chunk_size(chunk, len(items), workers)
            )
            return results

        yield run


executor = Loky()
