"""When a run has measured enough: precision, budget, number of rounds, limit and stop."""

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest

from bench.analysis.progress import progress
from bench.analysis.results import precise_enough
from bench.measure.processes.listening import Stopped
from bench.measure.rounds import measure
from bench.plan import Contender
from bench.samples import Failure, Run, Sample
from tests.build import a_plan, a_run, a_sample
from tests.measure.fakes import Does, FakeTrials

A_ROUND = 4  # sequential, control, threads × 2, processes × 2


def never_precise() -> FakeTrials:
    return FakeTrials({"threads × 2": lambda round_: 1.0 if round_ % 2 else 2.0})


def without_round(run: Run, round_: int) -> Run:
    return a_run(run.plan, [sample for sample in run.samples if sample.round != round_])


def test_the_least_rounds_are_measured_though_the_budget_is_over() -> None:
    trials = never_precise()
    ended = measure(a_run(a_plan(budget_s=0.1)), trials.seams())
    assert ended.state == "done"
    assert len(trials.asked) == 5 * A_ROUND


@pytest.mark.parametrize(("precision", "rounds"), [("quick", 3), ("standard", 5), ("rigorous", 10)])
def test_a_steady_run_ends_after_its_least_rounds(precision: str, rounds: int) -> None:
    ended = measure(a_run(a_plan(precision=precision)), FakeTrials().seams())
    assert ended.state == "done"
    assert len(ended.samples) == rounds * A_ROUND


def test_a_run_goes_on_until_its_intervals_are_narrow_enough_and_no_longer() -> None:
    settling = FakeTrials({"threads × 2": lambda round_: 1.1 if round_ == 1 else 1.0})
    ended = measure(a_run(a_plan(budget_s=3_600.0)), settling.seams())
    rounds = max(sample.round for sample in ended.samples)
    assert rounds > 5
    assert precise_enough(ended)
    assert not precise_enough(without_round(ended, rounds))


def test_an_unsteady_control_keeps_a_run_going_too() -> None:
    settling = FakeTrials({"control": lambda round_: 1.1 if round_ == 1 else 1.0})
    ended = measure(a_run(a_plan(budget_s=3_600.0)), settling.seams())
    assert max(sample.round for sample in ended.samples) > 5


@pytest.mark.parametrize(("budget", "rounds"), [(27.0, 6), (28.0, 7), (31.9, 7)])
def test_no_round_begins_that_would_not_fit_the_budget(budget: float, rounds: int) -> None:
    trials = never_precise()
    ended = measure(a_run(a_plan(budget_s=budget)), trials.seams())
    assert ended.state == "done"
    assert len(trials.asked) == rounds * A_ROUND
    assert trials.clock.now <= budget


def test_exactly_the_rounds_asked_for_are_measured_though_they_are_precise() -> None:
    ended = measure(a_run(a_plan(rounds=9, precision="quick")), FakeTrials().seams())
    assert len(ended.samples) == 9 * A_ROUND


def test_exactly_the_rounds_asked_for_are_measured_though_they_are_not_precise() -> None:
    ended = measure(a_run(a_plan(rounds=2, budget_s=0.1)), never_precise().seams())
    assert ended.state == "done"
    assert len(ended.samples) == 2 * A_ROUND


def test_a_run_that_takes_longer_than_runs_may_is_stopped_with_a_sentence() -> None:
    trials = FakeTrials()
    ended = measure(a_run(a_plan(rounds=100)), trials.seams(limit=10.0))
    assert ended.state == "stopped"
    assert ended.error == "A run may take 10 s at most."
    assert len(ended.samples) == len(trials.kept) == 11


def test_a_stop_between_trials_keeps_what_was_measured() -> None:
    trials = FakeTrials()
    ended = measure(
        a_run(a_plan(rounds=100)), trials.seams(stopping=lambda: len(trials.kept) == 10)
    )
    assert ended.state == "stopped"
    assert ended.error == ""
    assert list(ended.samples) == trials.kept
    assert len(trials.kept) == len(trials.asked) == 10


def test_a_stop_before_the_first_trial_measures_nothing() -> None:
    trials = FakeTrials()
    ended = measure(a_run(a_plan()), trials.seams(stopping=lambda: True))
    assert (ended.state, ended.samples, trials.asked) == ("stopped", (), [])


class StoppedInATrial(FakeTrials):
    """Its seventh trial is cut short."""

    def __call__(self, contender: Contender, round_: int, order: int) -> Sample | Failure:
        if len(self.asked) == 6:
            raise Stopped
        return super().__call__(contender, round_, order)


def test_a_stop_within_a_trial_keeps_what_was_measured_before() -> None:
    trials = StoppedInATrial()
    ended = measure(a_run(a_plan(rounds=100)), trials.seams())
    assert ended.state == "stopped"
    assert list(ended.samples) == trials.kept
    assert len(ended.samples) == 6


@pytest.mark.parametrize("trials", [FakeTrials, never_precise])
def test_each_outcome_is_kept_as_it_arrives(trials: Callable[[], FakeTrials]) -> None:
    fake = trials()
    ended = measure(a_run(a_plan(rounds=3)), fake.seams())
    assert fake.kept == list(ended.samples)
    assert [(sample.contender, sample.round, sample.order) for sample in ended.samples] == (
        fake.asked
    )


def test_progress_counts_every_trial_and_ends_at_all_of_them() -> None:
    plan = a_plan(rounds=3)
    trials = FakeTrials()
    measure(a_run(plan), trials.seams())
    samples = [outcome for outcome in trials.kept if isinstance(outcome, Sample)]
    seen = [progress(a_run(plan, samples[:count])) for count in range(len(samples) + 1)]
    assert [now.done for now in seen] == list(range(13))
    assert {now.expected for now in seen} == {12}
    assert seen[-1].share == 1.0


def disturbed_in(rounds: Collection[int]) -> Does:
    return lambda now: a_sample("threads × 2", now, foreign=0.5 if now in rounds else 0.0)


def rounds_measured(run: Run) -> int:
    return max(sample.round for sample in run.samples)


def test_a_disturbed_round_is_measured_again() -> None:
    trials = FakeTrials({"threads × 2": disturbed_in({2, 4})})
    ended = measure(a_run(a_plan(budget_s=3_600.0)), trials.seams())
    assert rounds_measured(ended) == 7
    assert {sample.round for sample in ended.samples} == {1, 2, 3, 4, 5, 6, 7}


def test_a_machine_that_is_never_calm_ends_with_the_budget() -> None:
    trials = FakeTrials({"threads × 2": disturbed_in(range(1_000))})
    ended = measure(a_run(a_plan(budget_s=40.0)), trials.seams())
    assert (ended.state, rounds_measured(ended)) == ("done", 8)


def test_exactly_so_many_rounds_are_no_more_though_some_were_disturbed() -> None:
    trials = FakeTrials({"threads × 2": disturbed_in({2})})
    assert rounds_measured(measure(a_run(a_plan(rounds=3)), trials.seams())) == 3


def test_a_run_that_has_rounds_goes_on_after_them_for_as_long_again() -> None:
    first = measure(a_run(a_plan(precision="quick")), FakeTrials().seams())
    trials = FakeTrials()
    ended = measure(replace(first, state="running"), trials.seams())
    assert {round_ for _, round_, _ in trials.asked} == {4, 5, 6}
    assert ended.samples[: len(first.samples)] == first.samples
    assert rounds_measured(ended) == 6


def test_the_order_of_a_run_that_goes_on_is_that_of_one_that_never_stopped() -> None:
    first = measure(a_run(a_plan(rounds=2)), FakeTrials().seams())
    goes_on = FakeTrials()
    measure(replace(first, state="running"), goes_on.seams())
    whole = FakeTrials()
    measure(a_run(a_plan(rounds=4)), whole.seams())
    assert goes_on.asked == [asked for asked in whole.asked if asked[1] > 2]
