"""Times passes of tiny tasks through one executor of the lab and through its library by hand.

Both stand open in this one process and take turns: `dispatch.py REQUEST` prints the seconds of each
side's passes in JSON.
"""

import gc
import json
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

from bench.executors import checked_options, find_executor
from bench.executors.chunks import chunk_size

TASKS = 10_000
WORKERS = 2

Pass = Callable[[], list[int]]


def add_one(number: int) -> int:
    return number + 1


def add_one_in_place(numbered: tuple[int, int]) -> tuple[int, int]:
    place, number = numbered
    return place, number + 1


def add_ones(numbers: Sequence[int]) -> list[int]:
    return [number + 1 for number in numbers]


@contextmanager
def sequential(items: range, _: int) -> Iterator[Mapping[str, Pass]]:
    yield {"by hand": lambda: list(map(add_one, items))}


@contextmanager
def threads(items: range, size: int) -> Iterator[Mapping[str, Pass]]:
    with ThreadPoolExecutor(WORKERS) as pool:

        def in_chunks() -> list[int]:
            parts = [items[start : start + size] for start in range(0, len(items), size)]
            return [number for part in pool.map(add_ones, parts) for number in part]

        yield {"by hand": in_chunks if size > 1 else lambda: list(pool.map(add_one, items))}


@contextmanager
def processes(items: range, size: int) -> Iterator[Mapping[str, Pass]]:
    with ProcessPoolExecutor(WORKERS) as pool:
        yield {"by hand": lambda: list(pool.map(add_one, items, chunksize=size))}


@contextmanager
def pool_map(items: range, size: int) -> Iterator[Mapping[str, Pass]]:
    with multiprocessing.Pool(WORKERS) as pool:
        yield {"by hand": lambda: pool.map(add_one, items, size)}


@contextmanager
def pool_imap(items: range, size: int) -> Iterator[Mapping[str, Pass]]:
    with multiprocessing.Pool(WORKERS) as pool:
        yield {"by hand": lambda: list(pool.imap(add_one, items, size))}


@contextmanager
def pool_imap_unordered(items: range, size: int) -> Iterator[Mapping[str, Pass]]:
    """As results come; and, as the lab must, put back in their order."""
    with multiprocessing.Pool(WORKERS) as pool:

        def in_order() -> list[int]:
            results = [0] * len(items)
            for place, result in pool.imap_unordered(add_one_in_place, enumerate(items), size):
                results[place] = result
            return results

        yield {
            "by hand": in_order,
            "in any order": lambda: list(pool.imap_unordered(add_one, items, size)),
        }


BY_HAND = {
    "sequential": sequential,
    "threads": threads,
    "processes": processes,
    "pool map": pool_map,
    "pool imap": pool_imap,
    "pool imap_unordered": pool_imap_unordered,
}


@contextmanager
def through_the_lab(name: str, items: range, chunk: str) -> Iterator[Mapping[str, Pass]]:
    executor_name, _, method = name.partition(" ")
    given = {"chunk": chunk} if executor_name != "sequential" else {}
    executor = find_executor(executor_name)
    options = checked_options(executor, {**given, **({"method": method} if method else {})})
    workers = min(WORKERS, executor.most)
    with executor.open(workers, **options) as run:
        yield {"lab": lambda: list(run(add_one, items))}


def timed(
    sides: Mapping[str, Pass], expected: int, seconds: float, seed: int
) -> dict[str, list[float]]:
    """Seconds of each side's passes, which take turns in shuffled order.

    `expected` is the sum of a pass's results.
    """
    rng, names = random.Random(seed), list(sides)
    for one in sides.values():  # the workers start, and the answer is looked at
        if sum(one()) != expected:
            raise ValueError("a side gave a wrong answer")
    gc.collect()
    gc.freeze()
    took: dict[str, list[float]] = {name: [] for name in names}
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(took[names[0]]) < 3:
        rng.shuffle(names)
        for name in names:
            began = time.perf_counter()
            sides[name]()
            took[name].append(time.perf_counter() - began)
    return took


def main() -> None:
    """Answer one request: name, chunk, seconds, seed, and whether the lab is opened first."""
    request: dict[str, Any] = json.loads(sys.argv[1])
    items = range(TASKS)
    size = chunk_size(request["chunk"], TASKS, WORKERS)
    openings = [
        through_the_lab(request["name"], items, request["chunk"]),
        BY_HAND[request["name"]](items, size),
    ]
    with ExitStack() as stack:
        sides: dict[str, Pass] = {}
        for opening in openings if request["lab_first"] else reversed(openings):
            sides |= stack.enter_context(opening)
        told = timed(sides, sum(range(1, TASKS + 1)), request["seconds"], request["seed"])
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
