"""A run's JSON: the schema of its format holds for every state, and its plan can be run again."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from bench.access import OPERATOR
from bench.asking.plans import plan_from_json
from bench.exports.json_run import run_json
from bench.measure.host.environment import environment
from bench.samples import Failure, Run, Sample, Span, State, Trace
from bench.store import Store
from bench.store.jobs import STALE
from tests.build import a_failure, a_plan, a_run, a_sample, rounds_of
from tests.exports.schema import SCHEMA, numbers, strict, written

PLAN = a_plan()
SEQUENTIAL, CONTROL, THREADS, PROCESSES = (contender.name for contender in PLAN.line_up)

# Three rounds: threads make no difference, processes are twice as fast.
TIMES = {
    SEQUENTIAL: [1.00, 1.01, 0.99],
    CONTROL: [1.01, 1.00, 0.99],
    THREADS: [1.00, 1.01, 1.00],
    PROCESSES: [0.50, 0.51, 0.50],
}
SAMPLES = rounds_of(PLAN, TIMES)

Keep = Callable[..., Run]


@pytest.fixture
def keep(store: Store) -> Keep:
    """A function that keeps a run of outcomes in a state, and gives it as the store has it."""

    def kept(
        state: State, outcomes: Sequence[Sample | Failure] = SAMPLES, *, error: str = ""
    ) -> Run:
        id_ = store.queue.submit(PLAN)
        if state != "queued":
            store.queue.claim()
            store.runs.stamp(id_, environment())
            for outcome in outcomes:
                store.runs.keep(id_, outcome)
        if state not in ("queued", "running"):
            store.runs.end(id_, state, error)
        run = store.runs.find(id_)
        assert run
        return run

    return kept


def result_of(plain: Any, name: str) -> Any:
    """The one result of that contender."""
    (result,) = [one for one in plain["analysis"]["contenders"] if one["name"] == name]
    return result


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("state", ["queued", "running", "done", "stopped", "interrupted"])
def test_a_run_of_each_state_fits_the_schema(keep: Keep, state: State) -> None:
    assert written(run_json(keep(state)))["state"] == state


def test_a_run_that_failed_fits_the_schema_and_says_why(keep: Keep) -> None:
    run = keep("failed", [a_failure(SEQUENTIAL)], error="The baseline failed. It broke.")
    plain = written(run_json(run))
    assert (plain["state"], plain["error"]) == ("failed", "The baseline failed. It broke.")


@pytest.mark.parametrize("count", range(len(SAMPLES) + 1))
def test_a_run_cut_short_after_any_trial_fits_the_schema(keep: Keep, count: int) -> None:
    plain = written(run_json(keep("interrupted", SAMPLES[:count])))
    assert len(plain["samples"]) == count


def test_a_run_that_was_stopped_before_it_began_fits_the_schema(store: Store) -> None:
    id_ = store.queue.submit(PLAN)
    store.queue.stop(id_, OPERATOR)
    run = store.runs.find(id_)
    assert run
    plain = written(run_json(run))
    assert (plain["state"], plain["environment"], plain["started"]) == ("stopped", {}, None)


def test_a_run_whose_service_died_fits_the_schema(keep: Keep, store: Store) -> None:
    id_ = keep("running").id
    store.runs.clock = lambda clock=store.runs.clock: clock() + 2 * STALE  # type: ignore[misc]
    run = store.runs.find(id_)
    assert run
    assert written(run_json(run))["state"] == "interrupted"


def test_a_run_has_every_key_of_the_format(keep: Keep) -> None:
    plain = written(run_json(keep("done")))
    assert plain["format"] == "speedup-lab/1"
    assert plain.keys() >= {
        "id",
        "plan",
        "environment",
        "state",
        "samples",
        "analysis",
        "warnings",
    }
    assert plain["samples"][0].keys() >= {
        "contender",
        "round",
        "order",
        "cold_s",
        "warm_s",
        "start_s",
        "stop_s",
        "repeats",
        "cpu_user_s",
        "cpu_system_s",
        "answer",
    }
    result = plain["analysis"]["contenders"][0]
    assert result.keys() >= {
        "name",
        "executor",
        "workers",
        "options",
        "interpreter",
        "role",
        "n",
        "warm",
        "cold",
        "error",
    }
    for reading in (result["warm"], result["cold"]):
        assert reading.keys() == {"seconds", "speedup", "verdict"}
        assert reading["seconds"].keys() == {"estimate", "low", "high"}
        assert reading["speedup"].keys() == {"estimate", "low", "high"}


@pytest.mark.parametrize("key", ["id", "plan", "samples", "warnings"])
def test_the_schema_refuses_a_run_without_a_key(keep: Keep, key: str) -> None:
    plain = run_json(keep("done"))
    del plain[key]
    with pytest.raises(jsonschema.ValidationError, match="required"):
        written(plain)


def test_the_strict_schema_refuses_a_key_that_it_does_not_describe(keep: Keep) -> None:
    plain = run_json(keep("done"))
    plain["samples"][0]["mood"] = "good"
    jsonschema.Draft202012Validator(SCHEMA).validate(plain)
    with pytest.raises(jsonschema.ValidationError, match="mood"):
        jsonschema.Draft202012Validator(strict(SCHEMA)).validate(plain)


def test_a_runs_plan_comes_back_equal_and_can_be_run(keep: Keep) -> None:
    plain = written(run_json(keep("done")))
    assert plan_from_json(plain["plan"]) == PLAN


def test_the_line_up_comes_with_baseline_and_control_first(keep: Keep) -> None:
    found = written(run_json(keep("done")))["analysis"]["contenders"]
    assert [result["role"] for result in found] == ["baseline", "control", *2 * ["contender"]]
    assert [result["name"] for result in found] == [one.name for one in PLAN.line_up]


def test_verdicts_are_those_of_the_analysis(keep: Keep) -> None:
    faster = written(run_json(keep("done")))
    assert result_of(faster, THREADS)["warm"]["verdict"] == "no difference shown"
    assert result_of(faster, PROCESSES)["warm"]["verdict"] == "faster"
    times = TIMES | {PROCESSES: [2.00, 2.01, 2.02]}
    slower = written(run_json(keep("done", rounds_of(PLAN, times))))
    assert result_of(slower, PROCESSES)["warm"]["verdict"] == "slower"


def test_a_speedup_is_the_baselines_time_over_the_contenders(keep: Keep) -> None:
    result = result_of(written(run_json(keep("done"))), PROCESSES)
    speedup = result["warm"]["speedup"]
    assert speedup["estimate"] == pytest.approx(1.987, abs=0.001)
    assert speedup["low"] < speedup["estimate"] < speedup["high"]
    assert result["n"] == 3


def test_a_contender_that_failed_has_no_figures_but_a_reason(keep: Keep) -> None:
    survivors = [sample for sample in SAMPLES if sample.contender != THREADS]
    plain = written(run_json(keep("done", [*survivors, a_failure(THREADS, 2)])))
    result = result_of(plain, THREADS)
    nothing = {"seconds": None, "speedup": None, "verdict": "failed"}
    assert (result["n"], result["error"]) == (0, "It broke.")
    assert result["warm"] == result["cold"] == nothing
    assert plain["failures"] == [
        {
            "contender": THREADS,
            "round": 2,
            "code": "raised",
            "message": "It broke.",
            "output": "what it printed",
        }
    ]


def test_a_contender_with_another_answer_failed(keep: Keep) -> None:
    wrong = [replace(one, answer="1") if one.contender == THREADS else one for one in SAMPLES]
    result = result_of(written(run_json(keep("done", wrong))), THREADS)
    assert result["warm"]["verdict"] == "failed"
    assert "differs from the sequential answer" in result["error"]


def test_after_one_round_there_are_estimates_without_intervals(keep: Keep) -> None:
    first = [sample for sample in SAMPLES if sample.round == 1]
    reading = result_of(written(run_json(keep("running", first))), PROCESSES)["warm"]
    baseline = math.sqrt(TIMES[SEQUENTIAL][0] * TIMES[CONTROL][0])
    estimate = pytest.approx(baseline / TIMES[PROCESSES][0])
    assert reading["speedup"] == {"estimate": estimate, "low": None, "high": None}
    assert reading["verdict"] == "no difference shown"


def test_a_run_that_sweeps_tells_where_its_lines_break_even() -> None:
    plan = a_plan("spin", executors=["processes"], sweep=("length", [1, 10, 100]))
    speedups = {"length 1": 0.25, "length 10": 0.5, "length 100": 2.0}
    times = {
        one.name: [
            wobble / speedups.get(one.name.partition("processes × 2 at ")[2], 1.0)
            for wobble in (1.00, 1.01, 0.99)
        ]
        for one in plan.line_up
    }
    run = a_run(plan, rounds_of(plan, times), state="done")
    plain = written(
        run_json(replace(run, id="0" * 12, environment=environment(), started=1.0, ended=2.0))
    )
    crossing, cold = plain["analysis"]["crossings"]
    assert (crossing["line"], crossing["rising"]) == ("processes × 2", True)
    assert 10 < crossing["low"] <= crossing["estimate"] <= crossing["high"] < 100
    assert (crossing["mode"], cold["mode"]) == ("warm", "cold")
    assert plan_from_json(plain["plan"]) == plan


def test_scaling_and_reasons_are_told_with_what_is_withheld() -> None:
    plan = a_plan(executors=["processes"], workers=[1, 2, 4, 8])
    times = {
        one.name: [wobble / one.workers for wobble in (1.00, 1.01, 0.99, 1.02, 0.98)]
        for one in plan.line_up
    }
    spans = tuple(Span(0, 0, n / 256, (n + 1) / 256, 1 / 256) for n in range(256))
    run = replace(
        a_run(plan, rounds_of(plan, times), state="done", usable=8),
        environment=environment() | {"cpus": environment()["cpus"] | {"usable": 8}},
        traces=(Trace("sequential", 1.0, 256, 1, spans, 10_000_000),),
        started=1.0,
        ended=2.0,
    )
    plain = written(run_json(run))
    (scaling,) = plain["analysis"]["scaling"]
    assert [rung["workers"] for rung in scaling["rungs"]] == [1, 2, 4, 8]
    assert scaling["amdahl"]["serial_share"]["high"] < 0.05
    assert scaling["usl"]["withheld"]["code"] == "few-counts"
    assert scaling["projection"]["points"][-1]["workers"] == 16
    assert plain["traces"][0]["spans"][3] == [0, 0, 3 / 256, 4 / 256, 1 / 256]
    assert {reason["code"] for reason in plain["analysis"]["reasons"]} == {"unused"}


def test_warnings_are_codes_with_sentences(keep: Keep) -> None:
    plain = written(run_json(keep("stopped", SAMPLES[:4])))
    assert "few-rounds" in [warning["code"] for warning in plain["warnings"]]


@pytest.mark.parametrize("seconds", [1e-9, 1e-6, 86_400.0])
def test_times_of_any_size_give_finite_numbers(seconds: float) -> None:
    samples = [
        a_sample(contender.name, round_, warm=seconds * (1 + place * round_))
        for place, contender in enumerate(PLAN.line_up)
        for round_ in (1, 2)
    ]
    plain = run_json(a_run(PLAN, samples))
    json.dumps(plain, allow_nan=False)
    assert list(numbers(plain))


def test_what_work_printed_stays_what_it_was(keep: Keep) -> None:
    printed = 'a "quoted" <b>line</b>\n\N{SNOWMAN} \N{REPLACEMENT CHARACTER}'
    failure = replace(a_failure(THREADS), output=printed)
    (plain,) = written(run_json(keep("running", [failure])))["failures"]
    assert plain["output"] == printed
