"""Processes that are replaced after so many tasks, on Pythons too where that is broken."""

from collections import Counter

import pytest

from bench.executors import find_executor
from tests.build import a_plan
from tests.executors.tasks import process_of


@pytest.mark.parametrize(("workers", "tasks_a_child"), [(1, 1), (1, 2), (2, 3)])
def test_no_process_is_handed_more_tasks_than_that(workers: int, tasks_a_child: int) -> None:
    with find_executor("processes").open(
        workers, start_method="spawn", chunk="one", tasks_a_child=tasks_a_child
    ) as run:
        handed = Counter(run(process_of, range(7)))
    assert sum(handed.values()) == 7
    assert max(handed.values()) <= tasks_a_child


def test_a_chunk_counts_as_one_task() -> None:
    with find_executor("processes").open(1, start_method="spawn", chunk=4, tasks_a_child=1) as run:
        assert sorted(Counter(run(process_of, range(8))).values()) == [4, 4]


def test_a_number_among_the_options_is_told_with_its_name() -> None:
    options = {"start_method": "spawn", "tasks_a_child": 5}
    plan = a_plan(executors={"processes": options})
    assert plan.contenders[0].name == "processes × 2 (spawn, tasks a child 5)"
