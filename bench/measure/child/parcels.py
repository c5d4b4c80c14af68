"""What it costs to send items and results to other processes, and what stands in its way.

For a profile, in its child. Standard library only.
"""

import io
import pickle
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from multiprocessing.reduction import ForkingPickler
from statistics import fmean, median
from typing import Any

from bench.measure.child.sending import culprit

# So many values are written, in so many seconds; a longer one (bytes) is not read back.
MOST, SECONDS, LONG = 16, 1.0, 2**26


class _Enough(Exception):
    """A value is long, and has been written for long enough."""


class _Sink(io.RawIOBase):
    """A file that keeps nothing but how much was written to it, and since when."""

    def __init__(self) -> None:
        self.size, self.began = 0, time.perf_counter()

    def write(self, data: Any) -> int:
        length = memoryview(data).nbytes
        self.size += length
        if self.size > LONG and self.seconds > SECONDS:
            raise _Enough
        return length

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began


def written(value: Any) -> tuple[int, float]:
    """How many bytes a value is when it is sent, and the seconds to write it: at least so many.

    Raises what pickling raises.
    """
    sink = _Sink()
    with suppress(_Enough):
        ForkingPickler(sink).dump(value)
    return sink.size, sink.seconds


def parcel(values: Sequence[Any]) -> dict[str, float]:
    """Bytes (a mean over the values), and seconds to write and to read them (medians).

    Raises what pickling raises.
    """
    rows: list[tuple[float, float, float]] = []
    until = time.perf_counter() + SECONDS
    for value in values[:MOST]:
        size, seconds = written(value)
        rows.append((size, seconds, seconds) if size > LONG else (size, *_there_and_back(value)))
        if time.perf_counter() > until:
            break
    sizes, writes, reads = zip(*rows, strict=True)
    return {"size": fmean(sizes), "write_s": median(writes), "read_s": median(reads)}


def _there_and_back(value: Any) -> tuple[float, float]:
    began = time.perf_counter()
    data = ForkingPickler.dumps(value)
    middle = time.perf_counter()
    pickle.loads(data)
    return middle - began, time.perf_counter() - middle


def unsent(named: Iterable[tuple[str, Any]]) -> str:
    """The first of some named values that cannot be sent, and why; empty if all can."""
    for name, value in named:
        with suppress(Exception):  # told below, with the part that is the cause
            if written(value)[0] > LONG:
                continue
        if found := culprit(value, name, ForkingPickler.dumps):
            path, error = found
            return f"{path} ({type(error).__name__}: {error})"
    return ""
