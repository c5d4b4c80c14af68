"""A shared counter: what is exact, what loses, and what facts make of the belief."""

import sys
from collections.abc import Mapping
from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.counter import EXACT
from bench.experiments.counting import CAN_INTERPRET, TEAMS, WAYS
from tests.experiments.elsewhere import a_python, performed_on
from tests.experiments.performing import performed, verdict_of

COUNTER = find_experiment("counter")


def facts(lost: Mapping[str, int], *, gil: bool = True) -> dict[str, Any]:
    ways = {
        name: {"title": way.title, "expected": 1_000, "lost": lost.get(name, 0), "ns": [40.0, 50.0]}
        for name, way in WAYS.items()
    }
    return {"rounds": 2, "workers": 2, "gil": gil, "without": [], "ways": ways}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return performed("counter", rounds=2)[1]


def test_what_locks_or_shares_nothing_is_exact(told: dict[str, Any]) -> None:
    exact = {name: told["ways"][name]["losses"] for name in EXACT if name in told["ways"]}
    assert all(losses == [0, 0] for losses in exact.values())
    assert len(exact) >= 6


def test_a_manager_without_a_lock_loses_updates(told: dict[str, Any]) -> None:
    assert told["ways"]["dict_unlocked"]["lost"] > 0
    assert told["ways"]["managed_unlocked"]["lost"] > 0


def test_no_counter_says_more_than_was_added(told: dict[str, Any]) -> None:
    assert all(loss >= 0 for way in told["ways"].values() for loss in way["losses"])


def test_every_way_has_a_cost_of_each_round_and_what_is_left_out_is_said(
    told: dict[str, Any],
) -> None:
    assert all(len(way["ns"]) == 2 and min(way["ns"]) > 0 for way in told["ways"].values())
    assert [*told["ways"]] == [name for name, way in WAYS.items() if way.where in TEAMS]
    assert bool(told["without"]) == (not CAN_INTERPRET)


def test_sub_interpreters_count_where_there_are_some() -> None:
    newer = a_python(lambda version: version >= (3, 14), "3.14 or later")
    counted = performed_on(newer, "counter", increments=400, rounds=2)
    assert counted["ways"]["interpreters_alone"]["losses"] == [0, 0]
    assert counted["without"] == []


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python has sub-interpreters")
def test_an_older_python_says_that_it_has_none(told: dict[str, Any]) -> None:
    assert "interpreters_alone" not in told["ways"]
    assert told["without"][0] in COUNTER.picture(told, []).sentence


@pytest.mark.parametrize(
    ("lost", "verdict"),
    [
        ({"dict_unlocked": 1}, "does not hold here"),
        ({"managed_unlocked": 1, "value_unlocked": 500}, "does not hold here"),
        ({"value_unlocked": 500}, "holds here"),
        ({}, "not resolved here"),
        ({"dict_unlocked": 400, "dict_locked": 1}, "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(lost: dict[str, int], verdict: str) -> None:
    assert verdict_of(COUNTER, facts(lost)) == verdict


def test_the_explanation_says_which_build_this_is() -> None:
    lost = {"dict_unlocked": 400}
    assert "which has the GIL" in COUNTER.judge(facts(lost)).explanation
    free = COUNTER.judge(facts({**lost, "threads_unlocked": 700}, gil=False)).explanation
    assert "runs without the GIL" in free
    assert "70%" in free


def test_a_way_without_a_lock_that_lost_nothing_is_not_called_good() -> None:
    picture = COUNTER.picture(facts({"dict_unlocked": 400}), [])
    tones = dict(zip(WAYS, [row["tone"] for row in picture.rows], strict=True))
    assert tones["dict_unlocked"] == "bad"
    assert tones["threads_unlocked"] == "neutral"
    assert tones["threads_locked"] == "good"
