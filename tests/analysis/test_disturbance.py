"""Rounds that others disturbed: which they are, and what the estimates rest on."""

from dataclasses import replace

import pytest

from bench.analysis.disturbance import calm_rounds, disturbance, is_disturbed, worth_again
from bench.analysis.results import results
from bench.analysis.warnings import warnings
from bench.plan import Plan
from bench.samples import Run, Sample
from tests.build import a_plan, a_run, a_sample

PLAN = a_plan(executors=["threads"])  # at least 5 rounds


def rounds(plan: Plan, disturbed: dict[int, float], count: int, *, slow: float = 1.0) -> Run:
    """So many rounds; disturbed ones had that foreign share, and threads took so much longer."""
    samples: list[Sample] = []
    for round_ in range(1, count + 1):
        share = disturbed.get(round_, 0.0)
        for order, one in enumerate(plan.line_up):
            warm = slow if share and one.executor == "threads" else 1.0
            foreign = share if one.executor == "threads" else 0.0
            samples.append(a_sample(one.name, round_, order, warm=warm, foreign=foreign))
    return a_run(plan, samples, state="done")


@pytest.mark.parametrize(
    ("foreign", "steal", "disturbed"),
    [(0.1, 0.01, False), (0.11, 0.0, True), (0.0, 0.011, True), (None, None, False)],
)
def test_a_trial_is_disturbed_beyond_a_tenth_of_the_cpus_or_a_hundredth_stolen(
    foreign: float | None, steal: float | None, disturbed: bool
) -> None:
    assert is_disturbed(a_sample(foreign=foreign, steal=steal)) is disturbed


DISTURBED, CALM = a_sample(foreign=0.5), a_sample(foreign=0.0)


def test_a_disturbed_trial_is_worth_another_one_as_long_as_that_helps() -> None:
    assert not worth_again(CALM, [])
    assert worth_again(DISTURBED, [])
    assert worth_again(DISTURBED, [replace(CALM, again=1)] * 10)
    assert not worth_again(DISTURBED, [replace(DISTURBED, again=1)] * 10)
    assert not worth_again(DISTURBED, [CALM, replace(DISTURBED, again=4)] * 10)
    assert not worth_again(replace(DISTURBED, again=4), [])


def test_one_disturbed_trial_disturbs_its_whole_round() -> None:
    found = disturbance(PLAN, rounds(PLAN, {2: 0.4}, 6).samples)
    assert found.disturbed == (2,)
    assert found.used == {1, 3, 4, 5, 6}
    assert found.set_aside
    assert found.foreign_share == 0.4
    assert calm_rounds(PLAN, rounds(PLAN, {2: 0.4}, 6).samples) == 5


def test_with_too_few_calm_rounds_the_estimates_rest_on_all() -> None:
    found = disturbance(PLAN, rounds(PLAN, {2: 0.4, 3: 0.2, 4: 0.3, 6: 0.2}, 6).samples)
    assert found.used == {1, 2, 3, 4, 5, 6}
    assert not found.set_aside


def test_three_calm_rounds_are_enough_to_do_without_many_others() -> None:
    run = rounds(PLAN, dict.fromkeys(range(4, 16), 0.4), 15, slow=2.0)
    assert disturbance(PLAN, run.samples).used == {1, 2, 3}
    threads = results(run)[2]
    assert threads.n == 3
    assert threads.warm
    assert threads.warm.speedup
    assert threads.warm.speedup.estimate == pytest.approx(1.0)
    told = {one.code: one for one in warnings(run)}
    assert "12 of 15 rounds were disturbed" in told["set-aside"].message
    assert told["few-rounds"].message == "Only 3 rounds were calm of at least 5."
    assert told["few-rounds"].action == "Continue it when less else goes on."


def test_estimates_do_without_disturbed_rounds() -> None:
    threads = results(rounds(PLAN, {2: 0.4}, 6, slow=3.0))[2]
    assert threads.n == 5
    assert threads.warm
    assert threads.warm.speedup
    assert threads.warm.speedup.estimate == pytest.approx(1.0)


def test_a_slow_round_that_nobody_disturbed_is_not_left_out() -> None:
    run = rounds(PLAN, {}, 6)
    slow = [
        a_sample(one.contender, one.round, one.order, warm=9.0)
        if one.round == 2 and one.contender == "threads × 2"
        else one
        for one in run.samples
    ]
    threads = results(a_run(PLAN, slow))[2]
    assert threads.n == 6
    assert threads.warm
    assert threads.warm.speedup
    assert threads.warm.speedup.estimate < 0.8


def test_a_run_on_a_system_that_does_not_tell_has_no_disturbed_rounds() -> None:
    silent = [a_sample("sequential", round_, foreign=None) for round_ in (1, 2)]
    found = disturbance(PLAN, silent)
    assert (found.disturbed, found.told) == ((), False)
