"""The sentences that say why: each only where an interval carries it."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bench.analysis.spending import Case
from bench.analysis.why import reasons
from bench.samples import Sample
from tests.build import a_sample

# By what part each of five rounds is off: 0 on average, and ±2% with 95% confidence.
STEADY = (0.0, 0.02, -0.015, 0.01, -0.015)
NOISY = (0.0, 0.9, -0.8, 0.7, -0.8)


def spent(
    off: Sequence[float] = STEADY,
    *,
    start: float = 0.0,
    first: float = 1.0,
    warm: float = 1.0,
    stop: float = 0.0,
    cpus: float = 1.0,
) -> tuple[Sample, ...]:
    """A trial a round; start, stop and the CPUs used in the warm pass are off by as much."""
    return tuple(
        replace(
            a_sample(round_=round_, warm=warm),
            cold_s=(start + stop) * (1 + part) + first,
            start_s=start * (1 + part),
            first_s=first,
            stop_s=stop * (1 + part),
            warm_cpu_s=cpus * warm * (1 + part),
        )
        for round_, part in enumerate(off)
    )


def a_case(
    trials: tuple[Sample, ...],
    name: str = "processes × 2",
    workers: int = 2,
    *,
    workers_are: str = "processes",
    work: str = "cpu",
    gil: bool | None = True,
    usable: int | None = 2,
    baseline: tuple[Sample, ...] | None = None,
    **more: Any,
) -> Case:
    return Case(
        name, workers, workers_are, work, gil, usable, 100, trials, baseline or spent(), **more
    )


def said(case: Case) -> dict[str, str]:
    return {reason.code: reason.message for reason in reasons(case)}


def threads(cpus: float, off: Sequence[float] = STEADY, **more: Any) -> Case:
    return a_case(spent(off, cpus=cpus), "threads × 2", workers_are="threads", **more)


# Of a cold start.


def test_processes_that_start_for_longer_than_they_work_lost_their_time_so() -> None:
    starting = spent(start=0.6, first=0.5, warm=0.5)
    assert said(a_case(starting))["starting"] == (
        "Processes × 2 lost 55% (54–55%) of their time starting up when used only once."
    )


def test_a_start_that_the_first_pass_hides_counts() -> None:
    assert "starting" in said(a_case(spent(start=0.0, first=1.0, warm=0.5)))


def test_what_sequential_work_warms_up_too_is_not_the_pools_start() -> None:
    warming = spent(first=1.5, warm=1.0)
    assert "starting" not in said(a_case(spent(first=0.75, warm=0.25), baseline=warming))


def test_a_pool_that_stops_slowly_is_told_of_as_one() -> None:
    assert said(a_case(spent(stop=0.25), "loky × 2"))["stopping"] == (
        "Loky × 2 lost 20% (20–20%) of its time stopping when used only once."
    )


def test_a_tenth_of_the_time_is_not_worth_a_sentence() -> None:
    found = said(a_case(spent(start=0.1, stop=0.1)))
    assert not {"starting", "stopping"} & found.keys()


# Of the warm pass.


def test_threads_that_used_one_cpu_were_held_by_the_gil() -> None:
    assert said(threads(1.0)) == {
        "gil": "Threads × 2 used 1.00 (0.981–1.02) CPUs of 2: the GIL let one run at a time."
    }


@pytest.mark.parametrize(
    "case",
    [
        threads(1.0, gil=False),
        threads(1.0, gil=None),
        threads(1.0, work="native"),
        threads(1.0, work="io"),
        threads(1.0, usable=1),
        threads(1.0, usable=None),
        threads(1.3),
        threads(0.7),
        threads(1.0, NOISY),
        replace(threads(1.0), workers=1),
        a_case(spent(cpus=1.0)),
    ],
    ids=[
        "no GIL",
        "GIL not known",
        "it is let go of",
        "work that waits",
        "one CPU",
        "CPUs not known",
        "more than one used",
        "less than one used",
        "too noisy to tell",
        "one worker",
        "processes",
    ],
)
def test_the_gil_is_not_blamed_for_anything_else(case: Case) -> None:
    assert "gil" not in said(case)


def test_an_event_loop_has_one_cpu_with_and_without_a_gil() -> None:
    case = a_case(spent(), "asyncio × 8", 8, workers_are="coroutines", gil=False)
    assert said(case)["event-loop"].startswith("Asyncio × 8 used ")
    assert said(case)["event-loop"].endswith(" CPUs of 2: an event loop runs one task at a time.")


def test_where_all_cpus_are_busy_more_workers_find_none() -> None:
    assert said(a_case(spent(warm=0.5, first=0.5, cpus=1.98))) == {
        "all-busy": "Processes × 2 used 1.98 (1.94–2.02) CPUs of 2: more workers find none "
        "that is free."
    }


def test_cpus_that_workers_leave_alone_are_told_of() -> None:
    case = a_case(spent(warm=0.5, first=0.5, cpus=1.2), "processes × 4", 4, usable=8)
    assert said(case) == {
        "unused": "Processes × 4 used 1.20 (1.18–1.22) CPUs where 4 could work: "
        "the rest of the time workers waited."
    }


def test_work_that_waits_uses_none_and_that_is_how_it_should_be() -> None:
    case = replace(threads(0.12, work="io"), workers=8, name="threads × 8")
    assert said(case) == {
        "waited": "Threads × 8 used 0.120 (0.118–0.122) CPUs: most of the time was waiting, "
        "and many can wait at a time."
    }


def test_more_cpu_seconds_than_sequential_work_are_told_of() -> None:
    assert said(a_case(spent(warm=0.7, first=0.7, cpus=2.0)))["more-cpu"] == (
        "Processes × 2 spent 1.40 times the CPU seconds of sequential work (1.40–1.40) "
        "for the same answer."
    )


def test_with_one_worker_what_it_takes_longer_is_handing_over() -> None:
    case = a_case(spent(warm=1.2, first=1.2), "processes × 1", 1)
    assert said(case)["handing-over"] == (
        "Processes × 1: handing over and fetching back cost 2.00 ms a task, "
        "1.20 times the time of sequential work (1.20–1.20)."
    )


def test_with_two_workers_it_would_not_be_known() -> None:
    assert "handing-over" not in said(a_case(spent(warm=1.2, first=1.2)))


# Nothing is said that no interval carries.

STARTING = spent(start=0.5, first=1.0, warm=0.5, stop=0.5)


def test_one_round_carries_nothing() -> None:
    assert said(a_case(STARTING[:1])) == {}


def test_rounds_without_a_baseline_are_no_pairs() -> None:
    others = tuple(replace(trial, round=trial.round + 100) for trial in spent())
    assert set(said(a_case(STARTING, baseline=others))) == {"stopping", "unused"}


def test_no_cpu_seconds_are_no_ratio() -> None:
    assert "more-cpu" not in said(a_case(spent(cpus=2.0), baseline=spent(cpus=0.0)))


def test_many_comparisons_take_more_to_say_something() -> None:
    off = (0.0, 0.06, -0.06, 0.05, -0.04)
    case = threads(1.0, off)
    assert "gil" not in said(replace(case, comparisons=1_000))


def test_what_is_said_by_chance_alone_is_rare() -> None:
    """CPUs used are just on the bound, so that either way is a mistake."""
    rng = random.Random(1)
    false = 0
    for _ in range(500):
        off = [rng.gauss(0, 0.02) for _ in range(5)]
        false += "all-busy" in said(a_case(spent(off, cpus=1.8)))
    assert false / 500 <= 0.05
