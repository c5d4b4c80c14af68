"""multiprocessing.Pool: three methods, one order of results."""

from pathlib import Path

import pytest

from bench.executors import find_executor
from tests.executors.opening import METHOD
from tests.watching import eventually

POOL = find_executor("pool")


def last_one_first(item: Path) -> str:
    """The first item is done only when the last one is."""
    if item.name == "0":
        eventually((item.parent / "3").exists, "the last item")
    if item.name == "3":
        item.touch()
    return item.name


@pytest.mark.parametrize("method", ["map", "imap", "imap_unordered"])
def test_results_are_in_order_however_the_tasks_end(tmp_path: Path, method: str) -> None:
    items = [tmp_path / str(number) for number in range(4)]
    with POOL.open(2, start_method=METHOD, method=method, chunk="one") as run:
        assert list(run(last_one_first, items)) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("method", ["imap", "imap_unordered"])
def test_results_are_there_one_by_one(tmp_path: Path, method: str) -> None:
    items = [tmp_path / str(number) for number in range(2)]
    with POOL.open(2, start_method=METHOD, method=method, chunk="one") as run:
        results = run(wait_for_second, items)
        assert next(results) == "0"
        items[1].touch()
        assert next(results) == "1"


def wait_for_second(item: Path) -> str:
    if item.name == "1":
        eventually(item.exists, "the first result's being read")
    return item.name
