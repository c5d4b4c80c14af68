"""Does anything else get on while a task runs? A profile's looks at the GIL, in its child.

A counter counts for a moment, then sleeps for one, over and over. A thread that lets the GIL go
leaves it as fast as one that sleeps; beside one that keeps it, each moment of sleep becomes a
switch interval of waiting. The counter gives way by itself, so that it takes hardly anything from
the task. Turns are short and shuffled, and times are without those in which others had all CPUs:
what else goes on on the machine is not to look like the GIL. Standard library only.
"""

import asyncio
import random
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import cycle
from typing import Any

from bench.measure.child.starving import starved

# A counter's moment, in counts, and its sleep in seconds.
COUNTS, NAP = 200, 50e-6

# A turn lasts so long at least, in seconds: several of the GIL's switch intervals.
TURN = 0.05

# There are at most so many turns of each kind, and no fewer than three.
MOST_TURNS, LEAST_TURNS = 8, 3

# However short a look is to be, there is so much time for three turns, in seconds.
LONGEST = 30.0

# So many coroutines are let run at once.
AT_ONCE = 16

Task = Callable[[Any], Any]


def turns(turn_s: float, look_s: float) -> int:
    """How many turns a look has, if one of each kind takes so long; 0 if there is no time."""
    if LEAST_TURNS * turn_s > LONGEST:
        return 0
    return max(LEAST_TURNS, min(MOST_TURNS, int(look_s / max(turn_s, 1e-9))))


def counted(
    task: Task, items: Sequence[Any], task_s: float, look_s: float
) -> dict[str, list[float]] | None:
    """Counts a second beside a thread that sleeps, loops or runs the task; None if it takes long.

    Raises what the task raises in its thread.
    """
    turn = max(TURN, min(task_s, 1.0))
    many = turns(2 * TURN + max(turn, task_s), look_s)
    if not many:
        return None
    beside: dict[str, Callable[[threading.Event], None]] = {
        "sleeping": _sleeping,
        "looping": _looping,
        "task": lambda over: _running(task, items, over),
    }
    found: dict[str, list[float]] = {name: [] for name in beside}
    order, rng = list(beside), random.Random(1)
    for _ in range(many):
        rng.shuffle(order)
        for name in order:
            found[name].append(_beside(beside[name], turn if name == "task" else TURN))
    return found


def _beside(load: Callable[[threading.Event], None], seconds: float) -> float:
    """Counts a second beside a thread that does something until it is told to end."""
    over, begun = threading.Event(), threading.Event()
    raised: list[BaseException] = []

    def run() -> None:
        begun.set()
        try:
            load(over)
        except BaseException as error:  # noqa: BLE001  raised again in the thread that asked
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    begun.wait()
    rate = _counted_for(seconds)
    over.set()
    thread.join()
    if raised:
        raise raised[0]
    return rate


def _counted_for(seconds: float) -> float:
    count, hungry = 0, starved()
    began = now = time.perf_counter()
    while now < began + seconds:
        for _ in range(COUNTS):
            count += 1
        time.sleep(NAP)
        now = time.perf_counter()
    return count / max(1e-9, now - began - (starved() - hungry))


def _sleeping(over: threading.Event) -> None:
    over.wait()


def _looping(over: threading.Event) -> None:
    total = 0
    while not over.is_set():
        for number in range(1_000):
            total += number


def _running(task: Task, items: Sequence[Any], over: threading.Event) -> None:
    for item in cycle(items):
        task(item)
        if over.is_set():
            return


def in_threads(
    task: Task, items: Sequence[Any], task_s: float, look_s: float, threads: int = 2
) -> dict[str, Any] | None:
    """The same tasks in one thread and in two, in turn; None if that takes long.

    Raises what the task raises in a thread.
    """
    part = _part(items, task_s)
    many = turns((1 + threads) * len(part) * task_s, look_s)
    if not many:
        return None
    alone: list[float] = []
    together: list[float] = []
    for number in range(many):
        first, second = (1, threads) if number % 2 else (threads, 1)
        for count in (first, second):
            (alone if count == 1 else together).append(_timed(task, part, count))
    return {"count": threads, "alone_s": alone, "together_s": together}


def _part(items: Sequence[Any], task_s: float) -> list[Any]:
    """Items, again and again if need be, that take about a turn."""
    count = max(1, round(TURN / max(task_s, 1e-7)))
    return [item for item, _ in zip(cycle(items), range(count), strict=False)]


def _timed(task: Task, items: Sequence[Any], count: int) -> float:
    """Seconds until so many threads have each done all items, less those that it starved."""
    raised: list[BaseException] = []
    began: list[float] = []
    took: list[float] = []
    start = threading.Barrier(count, lambda: began.append(time.perf_counter()))

    def run() -> None:
        hungry = starved()
        start.wait()
        try:
            for item in items:
                task(item)
        except BaseException as error:  # noqa: BLE001  raised again in the thread that asked
            raised.append(error)
        took.append(time.perf_counter() - began[0] - (starved() - hungry))

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return max(1e-9, *took)


def on_a_loop(
    atask: Callable[[Any], Awaitable[Any]], items: Sequence[Any], task_s: float, look_s: float
) -> dict[str, Any] | None:
    """A task's coroutine: one after another and many at once, in turn; None if that takes long."""
    part = [item for item, _ in zip(cycle(items), range(AT_ONCE), strict=False)]
    many = turns(2 * len(part) * task_s, look_s)
    if not many:
        part = part[:4]
        many = turns(2 * len(part) * task_s, look_s)
    if not many:
        return None
    alone, together, cpu = [], [], 0.0
    with asyncio.Runner() as runner:
        runner.run(_one_by_one(atask, part[:1]))  # what it makes on its first use is made
        for _ in range(many):
            before = time.process_time()
            alone.append(_calm(lambda: runner.run(_one_by_one(atask, part))) / len(part))
            cpu += (time.process_time() - before) / len(part)
            together.append(_calm(lambda: runner.run(_at_once(atask, part))))
    return {
        "task_s": sum(alone) / many,
        "cpu_s": cpu / many,
        "together": {"count": len(part), "alone_s": alone, "together_s": together},
    }


def _calm(run: Callable[[], object]) -> float:
    """Seconds that something took, less those that it starved."""
    hungry, began = starved(), time.perf_counter()
    run()
    return max(1e-9, time.perf_counter() - began - (starved() - hungry))


async def _one_by_one(atask: Callable[[Any], Awaitable[Any]], items: Sequence[Any]) -> None:
    for item in items:
        await atask(item)


async def _at_once(atask: Callable[[Any], Awaitable[Any]], items: Sequence[Any]) -> None:
    await asyncio.gather(*(atask(item) for item in items))
