"""What every executor keeps to, whatever it is made of."""

from collections.abc import Iterator

import pytest

from bench.errors import Refused
from bench.executors import NAMES, all_executors, checked_options, find_executor
from bench.executors.seam import Executor, Map
from bench.workloads.primes import count_primes, ranges
from tests.executors.opening import opened
from tests.executors.programs import run_every_variant
from tests.executors.tasks import fitted, itself, plus_one, reciprocal, uneven


@pytest.fixture(scope="module")
def run(executor: Executor) -> Iterator[Map]:
    """Its map over three workers, one and the same for all tests, as a pass comes after a pass."""
    with opened(executor, 3) as run:
        yield lambda task, items: run(fitted(executor, task), items)


def test_answers_are_those_of_sequential_work(run: Map) -> None:
    items = ranges(5_000)
    assert list(run(count_primes, items)) == [count_primes(item) for item in items]


@pytest.mark.parametrize("turns", [range(40, 0, -1), range(40)], ids=["dear first", "dear last"])
def test_results_come_in_the_order_of_the_items(run: Map, turns: range) -> None:
    items = [(place, 2_000 * turn) for place, turn in enumerate(turns)]
    assert list(run(uneven, items)) == list(range(40))


@pytest.mark.parametrize("count", [0, 1, 2, 5_000])
def test_any_number_of_items_will_do(run: Map, count: int) -> None:
    assert list(run(plus_one, range(count))) == list(range(1, count + 1))


def test_the_same_items_can_be_mapped_again_and_with_another_task(run: Map) -> None:
    items = [3, 1, 2]
    assert list(run(plus_one, items)) == list(run(plus_one, items)) == [4, 2, 3]
    assert list(run(itself, items)) == [3, 1, 2]


def test_what_a_task_raises_comes_out_as_itself_and_the_next_pass_is_whole(run: Map) -> None:
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        list(run(reciprocal, [1, 2, 0, 4, 5, 0]))
    assert list(run(reciprocal, [1, 2, 4])) == [1.0, 0.5, 0.25]


def test_every_value_of_every_option_gives_the_right_answer(executor: Executor) -> None:
    assert run_every_variant(executor.name) >= 1


def test_all_are_registered_by_the_name_they_bear() -> None:
    found = all_executors()
    assert list(found) == [executor.name for executor in found.values()] == list(NAMES)
    assert len({executor.title for executor in found.values()}) == len(NAMES)


def test_options_that_do_not_go_together_are_refused_in_a_sentence() -> None:
    processes = find_executor("processes")
    with pytest.raises(Refused) as refused:
        checked_options(processes, {"tasks_a_child": 5, "start_method": "fork"})
    assert str(refused.value) == (
        "processes.options is 'start_method fork, chunk many, tasks_a_child 5': it must be "
        "what it can run with; Forked processes cannot be replaced: choose another start_method."
    )
