"""Scripts on the command line: printed or written, and refused in a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Bench


def test_a_script_is_printed_that_runs_and_prints_the_speedup(bench: Bench, tmp_path: Path) -> None:
    said = bench("script", "primes", "--executor", "threads", "--set", "limit=1000")
    assert (said.code, said.err) == (0, "")
    file = tmp_path / "primes.py"
    file.write_text(said.out.replace("SECONDS = 3, 3.0", "SECONDS = 1, 0.0"), encoding="utf-8")
    ended = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    assert "speedup" in ended.stdout
    assert ended.stdout.splitlines()[-1].split() == ["answer", "168"]


def test_its_options_are_those_of_a_run(bench: Bench) -> None:
    pool = "pool:start_method=spawn,chunk=5,method=imap"
    said = bench("script", "primes", "--preset", "article", "--executor", pool, "--workers", "3")
    for line in ("limit = 2_000_000", "WORKERS = 3", "CHUNK = 5", 'START_METHOD = "spawn"'):
        assert line in said.out
    assert "pool.imap(" in said.out


def test_it_is_written_into_a_file(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "work.py"
    said = bench("script", "tiny", "--executor", "sequential", "--out", str(file))
    assert (said.code, said.out) == (0, "")
    assert (
        file.read_text(encoding="utf-8") == bench("script", "tiny", "--executor", "sequential").out
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["primes", "--executor", "threads", "--executor", "pool"], "ask for one script each"),
        (["primes", "--workers", "1,2"], "processes.workers is '1,2'"),
        (["primes", "--executor", "hybrid"], "Its tasks have no two stages"),
        (["nothing"], "workload is 'nothing'"),
        (["primes", "--out", "/nowhere/x.py"], "out is '/nowhere/x.py'"),
    ],
)
def test_what_makes_no_script_is_refused(bench: Bench, arguments: list[str], sentence: str) -> None:
    said = bench("script", *arguments)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
