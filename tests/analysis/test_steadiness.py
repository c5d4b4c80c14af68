"""Whether a run may be relied on."""

from dataclasses import replace
from typing import Any

import pytest

from bench.analysis.steadiness import AGAINST, steadiness
from bench.samples import Run, State
from tests.build import a_failure, a_plan, a_run, rounds_of

PLAN = a_plan()
NAMES = [contender.name for contender in PLAN.line_up]
STEADY = {name: [1.0] * 6 for name in NAMES}


def a_steady_run(state: State = "done", **changes: Any) -> Run:
    """A run of six rounds, with the samples of its second round changed so."""
    samples = [
        replace(sample, **changes) if sample.round == 2 else sample
        for sample in rounds_of(PLAN, STEADY)
    ]
    return a_run(PLAN, samples, state=state)


def codes(run: Run) -> tuple[list[str], list[str]]:
    """The codes of what speaks against a run, and of what is only noted."""
    found = steadiness(run)
    assert found.steady == (not found.reasons)
    return [one.code for one in found.reasons], [one.code for one in found.noted]


def test_a_run_that_nothing_speaks_against_is_steady() -> None:
    assert codes(a_steady_run()) == ([], [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"throttled_s": 0.1}, "throttled"), ({"swapped_in": 9}, "swapping")],
)
def test_what_moved_the_times_speaks_against_it(changes: dict[str, Any], code: str) -> None:
    assert codes(a_steady_run(**changes)) == ([code], [])


def test_disturbed_rounds_speak_against_it_only_if_the_estimates_rest_on_them() -> None:
    assert codes(a_steady_run(foreign_share=0.5)) == ([], ["set-aside"])
    three = [sample for sample in a_steady_run(foreign_share=0.5).samples if sample.round < 4]
    assert "disturbed" in codes(a_run(PLAN, three, state="done"))[0]


def test_what_the_system_does_not_tell_and_what_was_asked_for_are_only_noted() -> None:
    run = replace(a_steady_run(foreign_share=None), environment={"cpus": {"usable": 1}})
    assert codes(run) == ([], ["cannot-tell", "beyond-cpus"])


def test_a_control_that_differs_speaks_against_it() -> None:
    times = {**STEADY, "control": [1.25, 1.251, 1.249, 1.25, 1.25, 1.25]}
    assert codes(a_run(PLAN, rounds_of(PLAN, times), state="done")) == (["unsteady"], [])


@pytest.mark.parametrize("state", ["done", "stopped", "interrupted"])
def test_wide_intervals_speak_against_it_however_it_ended(state: State) -> None:
    times = {**STEADY, "threads × 2": [1.0, 1.3, 1.0, 1.3, 1.0, 1.3]}
    assert codes(a_run(PLAN, rounds_of(PLAN, times), state=state)) == (["wide-intervals"], [])


def test_too_few_rounds_of_any_contender_speak_against_it() -> None:
    times = {**STEADY, "processes × 2": [1.0]}
    assert codes(a_run(PLAN, rounds_of(PLAN, times), state="stopped")) == (["few-rounds"], [])
    assert codes(a_run(PLAN, state="stopped")) == (["few-rounds"], [])


def test_a_contender_without_a_result_speaks_against_it() -> None:
    times = {name: seconds for name, seconds in STEADY.items() if name != "threads × 2"}
    run = a_run(PLAN, rounds_of(PLAN, times), [a_failure("threads × 2")], state="done")
    assert codes(run) == (["contender-failed"], [])


def test_a_run_that_failed_is_not_steady_whatever_it_measured() -> None:
    run = replace(a_steady_run("failed"), error="The machine refused: no space is left.")
    (reason,) = steadiness(run).reasons
    assert (reason.code, reason.message) == ("run-failed", run.error)


def test_as_plain_data_it_has_reasons_and_notes() -> None:
    plain = steadiness(a_steady_run(swapped_in=1)).as_json()
    assert plain["steady"] is False
    assert [reason["code"] for reason in plain["reasons"]] == ["swapping"]
    assert plain["noted"] == []


def test_the_codes_that_speak_against_a_run_are_these() -> None:
    assert sorted(AGAINST) == [
        "contender-failed",
        "disturbed",
        "few-rounds",
        "gil-came-back",
        "swapping",
        "throttled",
        "unsteady",
        "wide-intervals",
    ]
