"""Lost updates: what is exact, and what facts make of the belief."""

from collections.abc import Mapping
from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.race import VARIANTS, bare, locked, together
from tests.experiments.performing import performed, verdict_of

RACE = find_experiment("race")


def facts(lost: Mapping[str, int], *, gil: bool = True) -> dict[str, Any]:
    told = {name: {"expected": 1_000, "lost": 0, "ns": 30.0} for name in VARIANTS}
    for name, count in lost.items():
        told[name]["lost"] = count
    return {"runs": 5, "threads": 4, "gil": gil, **told}


def test_a_locked_counter_is_exact() -> None:
    for _ in range(3):
        assert together(locked, 4, 2_000)[0] == 8_000


def test_no_counter_says_more_than_was_added() -> None:
    assert together(bare, 2, 2_000)[0] <= 4_000


def test_reading_and_writing_with_others_in_between_loses_updates() -> None:
    _, told = performed("race", increments=20_000, threads=4)
    assert told["yield"]["lost"] > 0
    assert told["locked"]["lost"] == 0


@pytest.mark.parametrize(
    ("lost", "verdict"),
    [
        ({"bare": 1}, "holds here"),
        ({"yield": 700}, "does not hold here"),
        ({"call": 3}, "does not hold here"),
        ({}, "not resolved here"),
    ],
)
def test_the_verdict_follows_the_facts(lost: dict[str, int], verdict: str) -> None:
    assert verdict_of(RACE, facts(lost)) == verdict


def test_the_reason_follows_the_gil() -> None:
    assert "really run at once" in RACE.judge(facts({"bare": 400}, gil=False)).explanation
    assert "really run at once" not in RACE.judge(facts({"bare": 400})).explanation
