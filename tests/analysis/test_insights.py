"""What a run shows beyond its results: the reasons and models that its samples carry."""

from dataclasses import replace

import pytest

from bench.analysis.amdahl import Amdahl
from bench.analysis.insights import scaling_of, whys_of
from bench.analysis.projection import Projection
from bench.analysis.results import results
from bench.analysis.scaling import Withheld
from bench.plan import Plan
from bench.samples import Run, Span, Trace
from tests.build import a_plan, a_run, a_sample, rounds_of

WOBBLE = (1.0, 1.01, 0.99, 1.005, 0.995)


def measured(plan: Plan, seconds: dict[str, float], *, usable: int = 8) -> Run:
    times = {
        one.name: [wobble * seconds.get(one.name, 1.0) for wobble in WOBBLE] for one in plan.line_up
    }
    return a_run(plan, rounds_of(plan, times), state="done", usable=usable)


def test_threads_that_share_one_cpu_are_told_why() -> None:
    run = measured(a_plan(executors=["threads"]), {}, usable=2)
    (why,) = whys_of(run, results(run))
    assert why.contender == "threads × 2"
    assert [reason.code for reason in why.reasons] == ["gil"]


def test_without_the_gil_the_same_figures_have_another_reason() -> None:
    run = measured(a_plan(executors=["threads"]), {}, usable=2)
    free = replace(run, samples=tuple(replace(one, gil=False) for one in run.samples))
    (why,) = whys_of(free, results(free))
    assert [reason.code for reason in why.reasons] == ["unused"]


def test_baseline_control_and_failed_contenders_have_no_reasons() -> None:
    plan = a_plan(executors=["threads"])
    run = measured(plan, {}, usable=2)
    wrong = a_run(plan, [*run.samples, a_sample("threads × 2", 6, answer="7")], usable=2)
    assert whys_of(wrong, results(wrong)) == ()


@pytest.mark.parametrize(("disturbed", "codes"), [((2,), ["gil"]), ((2, 3, 5), [])])
def test_disturbed_rounds_carry_no_reason(disturbed: tuple[int, ...], codes: list[str]) -> None:
    run = measured(a_plan(executors=["threads"]), {}, usable=2)
    samples = [
        replace(one, warm_cpu_s=2 * one.warm_s, foreign_share=0.5)
        if one.round in disturbed
        else one
        for one in run.samples
    ]
    # Of the five rounds, one can be done without; three cannot.
    noisy = a_run(run.plan, samples, usable=2)
    assert [why.reasons[0].code for why in whys_of(noisy, results(noisy))] == codes


PROCESSES = a_plan(executors=["processes"], workers=[1, 2, 4, 8])
# A tenth of the work runs one at a time.
AMDAHL = {f"processes × {p}": 0.1 + 0.9 / p for p in (1, 2, 4, 8)}


def test_an_executor_with_several_numbers_of_workers_has_its_law() -> None:
    run = measured(PROCESSES, AMDAHL)
    (found,) = scaling_of(run, results(run), "warm")
    assert isinstance(found.amdahl, Amdahl)
    assert found.amdahl.share.low is not None
    assert found.amdahl.share.high is not None
    assert found.amdahl.share.low <= 0.1 + 1e-9
    assert found.amdahl.share.high >= 0.1 - 1e-9
    assert isinstance(found.usl, Withheld)


def test_without_a_trace_nothing_is_predicted_and_with_one_it_is() -> None:
    run = measured(PROCESSES, {f"processes × {p}": 1.02 / p for p in (1, 2, 4, 8)})
    (found,) = scaling_of(run, results(run), "warm")
    assert isinstance(found.projection, Withheld)
    assert found.projection.code == "no-tasks"
    spans = tuple(Span(0, 0, n / 256, (n + 1) / 256, 1 / 256) for n in range(256))
    traced = replace(run, traces=(Trace("sequential", 1.0, 256, 1, spans),))
    (found,) = scaling_of(traced, results(traced), "warm")
    assert isinstance(found.projection, Projection)
    assert [point.workers for point in found.projection.points] == [12, 16]


def test_under_the_gil_more_threads_are_predicted_to_gain_nothing() -> None:
    plan = a_plan(executors=["threads"], workers=[1, 2, 4, 8])
    spans = tuple(Span(0, 0, n / 256, (n + 1) / 256, 1 / 256) for n in range(256))
    run = measured(plan, {f"threads × {p}": 1.02 for p in (1, 2, 4, 8)})
    samples = tuple(replace(one, gil=True) for one in run.samples)
    run = replace(run, samples=samples, traces=(Trace("sequential", 1.0, 256, 1, spans),))
    (found,) = scaling_of(run, results(run), "warm")
    assert isinstance(found.projection, Projection)
    assert all(point.speedup.estimate < 1.05 for point in found.projection.points)


def test_one_number_of_workers_is_no_scaling() -> None:
    run = measured(a_plan(executors=["processes"], workers=[2]), {})
    assert scaling_of(run, results(run), "warm") == ()


def test_a_sweep_has_neither_reasons_nor_scaling() -> None:
    plan = a_plan(executors=["threads"], workers=[1, 2], sweep=("chunk", [1, 10]))
    run = measured(plan, {}, usable=2)
    assert (whys_of(run, results(run)), scaling_of(run, results(run), "warm")) == ((), ())
