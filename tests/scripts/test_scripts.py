"""Every script that the lab can give: it stands alone, is written well, runs, and is right."""

import ast
import inspect
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.executors import all_executors
from bench.measure.host.interpreters import Interpreter, find_interpreters
from bench.measure.processes.groups import Reaper
from bench.measure.processes.loopback import loopback_server
from bench.workloads import all_workloads
from bench.workloads.primes import count_primes, is_prime, ranges
from tests.executors.programs import newer_interpreters
from tests.scripts.cases import Case, every_case, every_option, lab_answer

ROOT = Path(__file__).parents[2]

# A Dask cluster takes seconds to start and is sent what loky's workers are: one work that keeps a
# cache, and one that downloads in two stages.
ON_DASK = ("sha256", "scrape")

CASES = list(every_case())
ALL = [*CASES, *every_option()]
RUN = [
    case
    for case in ALL
    if case.can_run() and (case.executor.name != "dask" or case.workload.name in ON_DASK)
]

# The longest that all of them may take together on a busy machine, in seconds.
PATIENCE = 240.0

Ended = Mapping[str, tuple[int, str]]


def named(case: Case) -> str:
    return case.named


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """What the lab says to the least of each work."""
    with Reaper() as reaper, loopback_server(reaper) as server:
        return {one.name: lab_answer(one, server) for one in all_workloads().values()}


@pytest.fixture(scope="module")
def ended() -> Iterator[Ended]:
    """How each script ended and what it printed, by name; warnings are errors in all of them."""
    # Not pytest's own folder: its path can be too long for the fork server's socket.
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        files = {case.named: Path(folder, f"{case.named}.py") for case in RUN}
        for case in RUN:
            files[case.named].write_text(case.short, encoding="utf-8")
        command = [sys.executable, "-W", "error", "-m", "tests.scripts.performing"]
        told = subprocess.run(
            [*command, *map(str, files.values())],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": folder, "OPENBLAS_NUM_THREADS": "1"},
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        codes = json.loads(told.stdout)
        yield {
            name: (codes[str(file)], Path(f"{file}.out").read_text(encoding="utf-8"))
            for name, file in files.items()
        }


@pytest.mark.parametrize("case", RUN, ids=named)
def test_a_script_runs_and_gives_the_labs_answer(
    case: Case, ended: Ended, answers: Mapping[str, str]
) -> None:
    code, said = ended[case.named]
    assert code == 0, said
    told = printed(said)
    assert told.pop("answer") == answers[case.workload.name]
    assert told.keys() == (
        {"sequential"}
        if case.executor.name == "sequential"
        else {"sequential", case.contender.name, "with start-up", "speedup"}
    )
    assert all(float(figure.removesuffix(" s")) >= 0 for figure in told.values())


def printed(said: str) -> dict[str, str]:
    """What a script printed: figures by name."""
    lines = [line.partition("  ") for line in said.splitlines()]
    return {name: figure.strip() for name, _, figure in lines}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every script there can be, as the lab gives it."""
    made = tmp_path_factory.mktemp("scripts")
    for case in ALL:
        (made / f"{case.named}.py").write_text(case.text, encoding="utf-8")
    return made


@pytest.mark.parametrize(
    "command",
    [
        ["format", "--check", "--isolated", "--line-length=100"],
        ["check", "--isolated", "--line-length=100", "--select=E,W,F,I,B,C4,N,PIE,RET,SIM,UP"],
    ],
    ids=["format", "lint"],
)
def test_a_formatter_and_a_linter_leave_them_as_they_are(folder: Path, command: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--no-cache", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("case", ALL, ids=named)
def test_a_script_stands_alone_has_its_guard_and_names_its_start_method(case: Case) -> None:
    tree = ast.parse(case.text)
    homes = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    homes |= {
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    }
    assert not [home for home in homes if str(home).split(".")[0] == "bench"]
    assert ast.unparse(tree.body[-1]) == "if __name__ == '__main__':\n    main()"
    method = case.contender.options.get("start_method")
    assert (f'START_METHOD = "{method}"' in case.text) == (method is not None)


def test_what_a_script_does_is_the_labs_own_source() -> None:
    (case,) = [case for case in CASES if case.named == "primes-pool"]
    for function in (is_prime, count_primes, ranges):
        assert inspect.getsource(function) in case.text


def test_there_is_one_for_every_work_under_every_executor_that_fits_it() -> None:
    works, ways = ({one.workload.name for one in CASES}, {one.executor.name for one in CASES})
    assert works == set(all_workloads())
    assert len(ways) == 11
    assert len(CASES) > 0.85 * len(works) * (len(ways) - 1)


# The oldest is run through above.
ELSEWHERE = ("3.12", "3.13", "3.14t")


def thin(python: Interpreter) -> list[Case]:
    """A few scripts: every work and every executor that an interpreter can run, each once."""
    works = [one for name, one in all_workloads().items() if python.workloads.get(name, "") is None]
    ways = [one for name, one in all_executors().items() if python.executors.get(name, "") is None]
    fit = [way for way in ways if way.unfit(works[0]) is None]
    plain = [Case(work, way) for work, way in zip(works, itertools.cycle(fit), strict=False)]
    spawned = [Case(works[0], way, (("start_method", "spawn"),)) for way in fit if way.piped]
    return [*plain, *(one for one in spawned if "start_method" in one.contender.options)]


@pytest.fixture(scope="module")
def pythons() -> dict[str, Interpreter]:
    """The interpreters of this machine that trials can run on, by name."""
    return {one.name: one for one in find_interpreters(newer_interpreters()) if not one.problem}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_few_scripts_run_on_other_interpreters(
    name: str, pythons: Mapping[str, Interpreter], answers: Mapping[str, str], tmp_path: Path
) -> None:
    if name not in pythons:
        pytest.skip(f"no Python {name} here")

    def run(case: Case) -> tuple[Case, str]:
        file = tmp_path / f"{case.named}.py"
        file.write_text(case.short, encoding="utf-8")
        command = [pythons[name].path, "-W", "error", str(file)]
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert (ended.returncode, ended.stderr) == (0, ""), f"{case.named}: {ended.stderr}"
        return case, ended.stdout

    with ThreadPoolExecutor(2) as pool:
        for case, said in pool.map(run, thin(pythons[name])):
            assert printed(said)["answer"] == answers[case.workload.name]
