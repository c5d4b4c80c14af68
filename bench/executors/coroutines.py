"""Coroutines on one event loop in the calling thread, at most `workers` of them in flight.

items ──► coroutine 1 … coroutine n, each taking the next item ──► results, by place

Work with an async form runs as that. Any other task is a plain function: it runs as it is inside a
coroutine, and while it runs nothing else does, be it waiting or computing. That it gains nothing
is what this shows: `async def` alone makes no function wait for others.
"""

import asyncio
import importlib.util
import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated, Any

from bench.errors import Unavailable
from bench.executors.seam import Map, Way
from bench.forms import OneOf, Value

Loop = Annotated[
    str, OneOf("asyncio", "uvloop"), "The event loop: Python's own, or uvloop where installed."
]

NO_UVLOOP = "This Python has no uvloop: install it, or choose the loop asyncio."


class Asyncio(Way):
    name = "asyncio"
    title = "Coroutines (asyncio)"
    kind = "coroutines"
    most = 10_000
    coroutines = True

    def barred(self, options: Mapping[str, Value]) -> str | None:
        if options["loop"] == "uvloop" and not importlib.util.find_spec("uvloop"):
            return NO_UVLOOP
        return None

    def open(self, workers: int, *, loop: Loop = "asyncio") -> AbstractContextManager[Map]:
        return _opened(workers, _loop_factory(loop))


@contextmanager
def _opened(
    workers: int, new_loop: Callable[[], asyncio.AbstractEventLoop] | None
) -> Iterator[Map]:
    with asyncio.Runner(loop_factory=new_loop) as runner:

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            return iter(runner.run(_mapped(_as_coroutine(task), items, workers)))

        yield run


def _loop_factory(loop: str) -> Callable[[], asyncio.AbstractEventLoop] | None:
    if loop == "asyncio":
        return None
    try:
        import uvloop
    except ImportError:
        raise Unavailable(NO_UVLOOP) from None
    return uvloop.new_event_loop


def _as_coroutine(task: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    if inspect.iscoroutinefunction(task):
        return task

    async def plain(item: Any) -> Any:
        return task(item)

    return plain


async def _mapped(
    task: Callable[[Any], Awaitable[Any]], items: Sequence[Any], workers: int
) -> list[Any]:
    """All results; what a task raises is raised once the others have been cancelled."""
    results: list[Any] = [None] * len(items)
    todo = iter(enumerate(items))

    async def worker() -> None:
        for place, item in todo:
            results[place] = await task(item)

    team = [asyncio.ensure_future(worker()) for _ in range(min(workers, len(items)))]
    try:
        await asyncio.gather(*team)
    except BaseException:
        for member in team:
            member.cancel()
        await asyncio.gather(*team, return_exceptions=True)
        raise
    return results


executor = Asyncio()
