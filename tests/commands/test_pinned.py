"""The command line pinned to one CPU: usable CPUs, findings, warnings and marks follow."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.analysis.results import results
from bench.charts.speedup import speedup
from bench.charts.theme import LIGHT
from bench.measure.processes.running import ROOT
from bench.store import Store
from tests.charts.specs import rows_of, spec_of
from tests.exports.schema import read
from tests.watching import PATIENCE

Pinned = Callable[..., Any]


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pinned:
    """A function that runs a command on one CPU and gives its JSON."""
    taskset = shutil.which("taskset")
    if taskset is None:
        pytest.skip("this system has no taskset")
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("there is but one CPU to run on")
    # No other Python need be asked what it is.
    for name in ("PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    cpu = str(min(os.sched_getaffinity(0)))

    def told(*arguments: str) -> Any:
        done = subprocess.run(
            [taskset, "-c", cpu, sys.executable, "-m", "bench", *arguments],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return told


def test_the_machine_has_one_usable_cpu_and_the_doctor_says_why(pinned: Pinned) -> None:
    plain = pinned("machine", "--json")
    assert (plain["cpus"]["usable"], plain["cpus"]["affinity"]) == (1, 1)
    (finding,) = [one for one in plain["findings"] if one["code"] == "one-usable-cpu"]
    assert f"pinned to one of {os.cpu_count()}" in finding["message"]
    assert "without taskset" in finding["action"]


def test_a_run_is_stamped_warned_of_and_marked_with_one_cpu(pinned: Pinned, store: Store) -> None:
    plain = pinned(
        *("run", "primes", "--set", "limit=1000", "--executor", "threads"),
        *("--workers", "1,2", "--rounds", "2", "--no-ceiling", "--out", "-"),
    )
    assert read(json.dumps(plain))["environment"]["cpus"]["usable"] == 1
    (beyond,) = [one for one in plain["warnings"] if one["code"] == "beyond-cpus"]
    assert beyond["message"] == "More workers than the 1 usable CPU: threads × 2."
    run = store.runs.find(plain["id"])
    assert run
    spec = spec_of(speedup(run, results(run), "warm", LIGHT))
    assert [(row["x"], row["text"]) for row in rows_of(spec, "cpus")] == [(1, "1 usable CPU")]
