"""The public names, and the walls between the rooms."""

import subprocess
import sys

import pytest

import bench
from bench.measure.processes.running import ROOT

PUBLIC = [
    "Advised",
    "Between",
    "Contender",
    "Measured",
    "OneOf",
    "Plan",
    "Refused",
    "Staged",
    "Unavailable",
    "Work",
    "advise",
    "draft",
    "load",
    "plan_from_json",
    "run",
    "workload",
]

# What a trial's child must not load: it starts for every sample, in whatever interpreter.
HEAVY = ("streamlit", "pandas", "altair", "scipy", "numpy", "psutil", "click", "sqlite3", "asyncio")


def test_the_public_names_are_these() -> None:
    assert bench.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(bench, name).__name__ == name


def test_a_name_that_is_not_there_is_an_error_as_usual() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        bench.nonsense  # noqa: B018


def test_a_trials_child_loads_the_standard_library_alone() -> None:
    code = (
        "import sys, bench.measure.child.trial, bench.executors, bench.workloads\n"
        "from bench.measure.child import describe, owned, state\n"
        "bench.executors.find_executor('processes'); bench.workloads.find_workload('primes')\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
