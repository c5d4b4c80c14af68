"""What contenders cost, from samples and traces."""

from dataclasses import replace

import pytest

from bench.analysis.costs import Cost, costs_of
from bench.samples import Run, Span, Trace
from tests.build import a_failure, a_plan, a_run, rounds_of

PLAN = a_plan(rounds=3)
TIMES = {one.name: [1.0, 2.0, 4.0] for one in PLAN.line_up}
TRACE = Trace("processes × 2", 1.0, 2, 2, (Span(0, 0, 0.0, 0.5, 0.4),), 50_000_000, 700, 900)


def cost(run: Run, name: str = "processes × 2") -> Cost:
    (found,) = [one for one in costs_of(run) if one.contender == name]
    return found


def run_with(**changes: object) -> Run:
    samples = [replace(sample, **changes) for sample in rounds_of(PLAN, TIMES)]  # type: ignore[arg-type]
    return a_run(PLAN, samples, state="done")


def test_phases_are_geometric_means_with_intervals() -> None:
    found = cost(run_with(start_s=0.5))
    assert found.rounds == 3
    assert found.warm.estimate == pytest.approx(2.0)
    assert found.warm.low is not None
    assert found.start.estimate == pytest.approx(0.5)


def test_a_single_use_is_held_against_the_warm_pass_of_the_same_trial() -> None:
    found = cost(run_with(cold_s=6.0)).once
    assert found.estimate == pytest.approx(3.0)
    assert found.low is not None
    assert found.low < 3.0


def test_a_phase_that_took_no_time_is_a_tick_of_the_clock() -> None:
    assert cost(run_with(stop_s=0.0)).stop.estimate == pytest.approx(1e-9)


def test_cpus_used_are_cpu_seconds_over_seconds_of_the_same_pass() -> None:
    found = cost(run_with(warm_cpu_s=1.0))
    assert found.cpu
    assert found.cpus
    assert found.cpu.estimate == pytest.approx(1.0)
    assert found.cpus.estimate == pytest.approx(0.5)


def test_what_the_system_does_not_tell_is_left_out() -> None:
    found = cost(run_with(warm_cpu_s=None, voluntary=None, involuntary=None))
    assert (found.cpu, found.cpus, found.waits, found.takes) == (None, None, None, None)


def test_memory_and_bytes_come_from_the_trace() -> None:
    found = cost(replace(run_with(voluntary=6, involuntary=2), traces=(TRACE,)))
    assert (found.memory, found.sent, found.received) == (50_000_000, 700, 900)
    assert (found.waits, found.takes) == (6.0, 2.0)
    assert cost(run_with(), "threads × 2").memory is None


def test_disturbed_rounds_that_results_do_without_cost_nothing() -> None:
    calm = rounds_of(PLAN, {name: [1.0] * 4 for name in TIMES})
    samples = [
        replace(one, foreign_share=0.5, warm_s=50.0) if one.round == 2 else one for one in calm
    ]
    assert cost(a_run(PLAN, samples)).warm.estimate == pytest.approx(1.0)


def test_a_contender_without_a_result_has_no_cost() -> None:
    run = a_run(PLAN, rounds_of(PLAN, TIMES), [a_failure("threads × 2")])
    assert "threads × 2" not in [one.contender for one in costs_of(run)]
