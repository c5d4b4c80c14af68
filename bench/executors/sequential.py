"""One task after another in the calling thread: the baseline."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.executors.seam import Map, Way


class Sequential(Way):
    name = "sequential"
    title = "Sequential (built-in map)"
    kind = "none"
    most = 1

    @contextmanager
    def open(self, workers: int) -> Iterator[Map]:
        yield map


executor = Sequential()
