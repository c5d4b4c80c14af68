"""Files of pyperf, hyperfine and pytest-benchmark: written by these tools, here and before."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.analysis.results import results
from bench.exports.formats import formats_of, whole
from bench.exports.json_run import run_json
from bench.exports.look import Look
from bench.exports.pyperf_run import pyperf_files
from bench.imports.bringing import bring_in
from bench.imports.formats import run_from
from bench.samples import Run
from bench.settings import settings
from bench.store import Store
from tests.exports.schema import written
from tests.factory import a_run, costing, traced
from tests.imports.files import MOST, WRITTEN, as_bytes

NOTHING = dict.fromkeys(
    ("cold_s", "start_s", "first_s", "stop_s", "cpu_user_s", "cpu_system_s", "trial_s"), None
)


def opened(data: bytes) -> Run:
    return run_from(data, MOST)


def times_of(run: Run) -> dict[str, list[float]]:
    return {
        one.name: [sample.warm_s for sample in run.samples if sample.contender == one.name]
        for one in run.plan.contenders
    }


def ran(*command: str, folder: Path) -> None:
    # Where a worker of pytest-xdist says that it is one, pytest-benchmark measures nothing.
    alone = {name: told for name, told in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=folder, env=alone, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyperf_writes_a_file_that_is_opened(tmp_path: Path) -> None:
    if importlib.util.find_spec("pyperf") is None:
        pytest.skip("pyperf is not installed")
    (tmp_path / "work.py").write_text(
        "import pyperf\n"
        "runner = pyperf.Runner()\n"
        "runner.bench_func('sum', sum, range(100))\n"
        "runner.bench_func('len', len, 'abc')\n"
    )
    options = ("-p", "2", "-n", "3", "-w", "1", "-l", "100", "-q", "-o", "out.json")
    ran(sys.executable, "work.py", *options, folder=tmp_path)
    data = (tmp_path / "out.json").read_bytes()
    run = opened(data)
    values = [
        [value for part in one["runs"] for value in part.get("values", ())]
        for one in json.loads(data)["benchmarks"]
    ]
    assert times_of(run) == {"sum": values[0], "len": values[1]}
    assert {sample.repeats for sample in run.samples} == {100}
    assert run.origin.startswith("imported from pyperf 2.")


def test_hyperfine_writes_a_file_that_is_opened(tmp_path: Path) -> None:
    hyperfine = shutil.which("hyperfine")
    if hyperfine is None:
        pytest.skip("hyperfine is not on PATH")
    command = (hyperfine, "-N", "--runs", "3", "--export-json", "out.json", "sleep 0.01")
    ran(*command, folder=tmp_path)
    data = (tmp_path / "out.json").read_bytes()
    assert times_of(opened(data)) == {"sleep 0.01": json.loads(data)["results"][0]["times"]}


def test_pytest_benchmark_writes_a_file_that_is_opened(tmp_path: Path) -> None:
    if importlib.util.find_spec("pytest_benchmark") is None:
        pytest.skip("pytest-benchmark is not installed")
    (tmp_path / "test_work.py").write_text(
        "def test_sum(benchmark):\n"
        "    benchmark.pedantic(sum, args=(range(100),), rounds=4, iterations=10)\n"
    )
    options = ("-p", "no:cacheprovider", "-q", "--benchmark-json", "out.json", "test_work.py")
    ran(sys.executable, "-m", "pytest", *options, folder=tmp_path)
    data = (tmp_path / "out.json").read_bytes()
    (told,) = json.loads(data)["benchmarks"]
    run = opened(data)
    assert times_of(run) == {"test_sum": told["stats"]["data"]}
    assert {sample.repeats for sample in run.samples} == {10}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_of_another_tool_opens_lists_and_is_exported_in_every_form(
    name: str, store: Store
) -> None:
    tool, version = name.rsplit("-", 1)
    run = store.runs.find(bring_in(store, settings(), WRITTEN[name]), traces=True)
    assert run
    # hyperfine does not tell its version.
    told = f"imported from {tool}" + (f" {version}" if tool != "hyperfine" else "")
    assert run.origin == told
    plain = written(run_json(run))
    assert plain["imported"]["tool"] == tool
    forms = {end: form for end, form in formats_of(run).items() if not end.endswith(".png")}
    assert {".json", ".csv", ".md", ".html", "/times.svg", "/pyperf.zip"} <= forms.keys()
    for end, form in forms.items():
        content = whole(run, form, Look())
        if end in (".md", ".html"):
            assert told in content.decode().replace("\\", "")
    (entry,) = store.history.page(9)
    assert entry.summary
    assert "no baseline to hold them against" in entry.summary.headline


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_tool_does_not_tell_is_empty_and_no_speedup_is_made_up(name: str) -> None:
    run = opened(WRITTEN[name])
    assert run.samples
    for sample in run.samples:
        assert sample.as_json().items() >= NOTHING.items()
    found = results(run)
    assert {result.contender.role for result in found} == {"contender"}
    for result in found:
        assert result.warm
        assert (result.warm.speedup, result.cold, result.against) == (None, None, "")
        assert result.n == len(times_of(run)[result.contender.name])


def test_hyperfine_has_no_machine_and_the_same_command_may_be_there_twice() -> None:
    run = opened(WRITTEN["hyperfine-1.15.0"])
    assert run.environment == {}
    assert [one.name for one in run.plan.contenders] == [
        "sleep 0.001",
        "echo <b>=1+1</b>",
        "sleep 0.002",
        "echo <b>=1+1</b> (2)",
    ]


def test_a_command_that_failed_has_no_result() -> None:
    plain = json.loads(WRITTEN["hyperfine-1.15.0"])
    plain["results"][0]["exit_codes"][1:3] = [2, None]
    run = opened(as_bytes(plain))
    assert results(run)[0].error == "Its command ended with exit code 2 in 2 of 5 runs."


def test_the_machine_is_what_pytest_benchmark_tells_of_it() -> None:
    told = json.loads(WRITTEN["pytest-benchmark-5.3.1"])["machine_info"]
    run = opened(WRITTEN["pytest-benchmark-5.3.1"])
    assert run.pythons == f"CPython {told['python_version']}"
    assert run.environment["system"]["release"] == told["release"]
    assert "usable" not in run.environment["cpus"]


def test_many_values_are_taken_together_and_lose_nothing_of_their_mean() -> None:
    plain = json.loads(WRITTEN["pytest-benchmark-5.3.1"])
    stats = plain["benchmarks"][0]["stats"]
    stats["data"] = [1e-6 * (1 + place % 7) for place in range(12_345)]
    run = opened(as_bytes(plain))
    mine = [one for one in run.samples if one.contender == run.plan.contenders[0].name]
    assert len(mine) <= 500
    assert sum(one.repeats for one in mine) == 12_345 * stats["iterations"]
    total = sum(one.warm_s * one.repeats for one in mine) / sum(one.repeats for one in mine)
    assert total == pytest.approx(sum(stats["data"]) / 12_345)


def test_of_the_labs_own_files_for_pyperf_the_contenders_come_back() -> None:
    run = traced(costing(a_run()))
    for plain in pyperf_files(run).values():
        back = opened(as_bytes(plain))
        assert back.plan.workload == "primes"
        for one in back.plan.contenders:
            (theirs,) = [each for each in run.plan.line_up if each.name == one.name]
            assert (one.executor, one.workers) == (theirs.executor, theirs.workers)
            mine, before = (
                [(s.warm_s, s.cold_s) for s in each.samples if s.contender == one.name]
                for each in (back, run)
            )
            assert mine == before


@pytest.mark.parametrize(
    ("name", "change", "match"),
    [
        ("hyperfine-1.15.0", '"times"', r"results\[0\]\.times is None: it must be given"),
        ("pytest-benchmark-5.3.1", '"data"', r"stats\.data is None: it must be given; save them"),
        ("pyperf-2.10.0", '"values"', r"benchmarks\[0\]\.runs is 'without values'"),
    ],
)
def test_a_file_without_its_values_says_how_to_save_them(
    name: str, change: str, match: str
) -> None:
    with pytest.raises(ValueError, match=match):
        opened(WRITTEN[name].replace(change.encode(), b'"other"'))
