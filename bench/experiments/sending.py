"""Ways to bring bytes to worker processes and results back from them.

    parent ── order ──► pipe ──► worker ── answer ──► pipe ──► parent

A pipe, a pool and a Manager bring each worker a copy of its own. An Array and shared memory are
written once, and all workers look at the same bytes; their orders only say where.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.shared_memory import SharedMemory
from multiprocessing.sharedctypes import RawArray
from typing import Any, Literal
from zlib import adler32

# Processes are started so: it is there on every system, and copies nothing of this one.
START_METHOD: Literal["spawn"] = "spawn"

# The pipes to the workers, and the checksums that these answer.
Pipes = Sequence[Any]
Sums = list[int]

# Where Linux keeps shared memory.
SEGMENTS = "/dev/shm"


def send_copies(data: bytes, workers: Pipes) -> Sums:
    for worker in workers:
        worker.send(("read_copy", data))  # one copy each
    return [worker.recv() for worker in workers]


def share_once(data: bytes, workers: Pipes) -> Sums:
    size = len(data)
    memory: Any = SharedMemory(create=True, size=size)
    try:
        memory.buf[:size] = data  # the only copy
        for worker in workers:
            order = ("read_shared", memory.name, size)
            worker.send(order)
        return [worker.recv() for worker in workers]
    finally:
        memory.close()
        memory.unlink()  # else it stays for ever


def write_array(data: bytes, workers: Pipes, array: memoryview) -> Sums:
    array[: len(data)] = data  # the only copy
    for worker in workers:
        worker.send(("read_array", len(data)))
    return [worker.recv() for worker in workers]


class Worker:
    """What a worker process does when it is told to: read what it is sent, or give a result."""

    def __init__(self, number: int, array: memoryview, managed: Any) -> None:
        self.number, self.array, self.managed = number, array, managed
        self.names: set[str] = set()

    def read_copy(self, data: bytes) -> int:
        return adler32(data)

    def read_managed(self) -> int:
        return adler32(self.managed["data"])

    def read_array(self, size: int) -> int:
        return adler32(self.array[:size])

    def read_shared(self, name: str, size: int) -> int:
        memory: Any = SharedMemory(name)
        try:
            with memory.buf[:size] as data:
                return adler32(data)
        finally:
            memory.close()

    def give_copy(self, size: int) -> bytes:
        return result_of(size)

    def give_managed(self, size: int) -> None:
        self.managed[self.number] = result_of(size)

    def give_array(self, size: int) -> None:
        self.array[place_of(self.number, size)] = result_of(size)

    def give_shared(self, name: str, size: int) -> None:
        memory: Any = SharedMemory(name)
        memory.buf[place_of(self.number, size)] = result_of(size)
        memory.close()

    def names_seen(self) -> set[str]:
        return self.names


@cache
def result_of(size: int) -> bytes:
    """What a worker has found out, in so many bytes."""
    return bytes([size % 251]) * size


def place_of(number: int, size: int) -> slice:
    """Where a worker's own part begins and ends."""
    return slice(number * size, (number + 1) * size)


def serve(pipe: Any, number: int, array: Any, managed: Any) -> None:
    """A worker process: does what it is told, until it is told nothing."""
    worker = Worker(number, memoryview(array).cast("B"), managed)
    for name, *arguments in iter(pipe.recv, None):
        if name.endswith("_shared"):
            worker.names.add(arguments[0])
        pipe.send(getattr(worker, name)(*arguments))


@dataclass(frozen=True)
class Team:
    """The worker processes by their pipes, a pool of as many more, and what all of them share."""

    pipes: Pipes
    pool: ProcessPoolExecutor
    array: memoryview
    managed: Any

    def told(self, *order: Any) -> list[Any]:
        """What all answer to an order."""
        for pipe in self.pipes:
            pipe.send(order)
        return [pipe.recv() for pipe in self.pipes]

    def each(self, item: Any) -> list[Any]:
        return [item] * len(self.pipes)


def _managed_there(team: Team, data: bytes) -> Sums:
    team.managed["data"] = data
    return team.told("read_managed")


def _managed_back(team: Team, size: int) -> list[bytes]:
    team.told("give_managed", size)
    return [team.managed[number] for number in range(len(team.pipes))]


def _array_back(team: Team, size: int) -> list[bytes]:
    team.told("give_array", size)
    return [bytes(team.array[place_of(number, size)]) for number in range(len(team.pipes))]


def _shared_back(team: Team, size: int) -> list[bytes]:
    memory: Any = SharedMemory(create=True, size=size * len(team.pipes))
    try:
        team.told("give_shared", memory.name, size)
        return [bytes(memory.buf[place_of(number, size)]) for number in range(len(team.pipes))]
    finally:
        memory.close()
        memory.unlink()


@dataclass(frozen=True)
class Way:
    """A way to send: `there` takes bytes to all workers, which answer with a checksum of them;
    `back` brings each worker's result of so many bytes.
    """

    title: str
    there: Callable[[Team, bytes], Sums]
    back: Callable[[Team, int], list[bytes]]


WAYS: Mapping[str, Way] = {
    "pool": Way(
        "pool",
        lambda team, data: list(team.pool.map(adler32, team.each(data))),
        lambda team, size: list(team.pool.map(result_of, team.each(size))),
    ),
    "Pipe": Way(
        "Pipe",
        lambda team, data: send_copies(data, team.pipes),
        lambda team, size: team.told("give_copy", size),
    ),
    "Manager dict": Way("Manager dict", _managed_there, _managed_back),
    "Array": Way(
        "Array (made once)",
        lambda team, data: write_array(data, team.pipes, team.array),
        _array_back,
    ),
    "shared_memory": Way(
        "shared_memory (new)",
        lambda team, data: share_once(data, team.pipes),
        _shared_back,
    ),
}


@contextmanager
def team_of(workers: int, largest: int) -> Iterator[Team]:
    """So many worker processes that can share `largest` bytes each."""
    context = multiprocessing.get_context(START_METHOD)
    array = RawArray("B", workers * largest)
    with context.Manager() as manager, ProcessPoolExecutor(workers, mp_context=context) as pool:
        managed = manager.dict()
        ends = [context.Pipe() for _ in range(workers)]
        members = [
            context.Process(target=serve, args=(there, number, array, managed), daemon=True)
            for number, (_, there) in enumerate(ends)
        ]
        for member, (_, there) in zip(members, ends, strict=True):
            member.start()
            there.close()
        pipes = [here for here, _ in ends]
        yield Team(pipes, pool, memoryview(array).cast("B"), managed)
        for member, pipe in zip(members, pipes, strict=True):
            pipe.send(None)
            member.join()
            pipe.close()


def left(names: set[str]) -> list[str]:
    """Which segments of shared memory are still there."""
    found = []
    for name in sorted(names):
        with suppress(FileNotFoundError):
            SharedMemory(name).close()
            found.append(name)
    return found


def fits(size: int) -> bool:
    """Whether there is room for so many bytes of shared memory; where nobody can say, there is."""
    try:
        room = os.statvfs(SEGMENTS)
    except OSError:
        return True
    return room.f_bavail * room.f_frsize > size
