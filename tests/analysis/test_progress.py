"""How far a run has come, and how long it will take."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analysis.progress import Progress, estimated_seconds, progress
from bench.plan import Plan
from bench.samples import Sample
from bench.workloads import all_workloads
from tests.build import a_failure, a_plan, a_run, a_sample, rounds_of

PLAN = a_plan(rounds=5)
STEADY = {contender.name: [1.0] * 5 for contender in PLAN.line_up}


def by_round(samples: tuple[Sample, ...]) -> list[Sample]:
    return sorted(samples, key=lambda sample: (sample.round, sample.order))


def seen(plan: Plan, times: Mapping[str, list[float]]) -> list[Progress]:
    """Progress after each trial of a run."""
    samples = by_round(rounds_of(plan, times))
    return [progress(a_run(plan, samples[:count])) for count in range(len(samples) + 1)]


def test_nothing_is_done_before_the_first_trial() -> None:
    now = progress(a_run(PLAN))
    assert (now.done, now.expected, now.round, now.seconds_left) == (0, 20, 0, None)
    assert now.share == 0.0


def test_trials_are_counted_and_the_share_grows_to_one() -> None:
    found = seen(PLAN, STEADY)
    assert [now.done for now in found] == list(range(21))
    assert [now.share for now in found] == sorted(now.share for now in found)
    assert found[-1].share == 1.0


def test_the_time_left_falls_to_nothing() -> None:
    left = [now.seconds_left for now in seen(PLAN, STEADY)[1:]]
    assert left == sorted(left, key=lambda seconds: -(seconds or 0.0))
    assert left[-1] == 0.0


def test_the_time_left_follows_from_the_trials_so_far() -> None:
    samples = [a_sample(contender.name, 1, trial=3.0) for contender in PLAN.line_up]
    assert progress(a_run(PLAN, samples)).seconds_left == 16 * 3.0


def test_a_round_begun_is_the_round() -> None:
    assert [now.round for now in seen(PLAN, STEADY)[:6]] == [0, 1, 1, 1, 1, 2]


def test_a_failed_contender_is_not_expected_again() -> None:
    rest = [a_sample(contender.name, 1) for contender in PLAN.line_up[:-1]]
    now = progress(a_run(PLAN, rest, [a_failure("processes × 2")]))
    assert (now.done, now.expected) == (4, 4 + 4 * 3)


def test_a_run_with_a_failed_contender_is_done_with_its_last_trial() -> None:
    times = {name: seconds for name, seconds in STEADY.items() if name != "processes × 2"}
    samples = by_round(rounds_of(PLAN, times))
    failure = a_failure("processes × 2")
    shares = [
        progress(a_run(PLAN, samples[:count], [failure])).share for count in range(len(samples) + 1)
    ]
    assert shares == sorted(shares)
    assert [share for share in shares if share == 1.0] == [1.0]


def test_a_run_until_it_is_precise_expects_its_least_rounds_at_first() -> None:
    assert progress(a_run(a_plan())).expected == 5 * 4


def test_a_noisy_run_expects_more_rounds_than_the_least() -> None:
    plan = a_plan(budget_s=3_600.0)
    noisy = {**STEADY, "threads × 2": [1.0, 1.2, 1.0, 1.2, 1.0]}
    assert seen(plan, noisy)[-1].expected > 5 * 4


def test_a_noisy_run_expects_no_more_rounds_than_its_budget_pays() -> None:
    plan = a_plan(budget_s=100.0)
    noisy = {**STEADY, "threads × 2": [1.0, 3.0, 1.0, 3.0, 1.0]}
    run = a_run(plan, by_round(rounds_of(plan, noisy)))
    a_round = sum(sample.trial_s or 0.0 for sample in run.samples) / 5
    assert progress(run).expected == int(100.0 / a_round) * 4


@given(
    st.lists(
        st.tuples(st.sampled_from([one.name for one in PLAN.line_up]), st.floats(1e-6, 1e3)),
        max_size=40,
    ),
    st.sampled_from(["quick", "standard", "rigorous"]),
)
def test_progress_makes_sense_whatever_was_measured(
    outcomes: list[tuple[str, float]], precision: str
) -> None:
    counts = dict.fromkeys(STEADY, 0)
    samples = []
    for name, seconds in outcomes:
        counts[name] += 1
        samples.append(a_sample(name, counts[name], warm=seconds))
    now = progress(a_run(a_plan(precision=precision), samples))
    assert now.done == len(samples) <= now.expected
    assert 0.0 <= now.share <= 1.0
    assert (now.seconds_left is None) == (not samples)
    assert now.seconds_left is None or now.seconds_left >= 0


PRESETS = [(work.name, preset) for work in all_workloads().values() for preset in work.presets]


def estimate(plan: Plan) -> tuple[float, float]:
    """What a plan of the lab's own work is estimated to take on two CPUs."""
    estimated = estimated_seconds(plan, usable_cpus=2)
    assert estimated
    return estimated


@pytest.mark.parametrize(("workload", "preset"), PRESETS)
def test_every_workload_can_be_estimated(workload: str, preset: str) -> None:
    plan = a_plan(workload, preset=preset, parameters={})
    least, most = estimate(plan)
    assert 0 < least <= most


def test_an_estimate_is_of_all_the_rounds_that_there_will_be() -> None:
    assert estimate(a_plan(rounds=8))[0] == pytest.approx(2 * estimate(a_plan(rounds=4))[0])


def test_an_estimate_ends_with_the_budget_or_the_least_rounds() -> None:
    assert estimate(a_plan(budget_s=1_000.0))[1] == 1_000.0
    least, most = estimate(a_plan(budget_s=0.1))
    assert least == most


def test_an_estimate_of_exactly_so_many_rounds_is_one_number() -> None:
    least, most = estimate(a_plan(rounds=7))
    assert least == most


def test_more_work_is_estimated_to_take_longer() -> None:
    small, large = (estimate(a_plan(parameters={"limit": limit})) for limit in (10_000, 1_000_000))
    assert small < large


def test_only_waiting_is_estimated_to_gain_from_more_workers_than_cpus() -> None:
    def least(workload: str, workers: int) -> float:
        plan = a_plan(
            workload, executors=["threads"], workers=[workers], preset="article", parameters={}
        )
        return estimate(plan)[0]

    assert least("pages", 4) < least("pages", 2)
    assert least("sha256", 4) == least("sha256", 2)
    assert least("primes", 4) == least("primes", 1)
