"""Trials that others disturb are measured anew at once, in their place."""

from collections.abc import Iterator

from bench.measure.processes.listening import Stopped
from bench.measure.rounds import measure
from bench.samples import Failure, Sample
from tests.build import a_failure, a_plan, a_run, a_sample
from tests.measure.fakes import Does, FakeTrials

HIT = "threads × 2"


def hit(round_: int) -> Sample:
    return a_sample(HIT, round_, foreign=0.5)


def calm_after(tries: int) -> Does:
    """So many trials of each round are disturbed, and the next one is not."""
    asked: list[int] = []

    def does(round_: int) -> Sample | float:
        asked.append(round_)
        return hit(round_) if asked.count(round_) <= tries else 1.0

    return does


def of(samples: tuple[Sample, ...]) -> list[Sample]:
    return [sample for sample in samples if sample.contender == HIT]


def test_the_one_that_nobody_disturbed_is_kept_and_says_how_often_it_was_tried() -> None:
    trials = FakeTrials({HIT: calm_after(2)})
    ended = measure(a_run(a_plan(precision="quick", budget_s=3_600.0)), trials.seams())
    assert [(one.round, one.again, one.foreign_share) for one in of(ended.samples)] == [
        (1, 2, 0.0),
        (2, 2, 0.0),
        (3, 2, 0.0),
    ]
    assert list(ended.samples) == trials.kept
    places = [(round_, order) for name, round_, order in trials.asked if name == HIT]
    assert [places.count(place) for place in dict.fromkeys(places)] == [3, 3, 3]


def test_after_four_times_the_last_one_is_kept_as_it_is() -> None:
    trials = FakeTrials({HIT: calm_after(5)})
    ended = measure(a_run(a_plan(budget_s=60.0)), trials.seams())
    first = of(ended.samples)[0]
    assert (first.again, first.foreign_share) == (4, 0.5)


def test_where_it_never_helps_it_soon_takes_no_time_from_more_rounds() -> None:
    trials = FakeTrials({HIT: hit})
    ended = measure(a_run(a_plan(budget_s=200.0)), trials.seams())
    assert sum(sample.again for sample in ended.samples) == 5
    assert all(sample.again == 0 for sample in ended.samples if sample.contender != HIT)


def test_calm_rounds_are_no_reason_to_try_anew_where_that_never_helped() -> None:
    trials = FakeTrials({HIT: lambda round_: hit(round_) if round_ % 2 else 1.0})
    ended = measure(a_run(a_plan(precision="rigorous", budget_s=200.0)), trials.seams())
    assert sum(sample.again for sample in ended.samples) == 5


def test_where_it_helps_now_and_then_it_goes_on() -> None:
    trials = FakeTrials({HIT: calm_after(4)})
    ended = measure(a_run(a_plan(precision="rigorous", budget_s=200.0)), trials.seams())
    assert {sample.again for sample in of(ended.samples)} == {4}


def test_when_the_budget_is_over_none_is_measured_anew() -> None:
    trials = FakeTrials({HIT: calm_after(1)})
    ended = measure(a_run(a_plan(budget_s=0.5)), trials.seams())
    assert {sample.again for sample in ended.samples} == {0}


def test_exactly_so_many_rounds_are_so_many_trials() -> None:
    trials = FakeTrials({HIT: calm_after(1)})
    measure(a_run(a_plan(rounds=3)), trials.seams())
    assert [name for name, _, _ in trials.asked].count(HIT) == 3


def test_one_that_fails_when_it_is_measured_anew_has_failed() -> None:
    outcomes: Iterator[Sample | Failure] = iter([hit(1), a_failure(HIT)])
    trials = FakeTrials({HIT: lambda _: next(outcomes)})
    ended = measure(a_run(a_plan(precision="quick", budget_s=60.0)), trials.seams())
    assert [failure.contender for failure in ended.failures] == [HIT]
    assert of(ended.samples) == []


def test_a_stop_meanwhile_keeps_what_was_measured_before() -> None:
    tried: list[int] = []

    def does(round_: int) -> Sample:
        tried.append(round_)
        if len(tried) == 2:
            raise Stopped
        return hit(round_)

    trials = FakeTrials({HIT: does})
    ended = measure(a_run(a_plan(budget_s=60.0)), trials.seams())
    assert ended.state == "stopped"
    assert list(ended.samples) == trials.kept
    assert of(ended.samples) == []
