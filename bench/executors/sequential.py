"""One task after another in the calling thread: the baseline."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Sequential:
    name = "sequential"
    title = "Sequential (built-in map)"
    most = 1

    def missing(self) -> str | None:
        return None

    @contextmanager
    def open(self, workers: int) -> Iterator[Callable[..., Iterator[Any]]]:
        yield map


executor = Sequential()
