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

# What a page needs to draw; to load it takes longer than all else that a first page needs.
DRAWS = ("altair", "pandas", "numpy", "scipy", "PIL.Image", "vl_convert")


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


def test_app_and_first_page_load_nothing_of_what_draws() -> None:
    code = (
        "import sys, app\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"page = AppTest.from_file({str(ROOT / 'pages' / 'site.py')!r}, default_timeout=60).run()\n"
        "assert page.title and not page.exception\n"
        f"print([name for name in {DRAWS} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
