"""One by one, nothing of the lab stands between a library and a task."""

import importlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from bench.executors import checked_options, find_executor

ITEMS = [3, 1, 2]


def task(number: int) -> int:
    return number + 1


class Recorded:
    """Stands for a library's pool: does nothing, and knows how it was asked to map."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def __call__(self, *_: Any, **__: Any) -> "Recorded":
        return self

    def __enter__(self) -> "Recorded":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass

    def join(self) -> None:
        pass

    def imap(self, *given: Any, **named: Any) -> Iterator[Any]:
        self.asked.append((*given, *named.values()))
        return iter(())

    def map(self, *given: Any, **named: Any) -> Iterator[Any]:
        return self.imap(*given, **named)


@pytest.mark.parametrize(
    ("name", "method", "patched", "handed"),
    [
        ("threads", "", "threads.ThreadPoolExecutor", (task, ITEMS)),
        ("processes", "", "processes.ProcessPoolExecutor", (task, ITEMS, 1)),
        ("pool", "map", "pool.multiprocessing", (task, ITEMS, 1)),
        ("pool", "imap", "pool.multiprocessing", (task, ITEMS, 1)),
    ],
)
def test_the_library_is_handed_the_task_and_the_items_themselves(
    monkeypatch: pytest.MonkeyPatch, name: str, method: str, patched: str, handed: tuple[Any, ...]
) -> None:
    pool = Recorded()
    module, _, what = patched.partition(".")
    context = SimpleNamespace(get_context=lambda _: SimpleNamespace(Pool=pool))
    stand_in = context if what == "multiprocessing" else pool
    monkeypatch.setattr(importlib.import_module(f"bench.executors.{module}"), what, stand_in)
    executor = find_executor(name)
    options = checked_options(executor, {"chunk": "one", **({"method": method} if method else {})})
    with executor.open(2, **options) as run:
        list(run(task, ITEMS))
    (asked,) = pool.asked
    assert all(one is other for one, other in zip(asked, handed, strict=True))
