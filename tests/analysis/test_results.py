"""From samples to one result a contender: paired within rounds, roles, errors, precision."""

import math
import random
from dataclasses import replace
from statistics import mean

import pytest
from scipy import stats

from bench.analysis.intervals import geometric
from bench.analysis.results import errors_of, precise_enough, results
from tests.build import a_failure, a_plan, a_run, a_sample, rounds_of

PLAN = a_plan(executors=["threads"])
NAMES = ("sequential", "control", "threads × 2")

STEADY = {
    "sequential": [2.0, 2.2, 1.8],
    "control": [2.0, 2.2, 1.8],
    "threads × 2": [1.0, 1.1, 0.9],
}


def test_there_is_one_result_for_each_of_the_line_up_baseline_and_control_first() -> None:
    found = results(a_run(a_plan(), rounds_of(a_plan(), STEADY)))
    assert [result.contender.name for result in found] == [*NAMES, "processes × 2"]
    assert [result.contender.role for result in found] == [
        "baseline",
        "control",
        "contender",
        "contender",
    ]


def test_a_speedup_is_the_geometric_mean_of_ratios_within_rounds() -> None:
    threads = results(a_run(PLAN, rounds_of(PLAN, STEADY)))[2]
    assert threads.warm
    assert threads.warm.speedup
    assert threads.warm.speedup.estimate == pytest.approx(2.0)
    assert threads.warm.speedup.half_width == pytest.approx(0.0, abs=1e-9)
    assert threads.warm.verdict == "faster"


def test_baseline_and_control_tell_together_what_sequential_work_takes() -> None:
    times = {
        "sequential": [2.0, 2.2, 1.8],
        "control": [2.1, 1.9, 2.0],
        "threads × 2": [1.0, 1.1, 0.9],
    }
    baseline, control, threads = results(a_run(PLAN, rounds_of(PLAN, times)))
    each = zip(*times.values(), strict=True)
    paired = stats.ttest_1samp(
        [(math.log(one) + math.log(again)) / 2 - math.log(own) for one, again, own in each], 0
    ).confidence_interval(0.95)
    assert threads.warm
    assert threads.warm.speedup
    assert threads.warm.speedup.low == pytest.approx(math.exp(paired.low))
    assert threads.warm.speedup.high == pytest.approx(math.exp(paired.high))
    # The control stands against the baseline alone, and either's time is its own.
    assert control.warm
    assert control.warm.ratios == pytest.approx({1: 2.0 / 2.1, 2: 2.2 / 1.9, 3: 1.8 / 2.0})
    assert control.warm.seconds == geometric(times["control"])
    assert baseline.warm
    assert baseline.warm.seconds == geometric(times["sequential"])


@pytest.mark.parametrize("lacking", ["round", "answer"])
def test_without_a_control_the_baseline_stands_alone(lacking: str) -> None:
    odd = lacking == "answer"
    kept = [
        replace(one, answer="another") if odd and one.contender == "control" else one
        for one in rounds_of(PLAN, {**STEADY, "control": [2.0, 8.8, 1.8]})
        if odd or (one.contender, one.round) != ("control", 2)
    ]
    threads = results(a_run(PLAN, kept))[2]
    assert threads.warm
    assert threads.warm.ratios == pytest.approx({1: 2.0, 2: 2.0, 3: 2.0})


def test_intervals_are_narrower_by_the_control_and_hold_the_truth_as_often() -> None:
    rng = random.Random(7)
    held, alone, together = 0, [], []
    for _ in range(400):
        times = {
            name: [rng.lognormvariate(math.log(middle), 0.05) for _ in range(5)]
            for name, middle in (("sequential", 2.0), ("control", 2.0), ("threads × 2", 1.0))
        }
        _, control, threads = results(a_run(PLAN, rounds_of(PLAN, times)))
        assert control.warm
        assert control.warm.speedup
        assert threads.warm
        assert threads.warm.speedup
        low, high = threads.warm.speedup.low, threads.warm.speedup.high
        held += low is not None and high is not None and low <= 2.0 <= high
        alone.append(control.warm.speedup.half_width)
        together.append(threads.warm.speedup.half_width)
    assert 0.92 < held / 400 < 0.98
    assert mean(together) / mean(alone) == pytest.approx(math.sqrt(1.5 / 2), rel=0.05)


def test_seconds_are_a_geometric_mean_of_their_own() -> None:
    threads = results(a_run(PLAN, rounds_of(PLAN, STEADY)))[2]
    assert threads.warm
    assert threads.warm.seconds == geometric([1.0, 1.1, 0.9])


def test_the_baseline_is_exactly_as_fast_as_itself() -> None:
    baseline = results(a_run(PLAN, rounds_of(PLAN, STEADY)))[0]
    assert baseline.warm
    assert baseline.warm.speedup
    assert baseline.warm.speedup.estimate == 1.0
    assert baseline.warm.verdict == "no difference shown"


def test_warm_and_cold_are_told_apart() -> None:
    samples = [a_sample("sequential", round_, warm=2.0, cold=2.0) for round_ in (1, 2, 3)] + [
        a_sample("threads × 2", round_, warm=1.0, cold=4.0) for round_ in (1, 2, 3)
    ]
    threads = results(a_run(PLAN, samples))[2]
    assert threads.warm
    assert threads.cold
    assert (threads.warm.verdict, threads.cold.verdict) == ("faster", "slower")
    assert threads.reading("warm") is threads.warm
    assert threads.reading("cold") is threads.cold


def test_only_rounds_that_both_finished_are_compared() -> None:
    samples = [
        a_sample("sequential", 1, warm=2.0),
        a_sample("sequential", 2, warm=3.0),
        a_sample("sequential", 4, warm=100.0),
        a_sample("threads × 2", 1, warm=1.0),
        a_sample("threads × 2", 2, warm=1.5),
        a_sample("threads × 2", 3, warm=0.001),
    ]
    threads = results(a_run(PLAN, samples))[2]
    assert threads.n == 2
    assert threads.warm
    assert threads.warm.speedup
    assert threads.warm.speedup.estimate == pytest.approx(2.0)


def test_seconds_count_every_sample_compared_or_not() -> None:
    samples = [a_sample("sequential", 1), a_sample("threads × 2", 2, warm=3.0)]
    threads = results(a_run(PLAN, samples))[2]
    assert threads.n == 0
    assert threads.warm
    assert threads.warm.seconds.estimate == pytest.approx(3.0)
    assert threads.warm.speedup is None
    assert threads.warm.verdict == "no difference shown"


def test_the_order_in_which_samples_arrive_does_not_matter() -> None:
    samples = rounds_of(PLAN, STEADY)
    assert results(a_run(PLAN, samples)) == results(a_run(PLAN, samples[::-1]))


def test_a_contender_without_a_sample_has_no_reading_and_no_error() -> None:
    control = results(a_run(PLAN, [a_sample("sequential")]))[1]
    assert (control.n, control.warm, control.cold, control.error) == (0, None, None, "")


def test_verdicts_are_corrected_for_the_number_of_contenders_without_the_control() -> None:
    times = {"sequential": [1.0] * 3, "control": [1.0] * 3, "threads × 2": [0.9, 0.92, 0.94]}
    alone = results(a_run(PLAN, rounds_of(PLAN, times)))[2]
    many = a_plan(executors=["threads"], workers=list(range(2, 34)))
    among_many = results(a_run(many, rounds_of(many, times)))[2]
    assert alone.warm
    assert among_many.warm
    assert alone.warm.speedup == among_many.warm.speedup
    assert (alone.warm.verdict, among_many.warm.verdict) == ("faster", "no difference shown")


def test_the_first_failure_of_a_contender_is_its_error() -> None:
    failures = [a_failure("threads × 2", 1, "First."), a_failure("threads × 2", 2, "Second.")]
    assert errors_of(PLAN, [], failures) == {"threads × 2": "First."}


def test_answers_are_compared_with_the_baselines_whoever_came_first() -> None:
    samples = [a_sample("threads × 2", answer="169"), a_sample("sequential", answer="168")]
    assert errors_of(PLAN, samples, []) == {
        "threads × 2": "Its answer 169 differs from the sequential answer 168."
    }


def test_answers_are_not_judged_before_the_baseline_has_one() -> None:
    assert errors_of(PLAN, [a_sample("threads × 2", answer="169")], []) == {}


def test_a_failure_outweighs_another_answer() -> None:
    samples = [a_sample("sequential"), a_sample("threads × 2", answer="169")]
    errors = errors_of(PLAN, samples, [a_failure("threads × 2", 2)])
    assert errors["threads × 2"] == "It broke."


def test_a_run_is_precise_once_every_interval_is_as_narrow_as_asked() -> None:
    spread = {**STEADY, "control": [2.0 * math.exp(step) for step in (-0.01, 0.11, -0.1)]}
    assert precise_enough(a_run(PLAN, rounds_of(PLAN, STEADY)))
    assert not precise_enough(a_run(PLAN, rounds_of(PLAN, spread)))


@pytest.mark.parametrize(("precision", "enough"), [("quick", True), ("rigorous", False)])
def test_how_narrow_is_a_question_of_the_plans_precision(precision: str, enough: bool) -> None:
    spread = {**STEADY, "control": [2.0, 2.2 * 1.01, 1.8 * 0.99]}
    plan = replace(PLAN, precision=precision)
    assert precise_enough(a_run(plan, rounds_of(plan, spread))) is enough


def test_one_round_is_never_precise() -> None:
    one = {name: times[:1] for name, times in STEADY.items()}
    assert not precise_enough(a_run(PLAN, rounds_of(PLAN, one)))


def test_a_contender_without_a_sample_is_not_precise() -> None:
    assert not precise_enough(a_run(PLAN, rounds_of(PLAN, {"sequential": [1.0] * 9})))


def test_a_contender_that_failed_does_not_keep_a_run_from_being_precise() -> None:
    without = {name: times for name, times in STEADY.items() if name != "threads × 2"}
    run = a_run(PLAN, rounds_of(PLAN, without), [a_failure("threads × 2")])
    assert precise_enough(run)
