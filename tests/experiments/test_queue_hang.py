"""Queues that hang: who waits for whom, and what lets join() return."""

import sys
from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.queue_hang_programs import CONSUMERS, ITEMS
from tests.experiments.elsewhere import facts_on
from tests.experiments.performing import performed, verdict_of

QUEUE_HANG = find_experiment("queue-hang")

ENDED = {"ended": True, "seconds": 0.1, "stood": [], "taken": ITEMS, "left": 0, "undone": 0}
HUNG = {**ENDED, "ended": False, "seconds": 1.0, "stood": ["queue.py line 90 in join"], "undone": 2}
SILENT = {**ENDED, "ended": None}
HANGING = {
    "get first": ENDED,
    "join first, small": ENDED,
    "join first": HUNG,
    "all done": ENDED,
    "not all done": HUNG,
}


def facts(**cases: Any) -> dict[str, Any]:
    changed = {name.replace("_", " "): case for name, case in cases.items()}
    return {
        "pipe": 65_536,
        "small": 32_768,
        "large": 1_000_000,
        "cases": {**HANGING, **changed},
        "no_shutdown": "This Python has none.",
    }


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    return performed("queue-hang", patience=0.5)[1]


def test_a_process_that_was_joined_before_its_result_was_read_hangs(seen: dict[str, Any]) -> None:
    case = seen["cases"]["join first"]
    assert case["ended"] is False
    assert case["stood"][-1].endswith(" in join_then_get")
    assert any(frame.endswith("in _finalize_join") for frame in case["worker_stood"])


def test_it_ends_if_the_result_fits_into_the_pipe_or_is_read_first(seen: dict[str, Any]) -> None:
    assert seen["cases"]["join first, small"]["ended"]
    assert seen["cases"]["get first"]["ended"]


def test_a_queue_whose_sentinels_were_not_said_to_be_done_hangs(seen: dict[str, Any]) -> None:
    case = seen["cases"]["not all done"]
    assert case["ended"] is False
    assert (case["taken"], case["left"], case["undone"]) == (ITEMS, 0, CONSUMERS)
    assert seen["cases"]["all done"]["ended"]


def test_a_queue_can_be_shut_down_from_python_3_13_on(seen: dict[str, Any]) -> None:
    if sys.version_info < (3, 13):
        assert "shut down" not in seen["cases"]
        assert "3.13" in seen["no_shutdown"]
    case = facts_on("3.13", "queue-hang", patience=0.3)["cases"]["shut down"]
    assert (case["ended"], case["taken"], case["left"], case["undone"]) == (True, ITEMS, 0, 0)


@pytest.mark.parametrize(
    ("cases", "verdict"),
    [
        ({}, "does not hold here"),
        ({"join_first": ENDED}, "does not hold here"),
        ({"not_all_done": ENDED}, "does not hold here"),
        ({"join_first": ENDED, "not_all_done": ENDED}, "holds here"),
        ({"get_first": HUNG}, "not resolved here"),
        ({"shut_down": HUNG}, "not resolved here"),
        ({"join_first": SILENT}, "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(cases: dict[str, Any], verdict: str) -> None:
    assert verdict_of(QUEUE_HANG, facts(**cases)) == verdict


def test_the_explanation_follows_the_interpreter() -> None:
    assert "This Python has none." in QUEUE_HANG.judge(facts()).explanation
    assert "needs no sentinels" in QUEUE_HANG.judge(facts(shut_down=ENDED)).explanation
