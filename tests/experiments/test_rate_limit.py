"""Rate limits: what is certain of a run, and what facts make of the belief."""

from typing import Any

import pytest

from bench.experiments import find_experiment
from tests.experiments.performing import performed, verdict_of

RATE_LIMIT = find_experiment("rate-limit")


def facts(
    sleeping: int = 1,
    bucket: int = 5,
    *,
    busiest: int = 15,
    refused: bool = True,
    honoured: tuple[str, ...] = ("reserved", "bucket"),
) -> dict[str, Any]:
    def one(burst: int, name: str) -> dict[str, Any]:
        patience = {
            "patience_s": 0.025,
            "answered_s": 0.17 if name == "sleeping" else 1e-5,
            "honoured": name in honoured,
            "refused": refused and name != "sleeping",
        }
        return {"burst": burst, "rate": 9.96, "impatient": patience}

    limiters = {
        "sleeping": one(sleeping, "sleeping"),
        "reserved": one(1, "reserved"),
        "bucket": one(bucket, "bucket"),
        "semaphore": {"burst": 5, "busiest": busiest, "at_once": 5},
    }
    high = [{"rate": 2_000, "sleeping": [870.0, 900.0, 880.0], "reserved": [1_950.0] * 3}]
    return {"rate": 10, "limiters": limiters, "high": high}


def test_each_limiter_lets_all_through_and_a_semaphore_no_more_at_once_than_it_says() -> None:
    _, told = performed("rate-limit", rate=20, capacity=2, threads=6, requests=6, rounds=1)
    limiters = told["limiters"]
    assert {len(one["begun"]) for one in limiters.values()} == {6}
    assert limiters["semaphore"]["at_once"] <= 2
    # Six calls are five periods apart, however late a thread wakes up.
    assert max(limiters["sleeping"]["begun"]) >= 0.249
    assert max(limiters["reserved"]["begun"]) >= 0.249
    assert not limiters["sleeping"]["impatient"]["refused"]
    assert limiters["sleeping"]["impatient"]["answered_s"] > 0.25 / 20


@pytest.mark.parametrize(
    ("bursts", "verdict"),
    [
        ((1, 5), "does not hold here"),
        ((5, 5), "holds here"),
        ((2, 5), "not resolved here"),
        ((1, 1), "not resolved here"),
    ],
)
def test_the_verdict_follows_the_bursts(bursts: tuple[int, int], verdict: str) -> None:
    assert verdict_of(RATE_LIMIT, facts(*bursts)) == verdict


def test_the_explanation_says_what_a_semaphore_let_through() -> None:
    assert "15 requests began within one second" in RATE_LIMIT.judge(facts()).explanation
    assert "so slow that 8 began" in RATE_LIMIT.judge(facts(busiest=8)).explanation


def test_a_time_out_is_told_as_it_went() -> None:
    assert "was told no after" in RATE_LIMIT.judge(facts()).explanation
    assert "was let through after" in RATE_LIMIT.judge(facts(refused=False)).explanation
    for honoured in ((), ("sleeping", "reserved")):
        assert "nothing is shown" in RATE_LIMIT.judge(facts(honoured=honoured)).explanation


def test_of_high_rates_only_what_rounds_agree_on_is_told() -> None:
    assert "of 2,000 a second 880 (reserved: 1,950) came through" in (
        RATE_LIMIT.judge(facts()).explanation
    )
    noisy = facts()
    noisy["high"][0]["sleeping"] = [870.0, 3_000.0, 1_900.0]
    assert "no drift is shown" in RATE_LIMIT.judge(noisy).explanation
