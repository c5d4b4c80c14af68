"""pyperf on the work of the `steadiness` part: `steadiness.py LIMIT` and pyperf's own options.

Like any script of pyperf's it is run by a manager and by its workers: each worker times one of the
two functions, a few times in a fresh process.
"""

import atexit
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import pyperf

from bench.executors.chunks import chunk_size
from bench.workloads.primes import RANGES, Range, count_primes, ranges

WORKERS = 2
CHUNK = chunk_size("many", RANGES, WORKERS)  # as the lab cuts it


@cache
def pool() -> ProcessPoolExecutor:
    """The pool that lives as long as its worker; the pass that warms up starts it."""
    started = ProcessPoolExecutor(WORKERS)
    atexit.register(started.shutdown)
    return started


def sequential(parts: list[Range]) -> int:
    return sum(map(count_primes, parts))


def processes(parts: list[Range]) -> int:
    return sum(pool().map(count_primes, parts, chunksize=CHUNK))


def main() -> None:
    runner = pyperf.Runner(add_cmdline_args=lambda command, args: command.append(str(args.limit)))
    runner.argparser.add_argument("limit", type=int)
    limit = runner.parse_args().limit
    parts = ranges(limit)
    runner.bench_func("sequential", sequential, parts)
    runner.bench_func("processes", processes, parts)


if __name__ == "__main__":
    main()
