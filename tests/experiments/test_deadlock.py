"""Deadlock: it is found, ended and told with both stacks."""

from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.deadlock import ordered, stacks_of
from tests.experiments.performing import performed, verdict_of

DEADLOCK = find_experiment("deadlock")

PRINTED = """Timeout (0:00:01)!
Thread 0x00007f (most recent call first):
  File "/home/ada/deadlock.py", line 34 in opposite_order
  File "/usr/lib/threading.py", line 982 in run

Thread 0x00007e (most recent call first):
  File "/usr/lib/threading.py", line 1590 in _shutdown
"""


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "hung": True,
        "ordered_finished": True,
        "tries": 10,
        "unlucky_without_pause": 0,
        "unlucky_with_pause": 10,
        **changes,
    }


def test_opposite_order_ends_at_the_deadline_with_both_stacks_and_the_circle() -> None:
    _, told = performed("deadlock", tries=1)
    assert told["hung"]
    assert len(told["blocked_at"]) == 2
    assert all(place.endswith("in opposite_order") for place in told["blocked_at"])
    assert told["circle"] == ["one", "two", "one"]


def test_one_order_finishes_with_no_money_lost() -> None:
    assert ordered(1_000)


def test_a_lock_that_was_held_at_a_fork_stays_held_in_the_child() -> None:
    _, told = performed("deadlock", tries=1)
    assert told["fork_child_blocked"] is True


def test_stacks_are_those_of_the_blocked_threads_without_folders() -> None:
    assert list(stacks_of(PRINTED)) == [
        ["deadlock.py line 34 in opposite_order", "threading.py line 982 in run"]
    ]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "holds here"),
        ({"hung": False}, "does not hold here"),
        ({"ordered_finished": False}, "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(changes: dict[str, Any], verdict: str) -> None:
    assert verdict_of(DEADLOCK, facts(**changes)) == verdict
