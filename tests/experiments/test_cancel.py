"""Cancelling: which work stops, and what the one who cancels hears."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.cancelling import BY_CANCEL, WAYS, missing
from bench.experiments.watched import Watch
from tests.executors.leftovers import nothing_left
from tests.experiments.performing import verdict_of

CANCEL = find_experiment("cancel")
STEPS = 15

# Work that is to be stopped has so much to do that it is not over before, on any machine.
MANY = 3_000


@pytest.fixture(autouse=True)
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends a process, as in a demonstration's child: a fork takes what this one has set."""
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGTERM, before)


def outcome(way: str, steps: int = STEPS) -> tuple[str, dict[str, Any]]:
    if why := missing(way):
        pytest.skip(f"{way} {why}")
    with nothing_left(), Watch(steps) as watch:
        said = WAYS[way](watch)
        return said, watch.over()


@pytest.mark.parametrize(
    ("way", "said"),
    [("asyncio task", "True"), ("asyncio.timeout()", "TimeoutError")],
)
def test_a_task_that_awaits_stops_and_tidies_up(way: str, said: str) -> None:
    heard, seen = outcome(way, MANY)
    assert (heard, seen["stopped"], seen["finally"]) == (said, True, True)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("task that suppresses it", "True"),
        ("asyncio.shield()", "True"),
        ("asyncio.to_thread()", "True"),
        ("running future (thread)", "False"),
        ("running future (process)", "False"),
    ],
)
def test_what_cannot_be_cancelled_goes_on_to_its_end(way: str, said: str) -> None:
    heard, seen = outcome(way)
    assert (heard, seen["steps"], seen["finally"]) == (said, STEPS, True)


def test_whoever_awaits_a_thread_is_let_go_before_the_thread_is_over() -> None:
    _, seen = outcome("asyncio.to_thread()", 10 * STEPS)
    assert seen["let_go_ms"] < seen["ms"]


def test_a_future_that_waits_never_runs() -> None:
    heard, seen = outcome("waiting future")
    assert (heard, seen["steps"], seen["finally"]) == ("True", 0, False)


def test_a_thread_that_looks_stops_and_tidies_up() -> None:
    _, seen = outcome("thread with an Event", MANY)
    assert (seen["stopped"], seen["finally"]) == (True, True)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("process.terminate()", "exit -15"),
        ("process.kill()", "exit -9"),
        ("pool.terminate_workers()", "BrokenProcessPool"),
    ],
)
def test_a_process_that_is_ended_tidies_nothing_up(way: str, said: str) -> None:
    heard, seen = outcome(way, MANY)
    assert (heard, seen["stopped"], seen["finally"]) == (said, True, False)


def facts(*stopped: str, at_times: str = "") -> dict[str, Any]:
    """Facts of three runs each, in which these ways stopped the work, and that one at times."""
    return {
        "whole_ms": 150.0,
        "left_out": {},
        "ways": {
            name: {
                "said": "True",
                "runs": 3,
                "stopped": 3 if name in stopped else 1 if name == at_times else 0,
                "finally": 0,
                "steps": [1, 1, 1],
                "ms": 2.0,
                "let_go_ms": 0.1,
            }
            for name in WAYS
        },
    }


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (facts(*WAYS), "holds here"),
        (facts("asyncio task", "waiting future"), "does not hold here"),
        (facts(), "does not hold here"),
        (facts(*BY_CANCEL[1:], at_times=BY_CANCEL[0]), "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(told: dict[str, Any], verdict: str) -> None:
    assert verdict_of(CANCEL, told) == verdict
