"""Amdahl's law and the Universal Scalability Law, where they are fitted: what they say."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize

from bench.analysis.amdahl import Amdahl, amdahl
from bench.analysis.curves import fitted
from bench.analysis.scaling import Ladder
from bench.analysis.usl import Usl
from bench.analysis.usl import usl as universal
from tests.analysis.simulated import Array, a_ladder, made_up, runs_of, usl

SIX = [1, 2, 3, 4, 6, 8]


def amdahls(ladder: Ladder) -> Amdahl:
    said = amdahl(ladder)
    assert isinstance(said, Amdahl), said.message
    return said


def universals(ladder: Ladder) -> Usl:
    said = universal(ladder)
    assert isinstance(said, Usl), said.message
    return said


# An independent opinion on the fit and on its errors.


@pytest.mark.parametrize("terms", [1, 2])
def test_the_fit_equals_that_of_scipy(terms: int) -> None:
    rows = runs_of(np.random.default_rng(2), 1, 6, usl(SIX, 0.07, 0.004), 0.05)[0]
    counts = np.array(SIX, dtype=float)

    def law(p: Array, level: float, *costs: float) -> Array:
        load = 1 + sum(cost * term for cost, term in zip(costs, (p - 1, p * (p - 1)), strict=False))
        return np.asarray(level + np.log(p) - np.log(load))

    best, _ = optimize.curve_fit(law, counts, np.log(rows).mean(axis=0), [0.0, *[0.01] * terms])
    assert fitted(SIX, rows.tolist(), terms).parameters == pytest.approx(best, abs=1e-7)


def test_the_errors_are_those_of_a_regression_with_rounds_as_clusters() -> None:
    rounds = 6
    rows = runs_of(np.random.default_rng(3), 1, rounds, usl(SIX, 0.1), 0.03)[0]
    curve = fitted(SIX, rows.tolist(), 1)
    level, share = curve.parameters
    counts = np.array(SIX, dtype=float)
    load = 1 + share * (counts - 1)
    columns = np.tile(np.column_stack([np.ones(6), -(counts - 1) / load]), (rounds, 1))
    left = np.log(rows) - (level + np.log(counts) - np.log(load))
    groups = np.repeat(np.arange(rounds), len(SIX))
    options = {"groups": groups, "use_correction": False}
    regression = sm.OLS(left.ravel(), columns).fit(cov_type="cluster", cov_kwds=options)
    # It divides by the number of clusters, an unbiased variance by one less.
    error = regression.bse[1] * math.sqrt(rounds / (rounds - 1))
    assert regression.params == pytest.approx([0, 0], abs=1e-9)
    assert curve.reach((0, 1)) == pytest.approx(2.5706 * error, rel=1e-4)


def test_speedups_without_noise_give_back_the_law_that_made_them() -> None:
    exact = [np.exp(usl(SIX, 0.1, 0.02)).tolist()] * 3
    law = universals(a_ladder(SIX, exact))
    assert law.contention.estimate == pytest.approx(0.1)
    assert law.crosstalk.estimate == pytest.approx(0.02)


# What is said.


@pytest.mark.parametrize("share", [0.05, 0.3])
def test_range_and_limit_hold_the_share_that_made_the_speedups(share: float) -> None:
    workers = [1, 2, 4, 8]
    runs = runs_of(np.random.default_rng(5), 400, 5, usl(workers, share), 0.03)
    laws = [amdahls(a_ladder(workers, rows)) for rows in runs]
    held = [(law.share.low or 0) <= share <= (law.share.high or 0) for law in laws]
    assert 0.92 <= np.mean(held) <= 0.98
    limits = [law.limit for law in laws if law.limit]
    assert all((limit.high or math.inf) <= 16 for limit in limits)
    if share > 0.1:
        held = [(limit.low or 0) <= 1 / share <= (limit.high or 0) for limit in limits]
        assert len(limits) > 0.9 * len(laws)
        assert 0.92 <= np.mean(held) <= 0.98
    else:
        assert not limits  # it is 20, and nothing is said beyond 16


def test_the_serial_share_is_given_as_a_range_and_so_is_the_limit() -> None:
    law = amdahls(made_up([1, 2, 4, 8], usl([1, 2, 4, 8], 0.3)))
    assert law.sentence == (
        "Amdahl's law: 28.8–32.2% of the work runs one at a time; "
        "no number of workers gets beyond 3.13–3.36×."
    )


def test_no_limit_is_given_beyond_twice_the_workers_measured() -> None:
    law = amdahls(made_up([1, 2, 4], usl([1, 2, 4], 0.05)))
    assert law.limit is None
    assert law.sentence.endswith("of the work runs one at a time.")


def test_a_share_that_may_be_none_is_at_most_so_much() -> None:
    law = amdahls(made_up([1, 2, 4], usl([1, 2, 4], 0.0)))
    assert law.share.low == 0.0
    assert law.sentence.startswith("Amdahl's law: at most ")


def test_threads_that_gain_nothing_are_serial_throughout() -> None:
    law = amdahls(made_up([1, 2, 4], usl([1, 2, 4], 1.0)))
    assert law.share.high == 1.0
    assert law.sentence.startswith("Amdahl's law: at least 9")


def test_a_share_that_changes_with_the_workers_is_said_to_and_gives_no_limit() -> None:
    law = amdahls(made_up(SIX, usl(SIX, 0.3, 0.01)))
    assert (law.bends, law.limit) == (True, None)
    assert law.sentence.endswith("but that fits only roughly: the share changes with the workers.")


def test_a_share_that_does_not_is_rarely_said_to() -> None:
    runs = runs_of(np.random.default_rng(4), 300, 5, usl([1, 2, 4], 0.1), 0.03)
    bent = [amdahls(a_ladder([1, 2, 4], rows)).bends for rows in runs]
    assert np.mean(bent) <= 0.08  # 5%, and chance besides


def test_the_band_goes_from_the_fewest_workers_to_twice_the_most_and_grows_wider() -> None:
    law = amdahls(made_up([2, 3, 4], usl([2, 3, 4], 0.1)))
    assert [law.band[0].workers, law.band[-1].workers] == pytest.approx([2, 8])
    assert law.band[-1].speedup.half_width > 2 * law.band[20].speedup.half_width


def test_but_never_beyond_the_usable_cpus() -> None:
    law = amdahls(made_up([2, 3, 4], usl([2, 3, 4], 0.1), usable=5))
    assert law.band[-1].workers == pytest.approx(5)


def test_workers_beyond_the_usable_cpus_are_left_out_of_the_fit() -> None:
    logs = np.append(usl([1, 2, 4], 0.1), [0.2, 0.1])
    with_them = amdahls(made_up([1, 2, 4, 8, 16], logs, usable=4))
    assert (with_them.workers, with_them.beyond) == ((1, 2, 4), (8, 16))
    assert 0.09 < with_them.share.estimate < 0.12


def test_a_fall_that_was_seen_gives_a_peak() -> None:
    law = universals(made_up(SIX, usl(SIX, 0.1, 0.05)))
    assert law.fell
    assert law.sentence == (
        "The Universal Scalability Law: the speedup is highest with 4.15–4.33 workers."
    )


def test_a_cost_that_grows_without_a_fall_gives_none() -> None:
    law = universals(made_up(SIX, usl(SIX, 0.05, 0.01)))
    assert (law.fell, law.peak) == (False, None)
    assert law.sentence == (
        "The Universal Scalability Law: what workers cost each other grows with their number, "
        "but up to 8 of them the speedup was not seen to fall."
    )


def test_a_fall_from_the_first_worker_on_gives_no_place() -> None:
    law = universals(made_up(SIX, -0.1 * np.log(SIX)))
    assert law.fell
    assert law.sentence == (
        "The Universal Scalability Law: the speedup falls, "
        "but these runs cannot tell from how many workers on."
    )


def test_equal_samples_are_no_fall_and_no_bend() -> None:
    law = amdahls(a_ladder(SIX, [[1.0] * 6] * 3))
    assert law.share.estimate == pytest.approx(1.0)
    assert not law.bends
