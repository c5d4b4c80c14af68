"""Oversubscription: what more workers and threads than CPUs gain, and how many there really are."""

import os
import random
from typing import Any

import pytest

from bench.asking.experiments import ask
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.experiments.oversubscription import NO_NUMPY, PROGRAMS, cells_of, counts_of
from bench.experiments.programs import told_by
from bench.measure.host.known import known_interpreters
from bench.service.demonstrate import demonstrate
from tests.experiments.performing import HERE, verdict_of

OVERSUBSCRIPTION = find_experiment("oversubscription")


def cell(workers: int, seconds: float, **more: int) -> dict[str, Any]:
    rng = random.Random(workers)
    return {
        "workers": workers,
        "samples_s": [seconds * rng.uniform(0.98, 1.02) for _ in range(6)],
        **more,
    }


def facts(gain: float, threads_gain: float = 0.5, **changes: Any) -> dict[str, Any]:
    """Samples in which each doubling beyond two workers is so many times as fast."""
    computing = [cell(1, 1.0), *(cell(2 * 2**step, 0.5 / gain**step) for step in range(3))]
    products = [
        cell(1, 1.0, threads=1, held=1),
        cell(1, 0.6, threads=2, held=2),
        cell(2, 0.5, threads=1, held=2),
        cell(2, 0.5 / threads_gain, threads=2, held=4),
    ]
    return {**HERE, "cpus": 2, "computing": computing, "products": products, **changes}


@pytest.mark.parametrize(
    ("gain", "verdict"),
    [(1.0, "does not hold here"), (0.8, "does not hold here"), (1.95, "holds here")],
)
def test_the_verdict_follows_the_doublings(gain: float, verdict: str) -> None:
    assert verdict_of(OVERSUBSCRIPTION, facts(gain)) == verdict


def test_one_doubling_that_gains_nothing_is_enough() -> None:
    told = facts(1.95)
    told["computing"].append(cell(16, told["computing"][-1]["samples_s"][0]))
    assert verdict_of(OVERSUBSCRIPTION, told) == "does not hold here"


def test_two_rounds_that_disagree_resolve_nothing() -> None:
    told = facts(1.0)
    for number, one in enumerate(told["computing"]):
        one["samples_s"] = [1.0 + number, 1.0]
    assert verdict_of(OVERSUBSCRIPTION, told) == "not resolved here"


@pytest.mark.parametrize(
    ("gain", "words"),
    [(0.5, "in each other's way"), (1.5, "CPUs to spare"), (1.0, "no difference shown")],
)
def test_what_numpy_s_threads_did_is_said(gain: float, words: str) -> None:
    assert words in OVERSUBSCRIPTION.judge(facts(1.0, gain)).explanation


def test_the_picture_tells_what_fits_the_cpus_from_what_is_slower() -> None:
    rows = OVERSUBSCRIPTION.picture(facts(0.9), []).rows
    tones = {row["label"]: row["tone"] for row in rows}
    assert tones["Python: 2 workers"] == "good"
    assert tones["Python: 8 workers"] == "bad"
    assert tones["NumPy: 2 × 2 threads"] == "bad"


@pytest.mark.parametrize(
    ("usable", "counts"),
    [(1, [1, 2, 4, 8]), (2, [1, 2, 4, 8, 16]), (6, [1, 6, 12, 24, 48]), (64, [1, 64, 128])],
)
def test_workers_are_doubled_from_one_a_cpu_up_to_a_bound(usable: int, counts: list[int]) -> None:
    assert counts_of(usable, 8) == counts


@pytest.mark.parametrize("usable", [1, 2, 64, 256])
def test_threads_are_more_than_one_and_not_without_bound(usable: int) -> None:
    *_, (workers, one), (_, more) = (map(int, cell.split("×")) for cell in cells_of(usable))
    assert (workers, one) == (usable, 1)
    assert 2 <= more <= max(2, 256 // usable)


def test_workers_have_the_threads_that_they_were_allowed() -> None:
    pytest.importorskip("numpy")
    one, two = told_by(PROGRAMS, "products", "a seed", "1×1 2×1", seconds=30)
    assert (one["held"], two["held"]) == (1, 2)
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("NumPy's library starts no more threads than there are CPUs.")
    assert told_by(PROGRAMS, "products", "a seed", "1×2", seconds=30)[0]["held"] == 2


def test_without_numpy_the_rest_is_shown_and_says_so() -> None:
    known = known_interpreters()
    bare = [name for name in ("3.12", "3.13") if name in known and known[name].workloads["matmul"]]
    if not bare:
        pytest.skip("No Python 3.12 or 3.13 without NumPy is found here.")
    asked = ask("oversubscription", {"most": 2, "rounds": 2, "turns": 100_000}, bare[0])
    begun = Demonstration("0" * 12, asked, "running", 0.0)
    told = demonstrate(begun, keep=lambda _: None, stopping=lambda: False).facts
    assert told
    assert told["products"] == []
    assert NO_NUMPY in OVERSUBSCRIPTION.judge(told).explanation
