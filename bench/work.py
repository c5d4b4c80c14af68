"""What a workload builds: a task, its items and how their results become one answer."""

import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Work(Generic[Item, Result]):
    """`task` is applied to each of `items`; `reduce` turns the results, in order, into the answer.

    The task must be a module's function, so that other processes can import it, or `Staged`.
    `atask` is the same task as a coroutine function, for executors that run those.
    """

    task: Callable[[Item], Result]
    items: Sequence[Item]
    reduce: Callable[[Iterable[Result]], object] = list
    atask: Callable[[Item], Awaitable[Result]] | None = None


@dataclass(frozen=True)
class Staged:
    """A task in two stages: the first one waits, the second one computes on what it gave."""

    wait: Callable[[Any], Any]
    compute: Callable[[Any], Any]

    def __call__(self, item: Any) -> Any:
        return self.compute(self.wait(item))


@dataclass(frozen=True)
class Awaited:
    """A coroutine function as a task for any executor: run to its end, on this thread's own loop.

    So each thread and each process has one in flight; only asyncio has several on one loop.
    """

    atask: Callable[[Any], Awaitable[Any]]

    def __call__(self, item: Any) -> Any:
        if not hasattr(_of_thread, "own"):
            _of_thread.own = _Loop()
        return _of_thread.own.loop.run_until_complete(self.atask(item))


class _Loop:
    """An event loop that is closed when its thread ends and lets go of it."""

    def __init__(self) -> None:
        import asyncio

        self.loop = asyncio.new_event_loop()

    def __del__(self) -> None:
        self.loop.close()


_of_thread = threading.local()
