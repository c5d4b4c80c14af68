"""From a child's event to a sample: whole and finite, or none."""

import math
from typing import Any

import pytest

from bench.measure.trials import MAYBE, TIMES, sample_from, trials
from bench.samples import Failure, Sample
from tests.build import a_plan
from tests.scripted import FAILS, Scripted
from tests.watching import PATIENCE

EVENT: dict[str, Any] = {
    **dict.fromkeys(TIMES, 0.5),
    **dict.fromkeys(MAYBE, 0.0),
    "voluntary": 5,
    "involuntary": 1,
    "gil": True,
    "event": "sample",
    "repeats": 3,
    "answer": "168",
}


def test_an_event_becomes_a_sample() -> None:
    sample = sample_from(EVENT, "threads × 2", 4, 1, 2.5)
    assert (sample.contender, sample.round, sample.order) == ("threads × 2", 4, 1)
    assert (sample.warm_s, sample.repeats, sample.trial_s, sample.answer) == (0.5, 3, 2.5, "168")


def test_an_answer_is_a_line_of_bounded_length_whoever_wrote_it() -> None:
    event = {**EVENT, "answer": "1\n\x1b[31m" + "x" * 100_000}
    answer = sample_from(event, "x", 1, 0, 1.0).answer
    assert answer.startswith("1??[31mxxx")
    assert len(answer) == 200


@pytest.mark.parametrize("name", [*TIMES, *MAYBE, "repeats", "answer", "gil"])
def test_an_event_that_lacks_something_is_no_sample(name: str) -> None:
    with pytest.raises(KeyError):
        sample_from({key: EVENT[key] for key in EVENT if key != name}, "x", 1, 0, 1.0)


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None, "soon", [], 10**400])
def test_an_event_whose_times_are_no_times_is_no_sample(name: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        sample_from({**EVENT, name: value}, "x", 1, 0, 1.0)


@pytest.mark.parametrize("name", MAYBE)
def test_what_the_system_does_not_tell_is_none_and_what_it_tells_is_finite(name: str) -> None:
    sample = sample_from({**EVENT, name: None}, "x", 1, 0, 1.0)
    assert getattr(sample, name) is None
    with pytest.raises(ValueError, match="finite"):
        sample_from({**EVENT, name: math.nan}, "x", 1, 0, 1.0)


@pytest.mark.parametrize("name", ["cold_s", "warm_s"])
@pytest.mark.parametrize("value", [0, -1.0])
def test_times_that_speedups_are_made_of_are_positive(name: str, value: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        sample_from({**EVENT, name: value}, "x", 1, 0, 1.0)


@pytest.mark.parametrize("value", [math.inf, math.nan, None, "many"])
def test_repeats_are_a_number(value: object) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        sample_from({**EVENT, "repeats": value}, "x", 1, 0, 1.0)


def outcome_of(executor: str) -> Sample | Failure:
    plan = a_plan(executors=[executor])
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        return trial(plan.line_up[2], 3, 1)


def test_a_trial_is_a_sample_of_its_contender(scripted: Scripted) -> None:  # noqa: ARG001
    sample = outcome_of("threads")
    assert isinstance(sample, Sample)
    assert (sample.contender, sample.round, sample.order) == ("threads × 2", 3, 1)


def test_a_trial_that_fails_is_a_failure_of_its_contender(scripted: Scripted) -> None:
    scripted({"threads": FAILS})
    assert outcome_of("threads") == Failure(
        "threads × 2", 3, "raised", "ValueError: no good", "in task"
    )


@pytest.mark.parametrize(
    "event",
    [
        '{"event": "sample"}',
        'SAMPLE | {"warm_s": "soon"}',
        'SAMPLE | {"cold_s": float("nan")}',
        'SAMPLE | {"stop_s": float("inf")}',
        'SAMPLE | {"repeats": float("inf")}',
    ],
)
def test_an_event_of_the_wrong_shape_is_garbage(scripted: Scripted, event: str) -> None:
    scripted({"threads": f"tell({event})"})
    outcome = outcome_of("threads")
    assert isinstance(outcome, Failure)
    assert outcome.code == "garbage"
    assert outcome.message == "Its channel held an event without the times of a sample."
