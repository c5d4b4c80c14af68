"""Coroutine functions as tasks for executors that run plain functions."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Awaited:
    """A coroutine function as a task: run to its end, on this thread's own event loop.

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
        self.loop = asyncio.new_event_loop()

    def __del__(self) -> None:
        self.loop.close()


_of_thread = threading.local()
