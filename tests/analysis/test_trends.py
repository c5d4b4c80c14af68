"""One plan over time: the newest run against those before, whose differences are the noise."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from bench.analysis.comparing import Measure
from bench.analysis.intervals import Interval
from bench.analysis.summary import Figure, Summary, summary_of
from bench.analysis.trends import Past, TrendLine, trend_lines, trend_sentences
from tests.factory import PROCESSES_WIN, a_run

# Of one contender beside the baseline.
PLAN = a_run({"threads × 2": (3.0, 0.0)}, rounds=0)


def pasts(seconds: Sequence[float | None], baseline: float = 1.0) -> list[Past]:
    """Runs in which threads took so long."""
    same = Figure(Interval(baseline), Interval(1.0))
    return [
        Past(
            PLAN,
            Summary("", (same, same, Figure(Interval(one), Interval(1 / one)) if one else None)),
        )
        for one in seconds
    ]


def line(seconds: Sequence[float | None], measure: Measure = "time") -> TrendLine:
    return trend_lines(pasts(seconds), measure)[-1]


def test_the_newest_run_is_held_against_what_the_next_one_would_be() -> None:
    before, newest = [1.0, 1.1, 0.9, 1.05], 1.4
    found = line([*before, newest]).newest
    assert found
    logs = np.log(before)
    reach = stats.t.ppf(0.975, 3) * logs.std(ddof=1) * math.sqrt(1 + 1 / 4)
    change = math.log(newest) - logs.mean()
    assert [found.ratio.low, found.ratio.estimate, found.ratio.high] == pytest.approx(
        np.exp([change - reach, change, change + reach])
    )


def test_a_run_that_differs_by_more_than_they_do_is_said_to() -> None:
    steady = [1.0, 1.01, 0.99, 1.0]
    (said,) = trend_sentences(trend_lines(pasts([*steady, 1.3]), "time"), "time")
    assert said.startswith("Threads × 2: 1.30 times the time of the runs before (1.2")
    assert said.endswith("slower by more than they differ from each other.")
    (said,) = trend_sentences(trend_lines(pasts([*steady, 1.3]), "speedup"), "speedup")
    assert "0.769 times the speedup" in said
    assert "lower by more" in said


def test_where_runs_vary_much_the_same_difference_is_none() -> None:
    (said,) = trend_sentences(trend_lines(pasts([1.0, 1.3, 0.8, 1.2, 1.3]), "time"), "time")
    assert said.startswith("The newest run's times differ from those before by no more than")


def test_of_few_runs_it_is_said_that_they_are_too_few() -> None:
    (said,) = trend_sentences(trend_lines(pasts([1.0, 1.0, 9.0]), "time"), "time")
    assert said.endswith("at least 3 are needed.")


def test_a_run_without_a_result_leaves_a_gap_and_is_no_newest() -> None:
    found = line([1.0, None, 1.0, 1.0, 1.0, None])
    assert [value is None for value in found.values] == [False, True, False, False, False, True]
    assert found.newest is None


def test_of_times_the_baseline_has_a_line_and_of_speedups_it_has_none() -> None:
    summed = [Past(run, summary_of(run)) for run in [a_run(seed=seed) for seed in range(2)]]
    names = {
        measure: [one.contender.name for one in trend_lines(summed, measure)]
        for measure in ("time", "speedup")
    }
    assert names == {"time": ["sequential", *PROCESSES_WIN], "speedup": [*PROCESSES_WIN]}


def test_runs_that_do_not_differ_are_rarely_said_to() -> None:
    rng = np.random.default_rng(70_000)
    false = 0
    for _ in range(1_000):
        logs = rng.normal(0, 0.05, 6)
        newest = line(np.exp(logs).tolist()).newest
        false += newest is not None and newest.shown
    assert false / 1_000 <= 0.05
