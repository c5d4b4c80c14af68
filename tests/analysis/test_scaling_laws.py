"""Amdahl's law and the Universal Scalability Law: when they are fitted, and what they say."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize

from bench.analysis.amdahl import Amdahl, amdahl
from bench.analysis.curves import fitted
from bench.analysis.scaling import Ladder, Withheld
from bench.analysis.usl import Usl
from bench.analysis.usl import usl as universal
from tests.analysis.simulated import Array, a_ladder, runs_of, usl

SIX = [1, 2, 3, 4, 6, 8]


def a_run(
    workers: Sequence[int], logs: Array, *, rounds: int = 5, size: float = 0.01, **more: Any
) -> Ladder:
    rows = runs_of(np.random.default_rng(1), 1, rounds, logs, size)[0]
    return a_ladder(workers, rows, **more)


def amdahls(ladder: Ladder) -> Amdahl:
    said = amdahl(ladder)
    assert isinstance(said, Amdahl), said.message
    return said


def universals(ladder: Ladder) -> Usl:
    said = universal(ladder)
    assert isinstance(said, Usl), said.message
    return said


def refusal(said: Amdahl | Usl | Withheld) -> tuple[str, str]:
    assert isinstance(said, Withheld)
    return said.code, said.message


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
    law = amdahls(a_run([1, 2, 4, 8], usl([1, 2, 4, 8], 0.3)))
    assert law.sentence == (
        "Amdahl's law: 28.8–32.2% of the work runs one at a time; "
        "no number of workers gets beyond 3.13–3.36×."
    )


def test_no_limit_is_given_beyond_twice_the_workers_measured() -> None:
    law = amdahls(a_run([1, 2, 4], usl([1, 2, 4], 0.05)))
    assert law.limit is None
    assert law.sentence.endswith("of the work runs one at a time.")


def test_a_share_that_may_be_none_is_at_most_so_much() -> None:
    law = amdahls(a_run([1, 2, 4], usl([1, 2, 4], 0.0)))
    assert law.share.low == 0.0
    assert law.sentence.startswith("Amdahl's law: at most ")


def test_threads_that_gain_nothing_are_serial_throughout() -> None:
    law = amdahls(a_run([1, 2, 4], usl([1, 2, 4], 1.0)))
    assert law.share.high == 1.0
    assert law.sentence.startswith("Amdahl's law: at least 9")


def test_a_share_that_changes_with_the_workers_is_said_to_and_gives_no_limit() -> None:
    law = amdahls(a_run(SIX, usl(SIX, 0.3, 0.01)))
    assert (law.bends, law.limit) == (True, None)
    assert law.sentence.endswith("but that fits only roughly: the share changes with the workers.")


def test_a_share_that_does_not_is_rarely_said_to() -> None:
    runs = runs_of(np.random.default_rng(4), 300, 5, usl([1, 2, 4], 0.1), 0.03)
    bent = [amdahls(a_ladder([1, 2, 4], rows)).bends for rows in runs]
    assert np.mean(bent) <= 0.08  # 5%, and chance besides


def test_the_band_goes_from_the_fewest_workers_to_twice_the_most_and_grows_wider() -> None:
    law = amdahls(a_run([2, 3, 4], usl([2, 3, 4], 0.1)))
    assert [law.band[0].workers, law.band[-1].workers] == pytest.approx([2, 8])
    assert law.band[-1].speedup.half_width > 2 * law.band[20].speedup.half_width


def test_but_never_beyond_the_usable_cpus() -> None:
    law = amdahls(a_run([2, 3, 4], usl([2, 3, 4], 0.1), usable=5))
    assert law.band[-1].workers == pytest.approx(5)


def test_workers_beyond_the_usable_cpus_are_left_out_of_the_fit() -> None:
    logs = np.append(usl([1, 2, 4], 0.1), [0.2, 0.1])
    with_them = amdahls(a_run([1, 2, 4, 8, 16], logs, usable=4))
    assert (with_them.workers, with_them.beyond) == ((1, 2, 4), (8, 16))
    assert 0.09 < with_them.share.estimate < 0.12


def test_a_fall_that_was_seen_gives_a_peak() -> None:
    law = universals(a_run(SIX, usl(SIX, 0.1, 0.05)))
    assert law.fell
    assert law.sentence == (
        "The Universal Scalability Law: the speedup is highest with 4.15–4.33 workers."
    )


def test_a_cost_that_grows_without_a_fall_gives_none() -> None:
    law = universals(a_run(SIX, usl(SIX, 0.05, 0.01)))
    assert (law.fell, law.peak) == (False, None)
    assert law.sentence == (
        "The Universal Scalability Law: what workers cost each other grows with their number, "
        "but up to 8 of them the speedup was not seen to fall."
    )


def test_a_fall_from_the_first_worker_on_gives_no_place() -> None:
    law = universals(a_run(SIX, -0.1 * np.log(SIX)))
    assert law.fell
    assert law.sentence == (
        "The Universal Scalability Law: the speedup falls, "
        "but these runs cannot tell from how many workers on."
    )


# What is not, and why.


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("io", "this work waits"),
        ("mixed", "this work waits as well as computes"),
        ("tiny", "this work hardly does anything"),
        (None, "this work is of a kind that is not known"),
    ],
)
def test_amdahls_law_is_for_work_that_computes(kind: str | None, why: str) -> None:
    said = amdahl(a_run(SIX, usl(SIX, 0.1), kind=kind))
    assert refusal(said) == (
        "kind",
        f"Amdahl's law is not fitted: it is about work that computes, and {why}.",
    )


@pytest.mark.parametrize("kind", ["io", "mixed", None])
def test_the_universal_law_is_too(kind: str | None) -> None:
    said = universal(a_run(SIX, usl(SIX, 0.1, 0.05), kind=kind))
    assert refusal(said)[0] == "kind"


@pytest.mark.parametrize("kind", ["cpu", "native", "tiny"])
def test_but_tiny_work_has_the_costs_that_the_universal_law_is_about(kind: str) -> None:
    assert universals(a_run(SIX, usl(SIX, 0.1, 0.05), kind=kind)).peak


@pytest.mark.parametrize("law", [amdahl, universal])
def test_nothing_is_fitted_over_answers_that_differ(law: Any) -> None:
    said = law(a_run(SIX, usl(SIX, 0.1, 0.05), differing=(2, 4)))
    code, message = refusal(said)
    assert code == "answers-differ"
    assert message.endswith("processes × 2 and 4 gave another answer than sequential work.")


@pytest.mark.parametrize("law", [amdahl, universal])
def test_nothing_is_fitted_where_the_usable_cpus_are_not_known(law: Any) -> None:
    code, message = refusal(law(a_run(SIX, usl(SIX, 0.1), usable=None)))
    assert code == "cpus-unknown"
    assert message.endswith("how many CPUs could be used is not known.")


@pytest.mark.parametrize(
    ("workers", "usable", "code", "there"),
    [
        ([1, 2], 8, "few-counts", "that reach 4 or more, and there are only 1 and 2."),
        ([1, 2, 3], 8, "few-counts", "that reach 4 or more, and there are only 1, 2 and 3."),
        ([4], 8, "few-counts", "that reach 4 or more, and there is only 4."),
        (
            [1, 2, 4, 8],
            2,
            "beyond-cpus",
            "that reach 4 or more within the 2 usable CPUs, and there are only 1 and 2.",
        ),
        ([4, 8, 16], 2, "beyond-cpus", "within the 2 usable CPUs, and there is none."),
    ],
)
def test_amdahls_law_takes_three_numbers_of_workers_that_reach_four(
    workers: list[int], usable: int, code: str, there: str
) -> None:
    found, message = refusal(amdahl(a_run(workers, usl(workers, 0.1), usable=usable)))
    assert found == code
    assert message.startswith("Amdahl's law is not fitted: it takes 3 numbers of workers ")
    assert message.endswith(there)


def test_the_universal_law_takes_six() -> None:
    said = universal(a_run(SIX[:5], usl(SIX[:5], 0.1, 0.05)))
    assert refusal(said) == (
        "few-counts",
        "The Universal Scalability Law is not fitted: it takes 6 numbers of workers, "
        "and there are only 1, 2, 3, 4 and 6.",
    )


def test_it_is_not_fitted_where_neither_a_fall_nor_a_growing_cost_is_shown() -> None:
    assert refusal(universal(a_run(SIX, usl(SIX, 0.1)))) == (
        "cannot-tell",
        "The Universal Scalability Law is not fitted: these runs cannot tell what workers cost "
        "each other from noise, and up to 8 workers the speedup was not seen to fall.",
    )


@pytest.mark.parametrize("law", [amdahl, universal])
def test_two_rounds_are_too_few(law: Any) -> None:
    code, message = refusal(law(a_run(SIX, usl(SIX, 0.1, 0.05), rounds=2)))
    assert code == "few-rounds"
    assert message.endswith("it takes 3 rounds with every number of workers, and this run has 2.")


def test_only_rounds_with_every_number_of_workers_count() -> None:
    speedups = {1: dict.fromkeys((1, 2, 3), 1.0), 2: {4: 1.9, 5: 1.9}, 4: {1: 3.5, 6: 3.5}}
    said = amdahl(Ladder("threads", "cpu", 4, speedups))
    assert refusal(said)[1].endswith("and this run has none.")


def test_speedups_that_fall_or_outgrow_the_workers_are_none_of_amdahls() -> None:
    fallen = amdahl(a_run(SIX, usl(SIX, 0.1, 0.05)))
    outgrown = amdahl(a_run([1, 2, 4], 1.3 * np.log([1, 2, 4])))
    assert refusal(fallen)[0] == "falls"
    assert refusal(outgrown)[0] == "super-linear"


def test_noise_that_leaves_everything_possible_is_said_to() -> None:
    code, message = refusal(amdahl(a_run([2, 3, 4], usl([2, 3, 4], 0.5), rounds=3, size=0.5)))
    assert code == "cannot-tell"
    assert message.endswith("with 2, 3 and 4 workers the noise leaves any serial share possible.")


def test_equal_samples_are_no_fall_and_no_bend() -> None:
    law = amdahls(a_ladder(SIX, [[1.0] * 6] * 3))
    assert law.share.estimate == pytest.approx(1.0)
    assert not law.bends
