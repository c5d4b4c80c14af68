"""What the start-up experiment runs, each time in a process of its own that ends with its pools.

start_up     a pool for a hundred tiny tasks: the first one of its process, and the next
break_even   a pool that is there already beside a loop, over tasks of several lengths

They take their arguments as a command line gives them, and print JSON.
"""

import concurrent.futures
import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from statistics import median
from typing import Any

from bench.workloads.turns import turn, turns_for

Task = Callable[[Any], int]
Opening = Callable[[], Executor]

# How long tasks are, in µs: from next to nothing to some 0.2 s, by factors of about 3.
LENGTHS = [base * 10.0**power for power in range(-1, 6) for base in (2, 6)]

# What a pass computes in all, in µs, and the most tasks that it is made of: one by one, each of
# them costs a trip. Each worker has some of them, and the middle one of some passes counts.
COMPUTED = {"alone_s": 15_000, "one_s": 20_000, "chunked_s": 25_000}
MOST = {"alone_s": 20_000, "one_s": 100, "chunked_s": 20_000}
LEAST = 1
PASSES = 3

# Tiny tasks go through a warm pool in chunks so many times as often as one by one.
MORE = 20


def a_pool_for_the_job(open_pool: Opening, numbers: range) -> list[int]:
    # Its workers start here, and end with the block.
    with open_pool() as pool:
        return list(pool.map(abs, numbers))


def one_by_one(pool: Executor, task: Task, items: Sequence[Any]) -> list[int]:
    # The pool is there. Each task makes a trip of its own.
    return list(pool.map(task, items))


def in_chunks(pool: Executor, task: Task, items: Sequence[Any]) -> list[int]:
    # About 16 trips, however many tasks there are.
    share = max(1, len(items) // 16)
    return list(pool.map(task, items, chunksize=share))


def spin(turns: int) -> int:
    """A task that is counted, not timed."""
    return turn(turns, turns)


def ways() -> list[str]:
    """The kinds of pool that this interpreter has; processes by how they are started."""
    more = ["interpreters"] if hasattr(concurrent.futures, "InterpreterPoolExecutor") else []
    return ["threads", *multiprocessing.get_all_start_methods(), *more]


def opener(way: str, workers: int) -> Opening:
    """What opens a pool of that kind."""
    if way == "threads":
        return lambda: ThreadPoolExecutor(workers)
    if way == "interpreters":
        return lambda: concurrent.futures.InterpreterPoolExecutor(workers)  # type: ignore[attr-defined]
    context = multiprocessing.get_context(way)
    return lambda: ProcessPoolExecutor(workers, context)


def start_up(way: str, workers: str, tasks: str) -> None:
    """Seconds of the first pool and of the next, of as many tasks alone, and of each in a pool."""
    count, numbers = int(workers), range(int(tasks))
    many = range(MORE * len(numbers))
    opened = opener(way, count)
    told = {
        "first_s": timed(a_pool_for_the_job, opened, numbers),
        "later_s": timed(a_pool_for_the_job, opened, numbers),
        "alone_s": timed(in_a_loop, abs, numbers),
    }
    with opened() as pool:
        if isinstance(pool, ProcessPoolExecutor):
            wait_for(pool, count)
            told["chunked_task_s"] = timed(in_chunks, pool, abs, many) / len(many)
        else:
            one_by_one(pool, abs, numbers)
        told["task_s"] = timed(one_by_one, pool, abs, numbers) / len(numbers)
    sys.stdout.write(json.dumps(told))


def break_even(workers: str, longest: str, seed: str) -> None:
    """Seconds a task, by length: in a loop, one by one through a warm pool, and in chunks."""
    count, rng = int(workers), random.Random(seed)
    lengths = [length for length in LENGTHS if length <= float(longest)]
    told = {length: {"length_us": length} for length in lengths}
    with ProcessPoolExecutor(count) as pool:
        wait_for(pool, count)
        for length in rng.sample(lengths, len(lengths)):
            took: dict[str, list[float]] = {name: [] for name in MOST}
            for name in rng.sample([*MOST] * PASSES, len(MOST) * PASSES):
                items = [turns_for(length)] * tasks_of(name, length, count)
                took[name].append(timed(passed, name, pool, items) / len(items))
            told[length] |= {name: median(seconds) for name, seconds in took.items()}
    sys.stdout.write(json.dumps(list(told.values())))


def passed(name: str, pool: Executor, items: Sequence[int]) -> list[int]:
    """All items, once over, in the way of that name."""
    if name == "alone_s":
        return in_a_loop(spin, items)
    return (one_by_one if name == "one_s" else in_chunks)(pool, spin, items)


def in_a_loop(task: Task, items: Sequence[Any]) -> list[int]:
    return list(map(task, items))


def tasks_of(name: str, length: float, workers: int) -> int:
    """How many tasks of that length (µs) a pass has: as many for each worker."""
    fitting = min(MOST[name], COMPUTED[name] / length)
    return workers * max(LEAST, round(fitting / workers))


def wait_for(pool: Executor, workers: int) -> None:
    """Until every process of a pool has answered: it has started, and has loaded this module."""
    seen: set[int] = set()
    while len(seen) < workers:
        seen.update(pool.map(answer, range(4 * workers)))


def answer(_: int) -> int:
    time.sleep(0.001)  # the others are to have a turn, too
    return os.getpid()


def timed(call: Callable[..., object], *arguments: Any) -> float:
    """The seconds that a call takes."""
    began = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - began
