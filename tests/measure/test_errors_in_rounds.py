"""Contenders that fail or give another answer: named, left out, and no harm to the others."""

import pytest

from bench.analysis.results import errors_of, results
from bench.measure.rounds import measure
from bench.samples import Run
from tests.build import a_failure, a_plan, a_run, a_sample
from tests.measure.fakes import Does, FakeTrials

A_ROUND = 4


def fails_from(round_: int) -> Does:
    return lambda now: a_failure("threads × 2", now) if now >= round_ else 1.0


def answers(name: str, answer: str, round_: int = 1) -> Does:
    """Gives another answer from that round on."""
    return lambda now: a_sample(name, now, answer=answer if now >= round_ else "168")


def tried(trials: FakeTrials, name: str) -> int:
    return sum(asked == name for asked, _, _ in trials.asked)


def error_of(run: Run, name: str) -> str:
    return errors_of(run.plan, run.samples, run.failures).get(name, "")


@pytest.mark.parametrize("round_", [1, 3])
def test_a_contender_that_fails_is_not_tried_again_while_the_rest_goes_on(round_: int) -> None:
    trials = FakeTrials({"threads × 2": fails_from(round_)})
    ended = measure(a_run(a_plan(rounds=5)), trials.seams())
    assert ended.state == "done"
    assert tried(trials, "threads × 2") == round_
    assert [tried(trials, name) for name in ("sequential", "control", "processes × 2")] == [5] * 3


def test_a_contender_that_failed_once_has_no_result_though_it_has_samples() -> None:
    trials = FakeTrials({"threads × 2": fails_from(3)})
    ended = measure(a_run(a_plan(rounds=5)), trials.seams())
    threads = results(ended)[2]
    assert threads.error == "It broke."
    assert (threads.warm, threads.cold, threads.n) == (None, None, 0)


def test_a_failure_does_not_keep_a_precise_run_from_ending() -> None:
    trials = FakeTrials({"threads × 2": fails_from(1)})
    ended = measure(a_run(a_plan(budget_s=3_600.0)), trials.seams())
    assert len(ended.samples) == 5 * (A_ROUND - 1)


def test_a_run_whose_contenders_have_all_failed_ends_after_that_round() -> None:
    trials = FakeTrials(
        {"threads × 2": fails_from(1), "processes × 2": lambda now: a_failure("processes × 2", now)}
    )
    ended = measure(a_run(a_plan(rounds=50)), trials.seams())
    assert ended.state == "done"
    assert len(trials.asked) == A_ROUND
    assert len(ended.failures) == 2


def test_a_run_fails_with_its_baseline_and_says_why() -> None:
    trials = FakeTrials({"sequential": lambda now: a_failure("sequential", now)})
    ended = measure(a_run(a_plan(rounds=50)), trials.seams())
    assert ended.state == "failed"
    assert ended.error == "The baseline failed. It broke."
    assert len(trials.asked) == A_ROUND


def test_a_failing_control_leaves_the_contenders_their_results() -> None:
    trials = FakeTrials({"control": lambda now: a_failure("control", now)})
    ended = measure(a_run(a_plan(rounds=3)), trials.seams())
    assert ended.state == "done"
    assert [result.n for result in results(ended)] == [3, 0, 3, 3]


def test_another_answer_than_the_sequential_one_is_an_error_that_names_both() -> None:
    trials = FakeTrials({"threads × 2": answers("threads × 2", "169")})
    ended = measure(a_run(a_plan(rounds=4)), trials.seams())
    said = error_of(ended, "threads × 2")
    assert said == "Its answer 169 differs from the sequential answer 168."
    assert ended.state == "done"


def test_a_contender_with_another_answer_is_not_measured_again() -> None:
    trials = FakeTrials({"threads × 2": answers("threads × 2", "169", round_=2)})
    measure(a_run(a_plan(rounds=6)), trials.seams())
    assert tried(trials, "threads × 2") == 2


def test_a_contender_with_another_answer_has_no_result() -> None:
    trials = FakeTrials({"threads × 2": answers("threads × 2", "169", round_=2)})
    ended = measure(a_run(a_plan(rounds=6)), trials.seams())
    assert results(ended)[2].warm is None


def test_a_baseline_that_contradicts_itself_fails_the_run() -> None:
    trials = FakeTrials({"sequential": answers("sequential", "169", round_=2)})
    ended = measure(a_run(a_plan(rounds=6)), trials.seams())
    assert ended.state == "failed"
    assert ended.error == (
        "The baseline failed. Its answer 169 differs from the sequential answer 168."
    )


SWEPT = a_plan(executors=["threads"], parameters={}, sweep=("limit", [1_000, 2_000]), rounds=3)


def test_where_one_swept_value_has_no_baseline_the_others_go_on() -> None:
    lost = "sequential at limit 2,000"
    trials = FakeTrials({lost: lambda now: a_failure(lost, now)})
    ended = measure(a_run(SWEPT), trials.seams())
    assert ended.state == "done"
    assert tried(trials, "threads × 2 at limit 1,000") == 3
    assert tried(trials, "threads × 2 at limit 2,000") <= 1
    assert results(ended)[-1].error == "Its baseline failed. It broke."


def test_a_run_whose_baselines_all_fail_has_failed() -> None:
    baselines = ["sequential at limit 1,000", "sequential at limit 2,000"]
    fails: dict[str, Does] = {name: fails_as(name) for name in baselines}
    ended = measure(a_run(SWEPT), FakeTrials(fails).seams())
    assert (ended.state, ended.error) == ("failed", "The baseline failed. It broke.")


def fails_as(name: str) -> Does:
    return lambda now: a_failure(name, now)
