"""What the oversubscription experiment runs, each time in a process of its own.

computing    pools of ever more workers that compute in Python
products     pools whose workers multiply matrices, each with threads of NumPy's own library

They take their arguments as a command line gives them, and print JSON.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.experiments.startup_programs import one_by_one, spin, timed, wait_for
from bench.workloads.arrays import multiply

# What a pass of products computes in all: so many, of matrices with so many rows.
PRODUCTS, ROWS = 8, 400

# Of so many passes the fastest counts: what the system does besides can only add to it.
PASSES = 3

# For so long a library's threads may go on looking for more to do, in seconds.
SETTLE = 0.05

# Where Linux lists the threads of a process.
THREADS = Path("/proc/self/task")


def a_worker_for_each_task(tasks: Sequence[int]) -> ProcessPoolExecutor:
    # However few CPUs there are.
    return ProcessPoolExecutor(max_workers=len(tasks))


def a_worker_for_each_cpu(cpus: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=cpus)


def a_pool_for_numpy(workers: int, threads: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, initializer=limit_numpy, initargs=(threads,))


def limit_numpy(threads: int) -> None:
    # Before NumPy is imported: its library reads this once, as it is loaded.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = str(threads)


def computing(seed: str, counts: str, turns: str) -> None:
    """Seconds of a pass of so many turns of a loop, by workers.

    Of the last count there is a worker for each task.
    """
    workers = [int(count) for count in counts.split()]
    tasks = [int(turns) // workers[-1]] * workers[-1]
    told = {}
    for count in random.Random(seed).sample(workers, len(workers)):
        crowded = count == len(tasks)
        with a_worker_for_each_task(tasks) if crowded else a_worker_for_each_cpu(count) as pool:
            wait_for(pool, count)
            told[count] = {"workers": count, "seconds": fastest(one_by_one, pool, spin, tasks)}
    sys.stdout.write(json.dumps([told[count] for count in workers]))


def products(seed: str, cells: str) -> None:
    """Seconds of a pass, by workers×threads, and how many threads all workers have together."""
    items = [(number, ROWS) for number in range(PRODUCTS)]
    told = {}
    for cell in random.Random(seed).sample(cells.split(), len(cells.split())):
        workers, threads = map(int, cell.split("×"))
        with a_pool_for_numpy(workers, threads) as pool:
            wait_for(pool, workers)
            held = dict(pool.map(held_here, range(4 * workers)))
            seconds = fastest(one_by_one, pool, multiply, items)
        told[cell] = {
            "workers": workers,
            "threads": threads,
            "held": sum(held.values()),
            "seconds": seconds,
        }
        time.sleep(SETTLE)
    sys.stdout.write(json.dumps([told[cell] for cell in cells.split()]))


def fastest(call: Callable[..., object], *arguments: Any) -> float:
    """The seconds that the fastest one of some calls takes."""
    return min(timed(call, *arguments) for _ in range(PASSES))


def held_here(_: int) -> tuple[int, int]:
    """This process, and how many threads it has at work; 0 where the system does not tell."""
    multiply((0, ROWS))
    return os.getpid(), len(list(THREADS.iterdir())) if THREADS.is_dir() else 0
