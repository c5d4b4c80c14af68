"""The tour: each step has a short run, and a sentence that is computed from it."""

import pytest

from bench.analysis.progress import estimated_seconds
from bench.errors import Unavailable
from bench.guides.tour import STEPS, Step, step_plan, told
from bench.measure.host.interpreters import Interpreter
from bench.plan import this_interpreter
from bench.samples import Run
from tests.analysis.advice.test_agreement import measured
from tests.machines import a_python

HERE = a_python(this_interpreter(), gil=True)
KNOWN = {HERE.name: HERE}
STEP = {step.name: step for step in STEPS}

GILLED = [step for step in STEPS if not step.without_gil]


@pytest.mark.parametrize("step", GILLED, ids=lambda step: step.name)
def test_a_step_takes_less_than_ten_seconds(step: Step) -> None:
    plan = step_plan(step, 2, lambda: KNOWN)
    seconds = estimated_seconds(plan, 2)
    assert seconds
    assert seconds[1] < 10


def a_run(name: str, times: float) -> Run:
    """A run of a step that is so many times as fast as sequential work."""
    plan = step_plan(STEP[name], 2, lambda: KNOWN)
    return measured(plan, {plan.contenders[0].name: 1 / times})


@pytest.mark.parametrize(
    ("name", "times"), [("waiting", 7.0), ("computing", 1.0), ("processes", 1.9), ("tiny", 0.1)]
)
def test_a_run_as_usual_is_told_in_the_labs_own_sentence(name: str, times: float) -> None:
    answer = told(STEP[name], a_run(name, times))
    assert answer.usual
    assert "Usually" not in answer.sentence


@pytest.mark.parametrize(
    ("name", "times", "sentence"),
    [
        ("waiting", 1.0, "Threads × 8: no difference shown (1.00–1.00). Usually it is faster: "
         "this run does not show it."),
        ("computing", 1.9, "Threads × 2: 1.90 times as fast as sequential (1.90–1.90). Usually it "
         "is no faster: not in this run."),
    ],
)  # fmt: skip
def test_a_run_that_says_otherwise_than_usual_says_so(
    name: str, times: float, sentence: str
) -> None:
    answer = told(STEP[name], a_run(name, times))
    assert (answer.sentence, answer.usual) == (sentence, False)


def test_the_last_step_takes_a_python_without_the_gil_or_says_that_there_is_none() -> None:
    step = STEP["without-gil"]
    free: dict[str, Interpreter] = {**KNOWN, "3.14t": a_python("3.14t")}
    assert step_plan(step, 2, lambda: free).interpreters == ("3.14t",)
    with pytest.raises(Unavailable, match="No Python without the GIL was found"):
        step_plan(step, 2, lambda: KNOWN)
