"""A run's contenders as ladders, from warm or cold times, with the ceiling beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bench.analysis.ladders import ladders_of
from bench.analysis.results import Mode, results
from bench.analysis.scaling import Ladder, rungs
from bench.samples import Run
from tests.build import a_failure, a_plan, a_run, rounds_of

TIMES: Mapping[str, Sequence[float]] = {
    "sequential": (1.0, 2.0),
    "control": (1.0, 2.0),
    "threads × 1": (1.0, 2.0),
    "threads × 4": (0.8, 1.0),
    "processes × 1": (1.25, 2.5),
    "processes × 4": (0.5, 0.8),
    "ceiling × 1": (1.0, 2.0),
    "ceiling × 4": (0.25, 0.5),
}


def measured(times: Mapping[str, Sequence[float]] = TIMES, workload: str = "primes") -> Run:
    plan = a_plan(workload, executors=["threads", "processes", "ceiling"], workers=[1, 4])
    return a_run(plan, rounds_of(plan, times), usable=4)


def ladders_of_run(run: Run, mode: Mode) -> tuple[Ladder, ...]:
    return ladders_of(run, results(run), mode)


def ladder(run: Run, name: str) -> Ladder:
    return next(one for one in ladders_of_run(run, "warm") if one.name == name)


def test_each_executor_is_a_ladder_and_the_ceiling_none_of_its_own() -> None:
    assert [one.name for one in ladders_of_run(measured(), "warm")] == ["threads", "processes"]


def test_speedups_are_over_the_baseline_of_the_same_round() -> None:
    found = ladder(measured(), "processes")
    assert found.speedups == {1: {1: 0.8, 2: 0.8}, 4: {1: 2.0, 2: 2.5}}
    assert found.ceiling == {1: {1: 1.0, 2: 1.0}, 4: {1: 4.0, 2: 4.0}}
    assert (found.kind, found.usable) == ("cpu", 4)


def test_they_are_the_speedups_of_the_results() -> None:
    run = measured()
    of_results = {result.contender.name: result.warm for result in results(run)}
    for one in ladders_of_run(run, "warm"):
        for rung in rungs(one):
            reading = of_results[f"{one.name} × {rung.workers}"]
            assert reading
            assert rung.speedup == reading.speedup


def test_cold_speedups_come_from_cold_times() -> None:
    run = measured()
    slow = tuple(
        replace(sample, cold_s=10.0) if sample.contender == "threads × 4" else sample
        for sample in run.samples
    )
    (threads, _) = ladders_of_run(replace(run, samples=slow), "cold")
    assert threads.speedups[4] == {1: pytest.approx(0.2), 2: pytest.approx(0.4)}


def test_options_and_interpreters_are_ladders_apart() -> None:
    plan = a_plan(executors={"threads": {"chunk": 3}}, workers=[1, 2])
    other = a_plan(executors=["threads"], workers=[1, 2])
    again = tuple(replace(one, interpreter="3.99") for one in other.contenders)
    every = (*plan.contenders, *other.contenders, *again)
    several = replace(plan, contenders=every, interpreters=(*plan.interpreters, "3.99"))
    found = ladders_of_run(a_run(several), "warm")
    assert len(found) == 3
    assert [sorted(one.speedups) for one in found] == [[1, 2]] * 3


def test_an_answer_that_differs_has_no_speedup_and_is_named() -> None:
    run = measured()
    wrong = tuple(
        replace(sample, answer="7") if sample.contender == "threads × 4" else sample
        for sample in run.samples
    )
    threads, processes = ladders_of_run(replace(run, samples=wrong), "warm")
    assert (threads.differing, threads.speedups[4]) == ((4,), {})
    assert (processes.differing, set(processes.speedups[4])) == ((), {1, 2})


def test_a_contender_that_failed_has_no_speedup() -> None:
    run = replace(measured(), failures=(a_failure("threads × 4"),))
    found = ladder(run, "threads")
    assert found.speedups[4] == {}
    assert found.differing == ()


def test_work_and_cpus_that_are_not_known_are_none() -> None:
    run = measured()
    run = replace(run, plan=replace(run.plan, workload="gone"), environment={})
    assert (ladder(run, "threads").kind, ladder(run, "threads").usable) == (None, None)
