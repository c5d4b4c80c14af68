"""Blocking the event loop: no beat comes while a coroutine does not await."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.blocking_the_loop import AT_ONCE, WAYS
from tests.experiments.performing import performed, verdict_of

BLOCKING = find_experiment("blocking-the-loop")

WORK = 40


def facts(
    late: Mapping[str, list[float]] = MappingProxyType({}), *, gil: bool = True
) -> dict[str, Any]:
    """Beats that came late by so many ms, by round; where one was late by 100 none came."""
    calm = [0.2, 0.21, 0.19]
    told = {name: late.get(name, [100.0] * 3 if name in AT_ONCE else calm) for name in WAYS}
    return {
        "rounds": 3,
        "beat": 10.0,
        "work": 150,
        "switch_interval": 5.0,
        "gil": gil,
        "ways": {
            name: {"late": values, "during": [int(one < 100) for one in values], "beats": []}
            for name, values in told.items()
        },
    }


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    return performed("blocking-the-loop", work=WORK, rounds=2)[1]


@pytest.mark.parametrize("name", AT_ONCE)
def test_no_beat_comes_while_a_coroutine_sleeps_or_computes(
    name: str, seen: dict[str, Any]
) -> None:
    way = seen["ways"][name]
    assert way["during"] == [0, 0]
    assert min(way["late"]) >= WORK - seen["beat"]


def test_a_beat_is_drawn_from_when_it_was_due(seen: dict[str, Any]) -> None:
    for way in seen["ways"].values():
        assert all(due <= came for due, came in way["beats"])
    drawn = BLOCKING.picture(seen, []).rows
    assert {row["lane"] for row in drawn} == {title for title, _ in WAYS.values()}
    assert any(row["tone"] == "bad" and row["lane"] == "time.sleep()" for row in drawn)


CALM = [0.2, 0.21, 0.19]


@pytest.mark.parametrize(
    ("late", "verdict"),
    [
        ({}, "does not hold here"),
        ({"sleeps": CALM}, "does not hold here"),
        ({"sleeps": CALM, "computes": CALM}, "holds here"),
        ({"sleeps": CALM, "computes": [0.2, 100.0, 0.2]}, "not resolved here"),
        ({"awaits": [0.2, 100.0, 0.2]}, "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(late: dict[str, list[float]], verdict: str) -> None:
    assert verdict_of(BLOCKING, facts(late)) == verdict


def test_what_a_thread_that_computes_does_to_the_loop_follows_the_gil() -> None:
    slow = {"computes_in_a_thread": [5.2, 5.4, 5.1]}
    assert "waits for the GIL" in BLOCKING.judge(facts(slow)).explanation
    assert "no GIL to wait for" in BLOCKING.judge(facts(slow, gil=False)).explanation
    assert "not shown to be more" in BLOCKING.judge(facts()).explanation
    assert "without a GIL" in BLOCKING.judge(facts(gil=False)).explanation
