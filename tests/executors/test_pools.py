"""The seam that every executor keeps to: a map in the order of the items, while it is open."""

import threading
from collections.abc import Mapping

import psutil
import pytest

from bench.errors import Refused
from bench.executors import checked_options, find_executor, options_form
from bench.executors.processes import START_METHODS
from bench.forms import Value
from tests.watching import PATIENCE

# Fork is left to the children: this process has threads at times, and forking warns then.
WAYS: list[tuple[str, int, Mapping[str, Value]]] = [
    ("sequential", 1, {}),
    ("threads", 1, {}),
    ("threads", 3, {}),
    ("threads", 3, {"chunk": "one"}),
    ("threads", 3, {"chunk": "even"}),
    ("threads", 3, {"chunk": 4}),
    ("processes", 2, {"start_method": "spawn"}),
    ("processes", 2, {"start_method": "spawn", "chunk": 3}),
]


@pytest.mark.parametrize(("name", "workers", "options"), WAYS)
def test_results_come_in_the_order_of_the_items_pass_after_pass(
    name: str, workers: int, options: Mapping[str, Value]
) -> None:
    executor = find_executor(name)
    items = list(range(-10, 10))
    with executor.open(workers, **checked_options(executor, options)) as run:
        assert list(run(abs, items)) == [abs(item) for item in items]
        assert list(run(abs, [])) == []
        assert list(run(abs, items)) == [abs(item) for item in items]


@pytest.mark.parametrize(("name", "workers", "options"), WAYS)
def test_what_a_task_raises_comes_out_of_the_map(
    name: str, workers: int, options: Mapping[str, Value]
) -> None:
    executor = find_executor(name)
    with (
        executor.open(workers, **checked_options(executor, options)) as run,
        pytest.raises(ZeroDivisionError),
    ):
        list(run(reciprocal, [1, 2, 0, 4]))


def reciprocal(number: int) -> float:
    return 1 / number


def test_closing_ends_all_threads() -> None:
    before = threading.active_count()
    with find_executor("threads").open(5) as run:
        list(run(abs, range(50)))
    assert threading.active_count() == before


def test_closing_ends_all_processes() -> None:
    before = set(psutil.Process().children())
    with find_executor("processes").open(2, start_method="spawn") as run:
        list(run(abs, range(8)))
        during = set(psutil.Process().children()) - before
    left = [one for one in during if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert len(during) >= 2
    assert [one for one in left if "resource_tracker" not in " ".join(one.cmdline())] == []


def test_as_many_threads_work_at_once_as_there_are_workers() -> None:
    together = threading.Barrier(4)
    with find_executor("threads").open(4, chunk="one") as run:
        places = run(lambda _: together.wait(PATIENCE), range(4))
        assert sorted(places) == [0, 1, 2, 3]


def test_sequential_work_is_done_in_the_calling_thread_item_by_item() -> None:
    with find_executor("sequential").open(1) as run:
        results = run(lambda _: threading.current_thread(), range(3))
        assert next(results) is threading.current_thread()
        assert len(list(results)) == 2


def test_start_methods_are_this_systems_with_its_default_first() -> None:
    field = {field.name: field for field in options_form(find_executor("processes"))}
    assert field["start_method"].default == START_METHODS[0]
    assert set(START_METHODS) >= {"spawn"}


def test_an_unknown_start_method_is_refused() -> None:
    with pytest.raises(Refused, match=r"^processes\.start_method is 'clone': it must be one of "):
        checked_options(find_executor("processes"), {"start_method": "clone"})


def test_each_of_the_first_executors_has_a_title_and_runs_here() -> None:
    for name in ("sequential", "threads", "processes"):
        executor = find_executor(name)
        assert executor.name == name
        assert executor.title
        assert executor.missing() is None
