"""Ways to count together, and the teams that do it: threads, processes and sub-interpreters."""

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal

from bench.errors import Unavailable

if sys.version_info >= (3, 14):
    from concurrent import interpreters

# Processes are started so: it is there on every system, and copies nothing of this one.
START_METHOD: Literal["spawn"] = "spawn"

TOO_OLD = "Sub-interpreters need Python 3.14 or later."

# Whether this Python has sub-interpreters.
CAN_INTERPRET = sys.version_info >= (3, 14)

Where = Literal["threads", "processes", "interpreters"]


class Plain:
    """A number that threads share."""

    def __init__(self) -> None:
        self.value = 0


class SafeCounter:
    """A counter that threads may share."""

    def __init__(self) -> None:
        self._value = 0
        self._lock = threading.Lock()

    def increment(self) -> None:
        with self._lock:
            self._value += 1

    @property
    def value(self) -> int:
        with self._lock:
            return self._value


def unlocked(counter: Any, times: int) -> None:
    for _ in range(times):
        counter.value += 1


def locked(counter: Plain, lock: threading.Lock, times: int) -> None:
    for _ in range(times):
        with lock:
            counter.value += 1


def safe(counter: SafeCounter, times: int) -> None:
    for _ in range(times):
        counter.increment()


def value_locked(counter: Any, times: int) -> None:
    for _ in range(times):
        with counter.get_lock():
            counter.value += 1


def managed_dict(shared: Any, times: int) -> None:
    for _ in range(times):
        count = shared.get("count", 0)
        shared["count"] = count + 1  # others were faster


def managed_dict_locked(shared: Any, lock: Any, times: int) -> None:
    for _ in range(times):
        with lock:  # a manager.Lock()
            count = shared.get("count", 0)
            shared["count"] = count + 1


def alone(times: int) -> int:
    count = 0
    for _ in range(times):
        count += 1
    return count  # to be added up at the end


def alone_and_sent(results: Any, times: int) -> None:
    """Count apart, in a sub-interpreter, and put the number into a queue."""
    count = 0
    for _ in range(times):
        count += 1
    results.put(count)


@dataclass(frozen=True)
class Way:
    """A way to count: its task takes what it shares, by name, and how many times.

    `scale` is how many times it counts for each increment asked for: costly ways take fewer.
    """

    title: str
    where: Where
    task: Callable[..., int | None]
    shares: tuple[str, ...] = ()
    scale: float = 1.0

    def times(self, increments: int) -> int:
        return max(1, int(increments * self.scale))


WAYS: Mapping[str, Way] = {
    "threads_unlocked": Way("threads, no lock", "threads", unlocked, ("plain",)),
    "threads_locked": Way("threads, Lock", "threads", locked, ("plain", "lock")),
    "threads_safe": Way("threads, SafeCounter", "threads", safe, ("safe",)),
    "threads_alone": Way("threads, each alone", "threads", alone),
    "value_unlocked": Way("Value, no lock", "processes", unlocked, ("value",), 0.1),
    "value_locked": Way("Value, get_lock()", "processes", value_locked, ("value",), 0.1),
    "dict_unlocked": Way("Manager dict", "processes", managed_dict, ("dict",), 0.0025),
    "managed_unlocked": Way("Manager Value", "processes", unlocked, ("managed",), 0.0025),
    "dict_locked": Way(
        "Manager dict, Lock", "processes", managed_dict_locked, ("dict", "lock"), 0.0025
    ),
    "processes_alone": Way("processes, each alone", "processes", alone, (), 5.0),
    "interpreters_alone": Way(
        "interpreters, each alone", "interpreters", alone_and_sent, ("results",), 5.0
    ),
}

# What counting together comes to, and the seconds that it took.
Counted = tuple[int, float]
Count = Callable[[str, int], Counted]


def total(shares: Sequence[Any], answers: Sequence[int | None]) -> int:
    """What the shared counter says; without one, the sum of what each has counted."""
    if not shares:
        return sum(answer or 0 for answer in answers)
    counter = shares[0]
    return int(counter.get("count", 0) if hasattr(counter, "keys") else counter.value)


@contextmanager
def threads(workers: int) -> Iterator[Count]:
    """So many threads at a time."""

    def count(name: str, times: int) -> Counted:
        shared = {"plain": Plain(), "safe": SafeCounter(), "lock": threading.Lock()}
        shares = [shared[part] for part in WAYS[name].shares]
        answers: list[int | None] = []
        start = threading.Barrier(workers + 1)

        def run() -> None:
            start.wait()
            answers.append(WAYS[name].task(*shares, times))

        team = [threading.Thread(target=run) for _ in range(workers)]
        for member in team:
            member.start()
        began = time.perf_counter()  # before: they may be far when this thread has its turn
        start.wait()
        for member in team:
            member.join()
        seconds = time.perf_counter() - began
        return total(shares, answers), seconds

    yield count


@contextmanager
def processes(workers: int) -> Iterator[Count]:
    """So many processes, and a Manager beside them, all started once."""
    context = multiprocessing.get_context(START_METHOD)
    with context.Manager() as manager:
        shared: dict[str, Any] = {
            "value": context.Value("q", 0),
            "dict": manager.dict(),
            "managed": manager.Value("q", 0),
            "lock": manager.Lock(),
        }
        ends = [context.Pipe() for _ in range(workers)]
        team = [
            context.Process(target=serve, args=(there, shared), daemon=True) for _, there in ends
        ]
        for member, (_, there) in zip(team, ends, strict=True):
            member.start()
            there.close()
        pipes = [here for here, _ in ends]

        def count(name: str, times: int) -> Counted:
            shares = [shared[part] for part in WAYS[name].shares]
            _to_zero(shares)
            began = time.perf_counter()
            for pipe in pipes:
                pipe.send((name, times))
            answers = [pipe.recv() for pipe in pipes]
            seconds = time.perf_counter() - began
            return total(shares, answers), seconds

        yield count
        for member, pipe in zip(team, pipes, strict=True):
            pipe.send(None)
            member.join()
            pipe.close()


def serve(orders: "Connection[Any, Any]", shared: Mapping[str, Any]) -> None:
    """A process of the team: counts as it is told, until it is told nothing."""
    for name, times in iter(orders.recv, None):
        shares = [shared[part] for part in WAYS[name].shares]
        orders.send(WAYS[name].task(*shares, times))


def _to_zero(shares: Sequence[Any]) -> None:
    for counter in shares[:1]:
        if hasattr(counter, "keys"):
            counter.clear()
        else:
            counter.value = 0


@contextmanager
def subinterpreters(workers: int) -> Iterator[Count]:
    """So many sub-interpreters, each with a GIL of its own: from Python 3.14 on."""
    if sys.version_info >= (3, 14):
        team, results = [interpreters.create() for _ in range(workers)], interpreters.create_queue()

        def count(name: str, times: int) -> Counted:
            began = time.perf_counter()
            running = [one.call_in_thread(WAYS[name].task, results, times) for one in team]
            counted = sum(results.get() for _ in team)
            seconds = time.perf_counter() - began
            for thread in running:
                thread.join()
            return counted, seconds

        yield count
        for one in team:
            one.close()
    else:
        raise Unavailable(TOO_OLD)


TEAMS: Mapping[Where, Callable[[int], Any]] = {
    "threads": threads,
    "processes": processes,
    **({"interpreters": subinterpreters} if CAN_INTERPRET else {}),
}
