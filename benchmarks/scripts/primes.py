"""Count primes one after another and by a pool of workers: `primes.py WAY WORKERS LIMIT`."""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from time import perf_counter

import loky

PARTS = 256

Range = tuple[int, int]
Map = Callable[[Callable[[Range], int], list[Range]], Iterable[int]]


def is_prime(number: int) -> bool:
    if number < 4:
        return number > 1
    if number % 2 == 0 or number % 3 == 0:
        return False
    divisor = 5
    while divisor * divisor <= number:
        if number % divisor == 0 or number % (divisor + 2) == 0:
            return False
        divisor += 6
    return True


def count(numbers: Range) -> int:
    return sum(is_prime(number) for number in range(*numbers))


@contextmanager
def opened(way: str, workers: int) -> Iterator[Map]:
    chunk = PARTS // (4 * workers)
    if way == "threads":
        with ThreadPoolExecutor(workers) as threads:
            yield threads.map
    elif way == "processes":
        with ProcessPoolExecutor(workers) as processes:
            yield partial(processes.map, chunksize=chunk)
    elif way == "pool":
        with multiprocessing.Pool(workers) as pool:
            yield partial(pool.map, chunksize=chunk)
    else:
        with loky.get_reusable_executor(workers) as executor:
            yield partial(executor.map, chunksize=chunk)


def main(way: str, workers: int, limit: int) -> None:
    parts = [(limit * n // PARTS, limit * (n + 1) // PARTS) for n in range(PARTS)]

    began = perf_counter()
    alone = sum(map(count, parts))
    sequential = perf_counter() - began

    began = perf_counter()
    with opened(way, workers) as run:
        together = sum(run(count, parts))
        first = perf_counter()
        sum(run(count, parts))
        warm = perf_counter() - first
    cold = perf_counter() - began - warm

    assert alone == together
    times = {"sequential": sequential, "cold": cold, "warm": warm, "speedup": sequential / warm}
    sys.stdout.write(json.dumps(times))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
