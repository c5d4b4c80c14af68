"""Start-up and hand-over: where processes break even, and what rounds make of the belief."""

import json
import math
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.analysis.verdicts import Verdict
from bench.experiments import find_experiment
from bench.experiments.programs import told_by
from bench.experiments.startup import PROGRAMS
from bench.experiments.startup_findings import in_order, new, warm
from bench.experiments.startup_programs import tasks_of, ways
from tests.executors.programs import newer_interpreters
from tests.experiments.performing import HERE, verdict_of

STARTUP = find_experiment("startup")

ROUNDS = 6
LENGTHS = [base * 10.0**power for power in range(-7, -1) for base in (2, 6)]

# The cost of a pool for 100 tasks: what two workers have to make good.
COST = 0.020


def facts(trip: float, in_chunks: float, noise: float = 0.02, **changes: Any) -> dict[str, Any]:
    """Samples of two workers that a task's trip of so many seconds keeps from other work."""
    rng = random.Random(5)

    def samples(seconds: float) -> list[float]:
        return [seconds * math.exp(rng.gauss(0, noise)) for _ in range(ROUNDS)]

    passes = [
        {
            "alone_s": samples(length),
            "one_s": samples(length / 2 + trip),
            "chunked_s": samples(length / 2 + in_chunks),
        }
        for length in LENGTHS
    ]
    start = {name: samples(COST) for name in ("first_s", "later_s", "alone_s")}
    return {
        **HERE,
        "tasks": 100,
        "workers": 2,
        "starts": {"threads": start, "fork": start, "forkserver": start},
        "passes": passes,
        **changes,
    }


@pytest.mark.parametrize(
    ("trip", "in_chunks", "verdict"),
    [
        (150e-6, 1e-6, "does not hold here"),
        (50e-3, 1e-6, "does not hold here"),
        (50e-3, 50e-3, "holds here"),
    ],
)
def test_the_verdict_follows_the_rounds(trip: float, in_chunks: float, verdict: str) -> None:
    assert verdict_of(STARTUP, facts(trip, in_chunks)) == verdict


def test_rounds_that_say_nothing_resolve_nothing() -> None:
    assert verdict_of(STARTUP, facts(5e-3, 5e-3, noise=3.0)) == "not resolved here"


def test_the_break_even_is_where_the_trip_takes_half_a_task() -> None:
    found = warm(facts(150e-6, 1e-6), "one_s")
    assert found
    assert 0 < found.low < 300e-6 < found.high < math.inf


def test_a_length_between_others_that_show_nothing_proves_nothing() -> None:
    nothing: Verdict = "no difference shown"
    assert in_order(["slower", nothing, "faster", nothing, "slower", "faster", "faster"]) == [
        "slower",
        *[nothing] * 4,
        *["faster"] * 2,
    ]


def test_beyond_what_was_measured_there_is_a_bound_alone() -> None:
    never, always = warm(facts(1.0, 1e-12), "one_s"), warm(facts(1.0, 1e-12), "chunked_s")
    assert never
    assert never.high == math.inf
    assert str(never).startswith("more than")
    assert always
    assert always.low == 0
    assert str(always).endswith("or less")


def test_a_new_pool_has_to_make_good_what_it_costs() -> None:
    told = facts(150e-6, 1e-6)
    found = new(told, "fork")
    assert found
    # 100 tasks by two workers save half of their time.
    assert found.low < COST / 100 / 0.5 < found.high


def test_nothing_is_to_be_gained_on_one_cpu_or_by_threads_with_a_gil() -> None:
    assert new(facts(150e-6, 1e-6, usable_cpus=1), "fork") is None
    assert new(facts(150e-6, 1e-6), "threads") is None
    assert new(facts(150e-6, 1e-6, gil=False), "threads")


def test_the_explanation_says_how_this_python_starts_processes() -> None:
    told = facts(150e-6, 1e-6, version=[3, 14, 0], start_method="forkserver")
    assert "by forkserver, as Python 3.14 does by itself" in STARTUP.judge(told).explanation


def test_the_picture_shows_warm_pools_and_new_ones_beside_the_rule() -> None:
    picture = STARTUP.picture(facts(150e-6, 1e-6), [])
    assert len(picture.rows) == 5
    assert picture.marks[0][0] == 10_000


@pytest.mark.parametrize("name", ["alone_s", "one_s", "chunked_s"])
def test_every_worker_has_as_many_tasks(name: str) -> None:
    assert all(tasks_of(name, length, 2) % 2 == 0 for length in (0.2, 60.0, 20_000.0))


@pytest.mark.parametrize("way", ways())
def test_a_pool_of_each_kind_is_started_and_used(way: str) -> None:
    told = told_by(PROGRAMS, "start_up", way, 2, 10, seconds=30)
    assert all(seconds > 0 for seconds in told.values())
    assert ("chunked_task_s" in told) == (way not in ("threads", "interpreters"))


@pytest.mark.parametrize("python", newer_interpreters()[:1] or [""])
def test_newer_pythons_have_pools_of_interpreters_too(python: str) -> None:
    if not python:
        pytest.skip("No Python from 3.14 on is found here.")
    source = f"import sys; from {PROGRAMS} import start_up; start_up('interpreters', '2', '10')"
    root = Path(__file__).parents[2]
    ended = subprocess.run([python, "-c", source], capture_output=True, cwd=root, check=True)
    assert json.loads(ended.stdout)["task_s"] > 0


def test_a_program_that_fails_says_its_last_words() -> None:
    with pytest.raises(RuntimeError, match=r"^start_up nonsense 2 10: ValueError: .*nonsense"):
        told_by(PROGRAMS, "start_up", "nonsense", 2, 10, seconds=30)
