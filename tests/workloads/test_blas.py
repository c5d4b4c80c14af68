"""The threads of NumPy's own library: one, but where the work says otherwise."""

import pytest

from bench.measure.processes.running import ONE_THREAD, child_environment
from bench.measure.trials import trials
from bench.samples import Sample
from bench.workloads import all_workloads
from bench.workloads.blas import blas_environment
from tests.build import a_plan
from tests.scripted import Scripted
from tests.watching import PATIENCE


def test_children_have_one_thread() -> None:
    assert blas_environment(1) == ONE_THREAD
    assert child_environment("/nowhere").items() >= ONE_THREAD.items()
    assert set(ONE_THREAD.values()) == {"1"}


def test_no_other_work_changes_its_environment() -> None:
    for name, workload in all_workloads().items():
        if name != "matmul":
            assert workload.variables(workload.parameters({})) == {}


@pytest.mark.parametrize("threads", [1, 3])
def test_a_trial_begins_with_as_many_as_its_work_says(scripted: Scripted, threads: int) -> None:
    scripted({"threads": 'tell(SAMPLE | {"answer": os.environ["OPENBLAS_NUM_THREADS"]})'})
    plan = a_plan("matmul", executors=["threads"], parameters={"blas_threads": threads})
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        sample = trial(plan.line_up[2], 1, 0)
    assert isinstance(sample, Sample)
    assert sample.answer == str(threads)
