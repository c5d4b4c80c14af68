"""Each executor in a real trial: started by the lab, with a right answer and nothing left over."""

import pytest

from bench.executors import NAMES, find_executor
from bench.measure.trials import trials
from bench.samples import Sample
from tests.build import a_plan
from tests.watching import PATIENCE

# `sequential` is every trial's baseline, and `hybrid` needs work in two stages.
TRIED = [name for name in NAMES if name not in ("sequential", "hybrid")]


@pytest.mark.parametrize("name", TRIED)
def test_its_trial_is_a_sample_with_the_right_answer(name: str) -> None:
    if reason := find_executor(name).missing():
        pytest.skip(f"{name}: {reason}")
    plan = a_plan(executors=[name])
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        sample = trial(plan.line_up[2], 1, 0)
    assert isinstance(sample, Sample), sample
    assert sample.answer == "168"


def test_threads_feeding_processes_give_the_same_answer_as_sequential_work() -> None:
    work = {"count": 3, "delay": 0.01, "size": 2_000}
    plan = a_plan("scrape", executors=["hybrid"], parameters=work)
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        alone, staged = (trial(plan.line_up[place], 1, place) for place in (0, 2))
    assert isinstance(alone, Sample), alone
    assert isinstance(staged, Sample), staged
    assert staged.answer == alone.answer
