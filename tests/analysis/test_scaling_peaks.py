"""No peak is named where there is none, and none is missed that the runs show: simulated."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from bench.analysis.scaling import Withheld
from bench.analysis.usl import Usl
from bench.analysis.usl import usl as law
from tests.analysis.simulated import Array, a_ladder, runs_of, usl

WORKERS = [1, 2, 3, 4, 6, 8]
RUNS = 400

# Speedups that have no peak: they grow, more and more slowly; level off at once; or stay at one.
NONE = {
    "ideal": usl(WORKERS, 0.0),
    "serial": usl(WORKERS, 0.3),
    "level": np.log(np.minimum(WORKERS, 4)),
    "flat": usl(WORKERS, 1.0),
}


def found(rng: np.random.Generator, logs: Array, rounds: int, size: float) -> Iterator[Usl | None]:
    """The law where it was fitted, else None, run by run."""
    for rows in runs_of(rng, RUNS, rounds, logs, size):
        said = law(a_ladder(WORKERS, rows))
        yield None if isinstance(said, Withheld) else said


@pytest.mark.parametrize("name", NONE)
@pytest.mark.parametrize(("rounds", "size"), [(3, 0.05), (5, 0.02)])
def test_where_there_is_no_peak_one_is_named_in_less_than_one_run_of_20(
    name: str, rounds: int, size: float
) -> None:
    rng = np.random.default_rng([1, rounds, list(NONE).index(name)])
    fits = list(found(rng, NONE[name], rounds, size))
    assert np.mean([fit is not None and fit.fell for fit in fits]) <= 0.05
    assert np.mean([fit is not None and fit.peak is not None for fit in fits]) <= 0.05


@pytest.mark.parametrize("name", ["ideal", "serial", "flat"])
def test_where_workers_cost_each_other_nothing_the_law_is_fitted_as_rarely(name: str) -> None:
    rng = np.random.default_rng([2, list(NONE).index(name)])
    fits = list(found(rng, NONE[name], 5, 0.03))
    assert np.mean([fit is not None for fit in fits]) <= 0.075  # 5%, and chance besides


def test_speedups_that_level_off_would_get_a_peak_if_no_fall_were_asked_for() -> None:
    fits = [fit for fit in found(np.random.default_rng(3), NONE["level"], 5, 0.02) if fit]
    assert len(fits) > 0.95 * RUNS
    peaks = [
        math.sqrt((1 - fit.contention.estimate) / fit.crosstalk.estimate)
        for fit in fits
        if fit.crosstalk.estimate > 0 and fit.contention.estimate < 1
    ]
    assert np.mean(np.array(peaks) < 2 * WORKERS[-1]) > 0.95


def test_a_peak_that_runs_show_is_found_and_its_interval_holds_it() -> None:
    contention, crosstalk = 0.1, 0.05
    truth = math.sqrt((1 - contention) / crosstalk)
    fits = list(found(np.random.default_rng(4), usl(WORKERS, contention, crosstalk), 8, 0.02))
    peaks = [fit.peak for fit in fits if fit and fit.peak]
    assert len(peaks) > 0.95 * RUNS
    held = [(peak.low or 0) <= truth <= (peak.high or 0) for peak in peaks]
    assert 0.92 <= np.mean(held) <= 0.98
