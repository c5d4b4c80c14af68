"""Progress: who hands results out when, what an error ends, and what a bar leaves in a log."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bench.experiments import find_experiment
from bench.experiments.bars import BARS, EVERY, UPDATES, bars_shown
from bench.experiments.progress import ALL_LOOPS, Item, arrivals, seen_of
from tests.experiments.performing import verdict_of

PROGRESS = find_experiment("progress")

# The first is over last, by far.
UNEQUAL = [Item(0, 0.2), Item(1, 0.01), Item(2, 0.02)]


def order(loop: str) -> list[int]:
    with ThreadPoolExecutor(len(UNEQUAL)) as pool:
        return [number for number, _ in arrivals(ALL_LOOPS[loop], pool, UNEQUAL)]


def test_map_keeps_the_order_of_the_items() -> None:
    assert order("map") == [0, 1, 2]


def test_as_completed_hands_out_last_what_is_over_last() -> None:
    assert order("as_completed")[-1] == 0


def test_an_error_ends_a_loop_unless_it_is_guarded() -> None:
    items = [Item(0, 0.0, fails=True), *(Item(number, 0.1) for number in range(1, 4))]
    assert seen_of(ALL_LOOPS["map"], items) == 0
    assert seen_of(ALL_LOOPS["unguarded"], items) == 0
    assert seen_of(ALL_LOOPS["as_completed"], items) == 4


def test_a_bar_drawn_for_each_task_fills_a_log() -> None:
    shown = bars_shown()
    assert set(shown) == set(BARS)
    assert shown["none"]["bytes"] == 0
    assert shown["each task"]["bytes"] > EVERY * shown["every 100th task"]["bytes"] * 0.9
    assert shown["each task"]["bytes"] > 40 * UPDATES


def facts(ratios: tuple[float, ...], *, cost: float = 1e-6) -> dict[str, Any]:
    """Facts of rounds in which map took so many times as long."""
    bars = {name: {"seconds": [0.01, 0.01, 0.01], "bytes": 100} for name in BARS}
    bars["each task"]["seconds"] = [0.01 + UPDATES * cost, 0.01 + UPDATES * cost, 0.01]
    return {
        "items": 4,
        "threads": 2,
        "rounds": len(ratios),
        "total_s": {"map": ratios, "as_completed": [1.0] * len(ratios)},
        "first_s": {"map": [0.5] * len(ratios), "as_completed": [0.1] * len(ratios)},
        "seen": {"map": 2, "unguarded": 2, "as_completed": 4},
        "waves_s": [0.15],
        "ideal_s": 0.14,
        "bars": bars,
    }


@pytest.mark.parametrize(
    ("ratios", "verdict"),
    [
        ((1.0, 1.01, 0.99), "does not hold here"),
        ((1.5, 1.51, 1.49), "holds here"),
        ((0.7, 1.0, 1.4), "not resolved here"),
    ],
)
def test_the_verdict_follows_the_interval(ratios: tuple[float, ...], verdict: str) -> None:
    assert verdict_of(PROGRESS, facts(ratios)) == verdict


def test_a_cost_that_is_not_told_apart_from_none_is_not_given() -> None:
    assert "each task no time that is shown" in PROGRESS.judge(facts((1.0, 1.0, 1.0))).explanation
