"""Times passes of `primes` through one executor of the lab and through its library by hand.

Both stand open in this one process and take turns: `byhand.py REQUEST` prints the seconds of each
side's passes in JSON. By hand the work is cut as multiprocessing does, into 4 chunks a worker; the
lab cuts it as it does by default.
"""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from bench.executors import checked_options, find_executor
from bench.workloads.primes import Range, count_primes, ranges
from benchmarks.scripts.dispatch import Pass, timed

WORKERS = 2
CHUNKS = 4 * WORKERS


@contextmanager
def processes(items: list[Range], size: int) -> Iterator[Pass]:
    with ProcessPoolExecutor(WORKERS) as pool:
        yield lambda: list(pool.map(count_primes, items, chunksize=size))


@contextmanager
def pool(items: list[Range], size: int) -> Iterator[Pass]:
    with multiprocessing.Pool(WORKERS) as workers:
        yield lambda: workers.map(count_primes, items, size)


@contextmanager
def loky(items: list[Range], size: int) -> Iterator[Pass]:
    # The reusable executor is one in a process, and the lab has it here.
    from loky import ProcessPoolExecutor as Loky

    with Loky(WORKERS, timeout=None) as workers:
        yield lambda: list(workers.map(count_primes, items, chunksize=size))


BY_HAND: dict[str, Callable[[list[Range], int], AbstractContextManager[Pass]]] = {
    "processes": processes,
    "pool": pool,
    "loky": loky,
}


@contextmanager
def through_the_lab(name: str, items: list[Range]) -> Iterator[Pass]:
    executor = find_executor(name)
    with executor.open(WORKERS, **checked_options(executor, {})) as run:
        yield lambda: list(run(count_primes, items))


def main() -> None:
    """Answer one request: name, limit, seconds, seed, and whether the lab is opened first."""
    request: dict[str, Any] = json.loads(sys.argv[1])
    items = ranges(request["limit"])
    by_hand = BY_HAND[request["name"]](items, len(items) // CHUNKS)
    openings = [("lab", through_the_lab(request["name"], items)), ("by hand", by_hand)]
    with ExitStack() as stack:
        ordered = openings if request["lab_first"] else reversed(openings)
        sides = {side: stack.enter_context(opening) for side, opening in ordered}
        expected = sum(map(count_primes, items))
        told = timed(sides, expected, request["seconds"], request["seed"])
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
