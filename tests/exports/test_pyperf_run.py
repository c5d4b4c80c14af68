"""A run for pyperf: its own commands read the files, compare executors and complain of nothing."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.errors import Refused
from bench.exports.pyperf_run import pyperf_files
from bench.measure.host.environment import environment
from bench.samples import Run
from tests.exports.hostile import a_hostile_run
from tests.factory import a_run, a_sweep, costing, traced

HOSTS = ("3.11", "3.14t")
RUNS = {
    "a run on this machine": replace(traced(costing(a_run())), environment=environment()),
    "a sweep of a parameter": a_sweep(),
    "a sweep of an option": a_sweep(
        {"processes × 2": (1.7, 1.1)},
        of="start_method",
        values=("fork", "spawn"),
        workload="sha256",
    ),
    "several interpreters": a_run(
        {f"threads × 2 on {host}": (3.0, 0.1) for host in HOSTS}, interpreters=HOSTS
    ),
    "one that somebody made": a_hostile_run(),
}


def pyperf(*arguments: str, folder: Path) -> str:
    """What one of pyperf's commands says; it ends well, and warns of nothing."""
    told = subprocess.run(
        [sys.executable, "-m", "pyperf", *arguments], cwd=folder, capture_output=True, text=True
    )
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


def written(run: Run, folder: Path) -> list[str]:
    files = pyperf_files(run)
    for name, plain in files.items():
        (folder / name).write_text(json.dumps(plain))
    return list(files)


def names_of(plain: dict[str, object]) -> list[str]:
    return [one["metadata"]["name"] for one in plain["benchmarks"]]  # type: ignore[attr-defined]


def test_pyperf_compares_executors_of_a_run(tmp_path: Path) -> None:
    written(traced(costing(a_run())), tmp_path)
    shown = pyperf("show", "processes.json", folder=tmp_path)
    assert "primes, 2 workers, warm" in shown
    assert "Mean +- std dev: 1.7" in shown
    assert "ERROR" not in pyperf("check", "sequential.json", folder=tmp_path)
    compared = pyperf("compare_to", "sequential.json", "processes.json", folder=tmp_path)
    assert "primes, 2 workers, warm" in compared
    assert re.search(r"1\.8\dx faster", compared)
    # The same work a second time is no difference, and pyperf can tell.
    same = pyperf("compare_to", "sequential.json", "control.json", folder=tmp_path)
    assert "ERROR" not in same
    assert "not significant" in same


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_pyperf_reads_every_file_of_any_run(run: Run, tmp_path: Path) -> None:
    files = written(run, tmp_path)
    told = pyperf("show", "--metadata", *files, folder=tmp_path)
    assert "Mean +- std dev" in told


def test_all_files_hold_the_same_names_and_numbers_of_values() -> None:
    files = pyperf_files(a_sweep())
    assert list(files) == ["sequential.json", "control.json", "processes.json", "threads.json"]
    first, *others = ([(name, 5) for name in names_of(plain)] for plain in files.values())
    assert len(first) == len(set(first)) == 2 * 4
    assert all(sorted(other) == sorted(first) for other in others)
    for plain in files.values():
        assert {len(one["runs"]) for one in plain["benchmarks"]} == {5}


def test_only_rounds_that_everybody_finished_have_values() -> None:
    run = a_run()
    cut = tuple(one for one in run.samples if (one.contender, one.round) != ("threads × 2", 4))
    files = pyperf_files(replace(run, samples=cut))
    assert {len(one["runs"]) for plain in files.values() for one in plain["benchmarks"]} == {4}


def test_a_contender_that_failed_has_no_file() -> None:
    files = pyperf_files(a_run(failed=["threads × 1", "threads × 2"]))
    assert list(files) == ["sequential.json", "control.json", "processes.json"]


def test_without_a_finished_round_there_is_nothing_to_write() -> None:
    with pytest.raises(Refused, match="a round that all its contenders finished"):
        pyperf_files(a_run(rounds=0))
