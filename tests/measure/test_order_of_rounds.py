"""Who is measured when: interleaved rounds, shuffled by the plan's seed."""

from typing import Any

from bench.measure.rounds import measure
from tests.build import a_plan, a_run
from tests.measure.fakes import FakeTrials

FOUR = ["control", "processes × 2", "sequential", "threads × 2"]


def measured(rounds: int, **plan: Any) -> FakeTrials:
    trials = FakeTrials()
    measure(a_run(a_plan(rounds=rounds, **plan)), trials.seams())
    return trials


def test_each_round_holds_each_of_the_line_up_once() -> None:
    trials = measured(6)
    assert [sorted(trials.names_in(round_)) for round_ in range(1, 7)] == [FOUR] * 6
    assert len(trials.asked) == 24


def test_baseline_and_control_are_in_each_round_of_a_plan_of_one_contender() -> None:
    trials = measured(4, executors=["threads"])
    for round_ in range(1, 5):
        assert set(trials.names_in(round_)) == {"sequential", "control", "threads × 2"}


def test_a_plan_without_contenders_measures_baseline_and_control() -> None:
    trials = measured(2, executors=["sequential"])
    assert sorted(trials.names_in(2)) == ["control", "sequential"]


def test_one_round_ends_before_the_next_begins() -> None:
    rounds = [round_ for _, round_, _ in measured(5).asked]
    assert rounds == sorted(rounds)


def test_orders_differ_between_rounds() -> None:
    trials = measured(8)
    assert len({tuple(trials.names_in(round_)) for round_ in range(1, 9)}) > 4


def test_each_of_the_line_up_comes_first_and_last_at_times() -> None:
    trials = measured(40)
    orders = [trials.names_in(round_) for round_ in range(1, 41)]
    assert {order[0] for order in orders} == set(FOUR)
    assert {order[-1] for order in orders} == set(FOUR)


def test_the_same_seed_gives_the_same_orders() -> None:
    assert measured(5, seed=11).asked == measured(5, seed=11).asked


def test_another_seed_gives_other_orders() -> None:
    assert measured(5, seed=11).asked != measured(5, seed=12).asked


def test_a_trial_is_told_its_place_in_the_round() -> None:
    assert [order for _, _, order in measured(3).asked] == [0, 1, 2, 3] * 3
