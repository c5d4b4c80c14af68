"""Hash buffers one after another and by a pool of workers: `sha256.py WAY WORKERS COUNT SIZE`."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from time import perf_counter

Buffer = tuple[int, int]
Map = Callable[[Callable[[Buffer], str], list[Buffer]], Iterable[str]]


@cache
def filling(size: int) -> bytes:
    return bytes(range(256)) * (size // 256) + bytes(size % 256)


def digest(buffer: Buffer) -> str:
    number, size = buffer
    found = hashlib.sha256(number.to_bytes(8, "big"))
    found.update(filling(size))
    return found.hexdigest()


@contextmanager
def opened(way: str, workers: int, count: int) -> Iterator[Map]:
    if way == "threads":
        with ThreadPoolExecutor(workers) as threads:
            yield threads.map
    else:
        with ProcessPoolExecutor(workers) as processes:
            yield partial(processes.map, chunksize=count // (4 * workers))


def main(way: str, workers: int, count: int, size: int) -> None:
    buffers = [(number, size) for number in range(count)]

    began = perf_counter()
    alone = list(map(digest, buffers))
    sequential = perf_counter() - began

    began = perf_counter()
    with opened(way, workers, count) as run:
        together = list(run(digest, buffers))
        first = perf_counter()
        list(run(digest, buffers))
        warm = perf_counter() - first
    cold = perf_counter() - began - warm

    assert alone == together
    times = {"sequential": sequential, "cold": cold, "warm": warm, "speedup": sequential / warm}
    sys.stdout.write(json.dumps(times))


if __name__ == "__main__":
    main(sys.argv[1], *(int(text) for text in sys.argv[2:]))
