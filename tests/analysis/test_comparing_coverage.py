"""What comparisons of two runs cover, simulated: why both measures are told, and the caution.

Two runs on a machine that drifts, as in test_coverage.py. Neighbouring rounds are alike, which
times feel and speedups do not.
"""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench.analysis.comparing import MEASURES, Measure, compare
from bench.analysis.intervals import CONFIDENCE
from bench.analysis.welch import welch
from bench.samples import Run
from tests.analysis.test_coverage import Array, noise, shuffled_rounds
from tests.build import a_plan, a_run, rounds_of

RUNS = 3_000
TRUE_CHANGE = 0.93
LINE_UP = 6


def covered(a: Array, b: Array) -> float:
    """How many intervals of B's values (logarithms, by run and round) over A's hold the truth."""
    truth, found = math.log(TRUE_CHANGE), 0
    for mine, theirs in zip(np.exp(a).tolist(), (TRUE_CHANGE * np.exp(b)).tolist(), strict=True):
        ends = welch(theirs, mine).ends(CONFIDENCE)
        assert ends
        found += ends[0] <= truth <= ends[1]
    return found / len(a)


@pytest.mark.parametrize("rounds", [3, 5, 10])
def test_ratios_of_speedups_cover_the_truth_where_the_machine_drifts(rounds: int) -> None:
    a, b = (
        shuffled_rounds(np.random.default_rng(seed + rounds), RUNS, rounds, LINE_UP)
        for seed in (60_000, 61_000)
    )
    assert 0.93 <= covered(a[:, :, 0] - a[:, :, -1], b[:, :, 0] - b[:, :, -1]) <= 0.98


def test_ratios_of_times_do_where_it_does_not_drift_and_else_far_less_often() -> None:
    rng = np.random.default_rng(62_000)
    calm = [noise(rng, (RUNS, 5)) for _ in range(2)]
    assert 0.93 <= covered(*calm) <= 0.98
    drifting = [shuffled_rounds(rng, RUNS, 5, LINE_UP)[:, :, -1] for _ in range(2)]
    assert covered(*drifting) < 0.8


def test_runs_that_do_not_differ_rarely_say_that_a_contender_does() -> None:
    rng = np.random.default_rng(63_000)
    pairs = [(run_of(rng), run_of(rng, 2)) for _ in range(200)]
    for measure in MEASURES:
        assert sum(says_anything(a, b, measure) for a, b in pairs) / len(pairs) <= 0.05


def test_a_real_difference_is_found() -> None:
    rng = np.random.default_rng(64_000)
    found = sum(says_anything(run_of(rng), run_of(rng, 2, 1.15), "time") for _ in range(50))
    assert found >= 49


def says_anything(a: Run, b: Run, measure: Measure) -> bool:
    return any(change.shown for _, change in compare(a, b).changes(measure, "warm"))


def run_of(rng: np.random.Generator, number: int = 1, slower: float = 1.0) -> Run:
    """Five rounds of a calm machine; the contenders take so many times as long."""
    plan = a_plan(workers=(1, 2))
    seconds = {
        one.name: np.exp(rng.normal(0, 0.02, 5) + math.log(slower if one.workers > 1 else 1))
        for one in plan.line_up
    }
    samples = rounds_of(plan, {name: each.tolist() for name, each in seconds.items()})
    return replace(a_run(plan, samples, state="done"), id=str(number) * 12)
