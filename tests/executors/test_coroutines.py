"""Coroutines on one loop: so many in flight, and a plain function that lets none of them in."""

import asyncio
import importlib.util
import sys
import threading
from typing import Any

import pytest

from bench.errors import Refused, Unavailable
from bench.executors import checked_options, find_executor

COROUTINES = find_executor("asyncio")

needs_uvloop = pytest.mark.skipif(
    importlib.util.find_spec("uvloop") is None, reason="This Python has no uvloop."
)


class InFlight:
    """A task that counts how many of it have begun and not ended, and waits for `full` of them."""

    def __init__(self, full: int) -> None:
        self.full, self.now, self.most = full, 0, 0
        self._all_there = asyncio.Event()

    async def task(self, item: int) -> int:
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == self.full:
            self._all_there.set()
        await self._all_there.wait()
        await asyncio.sleep(0)
        self.now -= 1
        return item


@pytest.mark.parametrize("workers", [1, 2, 7, 1_000])
def test_as_many_are_in_flight_as_there_are_workers_and_never_more(workers: int) -> None:
    count = InFlight(workers)
    items = range(3 * workers)
    with COROUTINES.open(workers) as run:
        assert list(run(count.task, items)) == list(items)
    assert count.most == workers


def test_more_workers_than_items_are_no_matter() -> None:
    count = InFlight(5)
    with COROUTINES.open(10_000) as run:
        assert list(run(count.task, range(5))) == [0, 1, 2, 3, 4]
    assert count.most == 5


def test_a_plain_function_runs_in_the_calling_thread_and_none_beside_it() -> None:
    running, threads = [0], set()

    def plain(item: int) -> int:
        running[0] += 1
        assert running[0] == 1
        threads.add(threading.current_thread())
        assert asyncio.get_running_loop().is_running()
        running[0] -= 1
        return -item

    with COROUTINES.open(8) as run:
        assert list(run(plain, range(50))) == [-item for item in range(50)]
    assert threads == {threading.current_thread()}


def test_an_error_ends_the_tasks_in_flight_before_it_is_raised() -> None:
    ended: list[int] = []

    async def task(item: int) -> None:
        try:
            if item == 3:
                raise KeyError(item)
            await asyncio.Event().wait()
        finally:
            ended.append(item)

    with COROUTINES.open(4) as run:
        with pytest.raises(KeyError, match="3"):
            list(run(task, range(9)))
        assert sorted(ended) == [0, 1, 2, 3]


def loop_of(options: dict[str, Any]) -> str:
    async def task(_: int) -> str:
        return type(asyncio.get_running_loop()).__module__

    with COROUTINES.open(1, **options) as run:
        (name,) = run(task, [1])
    return str(name)


def test_the_loop_is_pythons_own_unless_it_is_said() -> None:
    assert loop_of({}).startswith("asyncio.")


@needs_uvloop
def test_the_loop_may_be_uvloop() -> None:
    assert loop_of({"loop": "uvloop"}).startswith("uvloop")


def test_uvloop_is_refused_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Refused, match="This Python has no uvloop: install it"):
        checked_options(COROUTINES, {"loop": "uvloop"})
    monkeypatch.setitem(sys.modules, "uvloop", None)
    with pytest.raises(Unavailable, match=r"^This Python has no uvloop: install it, or choose "):
        COROUTINES.open(1, loop="uvloop")
