"""Wrong use: one plain sentence on stderr, exit code 2, nothing started and nothing saved."""

import importlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.executors import NAMES
from bench.forms import choice_of
from bench.settings import SETTINGS, Settings
from bench.store import Store
from bench.workloads import all_workloads
from tests.commands.conftest import Bench

WORKERS = "it must be a whole number from 1 to 2,000."
LIMIT = "it must be a whole number from 1,000 to 5,000,000."
DELAY = "it must be a number from 0 to 10 s."
BUDGET = "it must be a number from 0.1 to 3,600 s."
ROUNDS = "it must be a whole number from 2 to 1,000."
SEED = "it must be a whole number from 0 to 4,294,967,295."
CHUNK = "it must be one of many, one, even or a whole number from 1 to 1,000,000."

THREADS = ("primes", "--executor", "threads")

# What follows `run`, and the sentence that answers it.
REFUSED: Sequence[tuple[Sequence[str], str]] = [
    (["nope"], f"workload is 'nope': it must be {choice_of(list(all_workloads()))}."),
    (["primes", "--executor", "nope"], f"executor is 'nope': it must be {choice_of(NAMES)}."),
    (["primes", "--executor", ""], f"executor is '': it must be {choice_of(NAMES)}."),
    (
        [*THREADS, "--executor", "threads:chunk=one"],
        "executor is 'threads': it must be named once; remove the second one.",
    ),
    (["primes", "--set", "nope=1"], "primes.parameter is 'nope': it must be one of limit."),
    (["primes", "--set", "limit"], "parameter is 'limit': it must be written NAME=VALUE."),
    (["primes", "--set", "limit=999"], f"primes.limit is '999': {LIMIT}"),
    (["primes", "--set", "limit=5000001"], f"primes.limit is '5000001': {LIMIT}"),
    (["primes", "--set", "limit=2000.5"], f"primes.limit is '2000.5': {LIMIT}"),
    (["primes", "--set", "limit=nan"], f"primes.limit is 'nan': {LIMIT}"),
    (["primes", "--set", "limit=1e999"], f"primes.limit is '1e999': {LIMIT}"),
    (["primes", "--set", "limit=many"], f"primes.limit is 'many': {LIMIT}"),
    (["primes", "--set", "limit="], f"primes.limit is '': {LIMIT}"),
    (["pages", "--set", "delay=nan"], f"pages.delay is 'nan': {DELAY}"),
    (["pages", "--set", "delay=1e999"], f"pages.delay is '1e999': {DELAY}"),
    (["pages", "--set", "delay=-0.1"], f"pages.delay is '-0.1': {DELAY}"),
    (["pages", "--set", "delay=soon"], f"pages.delay is 'soon': {DELAY}"),
    (
        ["primes", "--executor", "threads:nope=1"],
        "threads.parameter is 'nope': it must be one of chunk.",
    ),
    (
        ["primes", "--executor", "threads:chunk"],
        "parameter is 'chunk': it must be written NAME=VALUE.",
    ),
    (["primes", "--executor", "threads:chunk=0"], f"threads.chunk is '0': {CHUNK}"),
    (["primes", "--executor", "threads:chunk=some"], f"threads.chunk is 'some': {CHUNK}"),
    (
        [*THREADS, "--workers", ""],
        "workers is 'empty': it must be at least one number; such as 1,2,4.",
    ),
    ([*THREADS, "--workers", "0"], f"threads.workers is 0: {WORKERS}"),
    ([*THREADS, "--workers", "-1"], f"threads.workers is -1: {WORKERS}"),
    ([*THREADS, "--workers", "1,10000"], f"threads.workers is 10000: {WORKERS}"),
    ([*THREADS, "--workers", "nan"], f"threads.workers is nan: {WORKERS}"),
    ([*THREADS, "--workers", "1e999"], f"threads.workers is inf: {WORKERS}"),
    ([*THREADS, "--workers", "1.5"], f"threads.workers is 1.5: {WORKERS}"),
    ([*THREADS, "--workers", "two"], f"threads.workers is 'two': {WORKERS}"),
    (
        [*THREADS, "--workers", ",".join(map(str, range(1, 66)))],
        "contenders is 65: it must be at most 64; choose fewer.",
    ),
    (["primes", "--preset", "nope"], "preset is 'nope': it must be one of small, article."),
    (
        ["primes", "--precision", "nope"],
        "precision is 'nope': it must be one of quick, standard, rigorous.",
    ),
    (["primes", "--rounds", "1"], f"rounds is 1: {ROUNDS}"),
    (["primes", "--rounds", "0"], f"rounds is 0: {ROUNDS}"),
    (["primes", "--rounds", "1001"], f"rounds is 1001: {ROUNDS}"),
    (["primes", "--rounds", "nan"], f"rounds is nan: {ROUNDS}"),
    (["primes", "--rounds", "few"], f"rounds is 'few': {ROUNDS}"),
    (["primes", "--budget", "0"], f"budget is 0: {BUDGET}"),
    (["primes", "--budget", "nan"], f"budget is nan: {BUDGET}"),
    (["primes", "--budget", "1e999"], f"budget is inf: {BUDGET}"),
    (["primes", "--budget", "soon"], f"budget is 'soon': {BUDGET}"),
    (["primes", "--seed", "-1"], f"seed is -1: {SEED}"),
    (["primes", "--seed", "4294967296"], f"seed is 4294967296: {SEED}"),
    (["primes", "--seed", "x"], f"seed is 'x': {SEED}"),
    (
        ["primes", "--dask", "127.0.0.1:8786"],
        "dask is '127.0.0.1:8786': it must be an address such as tcp://127.0.0.1:8786, "
        "or left out.",
    ),
    ([], "Missing argument 'WORKLOAD'."),
    (["primes", "more"], "Got unexpected extra argument (more)"),
    (["primes", "more\nthan one line"], "Got unexpected extra argument (more than one line)"),
    (["primes", "--nope"], "No such option '--nope'."),
    (["primes", "--rounds"], "Option '--rounds' requires an argument."),
]


@pytest.fixture(autouse=True)
def _nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object, **__: object) -> None:
        raise AssertionError("it was started")

    monkeypatch.setattr(importlib.import_module("bench.service.foreground"), "perform", started)


def sentence(bench: Bench, *arguments: str) -> str:
    """The one line that a wrong use is answered with."""
    said = bench(*arguments)
    assert (said.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    return line


@pytest.mark.parametrize(("arguments", "answer"), REFUSED, ids=[repr(one[0]) for one in REFUSED])
def test_wrong_use_is_answered_with_field_value_and_bound(
    bench: Bench, here: Settings, arguments: Sequence[str], answer: str
) -> None:
    assert sentence(bench, "run", *arguments).startswith(answer)
    assert not here.data.exists()


@pytest.mark.parametrize("out", ["", "folder", "missing/run.json", "file/run.json", "."])
def test_an_out_that_cannot_be_written_is_refused_before_anything_is_measured(
    bench: Bench, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").write_text("as it was")
    answer = sentence(bench, "run", "primes", "--out", out)
    assert answer == f"out is '{out}': it must be a file in a folder that can be written."
    assert Path("file").read_text() == "as it was"
    assert not here.data.exists()


@pytest.mark.parametrize("command", [["run", "primes"], ["runs"], ["show", "zzz"], ["work"]])
@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_data_folder_that_cannot_be_written_is_refused(
    bench: Bench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: Sequence[str],
    folder: str,
) -> None:
    (tmp_path / "file").write_text("as it was")
    monkeypatch.setenv("BENCH_DATA", str(tmp_path / folder))
    answer = sentence(bench, *command)
    assert answer.startswith("data folder is '")
    assert answer.endswith(
        "it must be a folder that can be written; set BENCH_DATA to another one."
    )
    assert (tmp_path / "file").read_text() == "as it was"


@pytest.mark.parametrize("command", [["run", "primes"], ["runs"], ["settings"], ["work"]])
def test_an_unknown_setting_is_refused(
    bench: Bench, here: Settings, monkeypatch: pytest.MonkeyPatch, command: Sequence[str]
) -> None:
    monkeypatch.setenv("BENCH_NOPE", "1")
    known = choice_of([setting.name for setting in SETTINGS])
    assert sentence(bench, *command) == f"setting is 'BENCH_NOPE': it must be {known}."
    assert not here.data.exists()


@pytest.mark.parametrize(
    ("name", "value", "bound"),
    [
        ("BENCH_QUEUE", "many", "a whole number from 1 to 1,000"),
        ("BENCH_QUEUE", "0", "a whole number from 1 to 1,000"),
        ("BENCH_TRIAL_SECONDS", "nan", "a number from 1 to 86,400 s"),
        ("BENCH_RUN_SECONDS", "1e999", "a number from 1 to 86,400 s"),
        ("BENCH_DATA", "", "a path"),
        ("BENCH_LOCK", "", "a path"),
    ],
)
def test_a_malformed_setting_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str, value: str, bound: str
) -> None:
    monkeypatch.setenv(name, value)
    assert sentence(bench, "run", "primes") == f"{name} is '{value}': it must be {bound}."


def test_a_lock_that_cannot_be_opened_is_said_and_nothing_is_saved(
    bench: Bench, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_LOCK", str(tmp_path / "missing" / "lock"))
    assert sentence(bench, "run", "primes").endswith(": set BENCH_LOCK to another.")
    assert store.runs.count() == 0


def test_a_database_that_is_none_is_said_and_left_as_it_is(bench: Bench, here: Settings) -> None:
    here.data.mkdir()
    here.database.write_bytes(b"no database at all" * 100)
    assert "is damaged" in sentence(bench, "run", "primes")
    assert here.database.read_bytes() == b"no database at all" * 100


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["nope"], "No such command 'nope'."),
        (["--nope"], "No such option '--nope'."),
        (["show"], "Missing argument 'RUN'."),
        (["runs", "--most", "0"], "Invalid value for '--most': 0 is not in the range 1<=x<=1000."),
        (["runs", "--most", "few"], "Invalid value for '--most': 'few' is not a valid integer"),
        (["work", "--nope"], "No such option '--nope'."),
    ],
)
def test_wrong_use_of_other_commands_is_answered_alike(
    bench: Bench, arguments: Sequence[str], answer: str
) -> None:
    assert sentence(bench, *arguments).startswith(answer)


def test_work_that_cannot_run_here_is_refused_with_the_reason(
    bench: Bench, here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    answer = sentence(bench, "run", "pages")
    assert answer.startswith(
        "workload is 'pages': it must be one that can run here; This Python has no "
    )
    assert not here.data.exists()
