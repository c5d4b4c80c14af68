"""Own work on the command line: listed, loaded, run, and refused."""

import json
from pathlib import Path

import pytest

from bench.measure.processes.running import ROOT
from bench.store import Store
from tests.commands.conftest import Bench
from tests.exports.schema import read
from tests.own import FINE, Own
from tests.scripted import Scripted

EXAMPLE = str(ROOT / "examples" / "mine.py")


def test_own_work_is_listed_first_with_its_file(bench: Bench) -> None:
    said = bench("workloads", "--load", EXAMPLE, "--json")
    assert (said.code, said.err) == (0, "")
    first, second, *_ = json.loads(said.out)
    assert (first["name"], first["own"], first["kind"]) == ("collatz", "mine.py", "cpu")
    assert (second["name"], second["own"]) == ("primes", None)


def test_that_of_the_setting_is_listed_too_and_what_is_wrong_is_said_beside(
    bench: Bench, own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = own.file("1 / 0", "wrong.py")
    monkeypatch.setenv("BENCH_WORKLOADS", f"{own.file(FINE)},{wrong},not_there")
    said = bench("workloads")
    assert said.code == 0
    assert said.out.splitlines()[1].split()[:3] == ["fine", "mine.py", "cpu"]
    assert said.err.splitlines() == [
        "own work is 'not_there': it must be a module that Python finds; set PYTHONPATH to the "
        "folder that it is in, or give the path of its file.",
        "wrong.py line 3: ZeroDivisionError: division by zero",
    ]


@pytest.mark.usefixtures("scripted")
def test_a_loaded_workload_is_run_by_its_name(bench: Bench, store: Store) -> None:
    wanted = ("--set", "limit=99", "--workers", "2", "--rounds", "2", "--out", "-")
    said = bench("run", "collatz", "--load", EXAMPLE, *wanted)
    assert said.code == 0
    plan = read(said.out)["plan"]
    assert (plan["workload"], plan["parameters"]) == ("collatz", {"limit": 99})
    assert str(ROOT) not in json.dumps(plan)
    (kept,) = store.history.page(2)
    assert kept.run.plan.workload == "collatz"


def test_a_function_and_a_list_are_enough(bench: Bench, own: Own) -> None:
    file = own.file("def resize(photo): return photo // 2\nphotos = [2, 4, 6]")
    items = ("--items", f"{file}:photos", "--kind", "native", "--no-ceiling")
    said = bench("run", f"{file}:resize", *items, "--workers", "2", "--rounds", "2", "--out", "-")
    assert said.code == 0
    run = read(said.out)
    assert run["plan"]["workload"] == "mine.py:resize"
    assert run["plan"]["parameters"] == {"items": "mine.py:photos"}
    assert {sample["answer"] for sample in run["samples"]} == {"[1, 2, 3]"}
    assert {sample["contender"] for sample in run["samples"]} == {
        "sequential",
        "control",
        "threads × 2",
        "processes × 2",
    }


def test_a_task_that_fails_ends_the_run_with_its_line_and_the_whole_traceback(
    bench: Bench, own: Own
) -> None:
    file = own.file("def task(item):\n    return 1 / item\nitems = [1, 0]")
    names = (f"{file}:task", "--items", f"{file}:items")
    said = bench("run", *names, "--workers", "1", "--rounds", "2", "--out", "-")
    assert said.code == 1
    run = read(said.out)
    assert run["error"].endswith("mine.py line 4 in task: ZeroDivisionError: division by zero")
    assert "Traceback (most recent call last):" in run["failures"][0]["output"]


def test_answers_that_differ_between_executors_are_shown_both(bench: Bench, own: Own) -> None:
    text = (
        "def task(item): return threading.current_thread() is threading.main_thread()\nitems = [1]"
    )
    file = own.file(text)
    names = (f"{file}:task", "--items", f"{file}:items", "--executor", "threads")
    said = bench("run", *names, "--workers", "1", "--rounds", "2", "--no-save")
    assert said.code == 1
    assert "Its answer [false] differs from the sequential answer [true]." in said.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["collatz"], "workload is 'collatz': it must be one of primes, "),
        (
            ["mine.py:resize"],
            "items is 'left out': it must be what the task is applied to; such",
        ),
        (
            ["collatz", "--load", EXAMPLE, "--kind", "io"],
            "kind is 'io': it must be left out; the",
        ),
        (
            ["resize", "--items", "mine.py:photos"],
            "own work is 'resize': it must be a file or",
        ),
        (
            [f"{EXAMPLE}:steps", "--items", f"{EXAMPLE}:numbers", "--kind", "gpu"],
            "kind is 'gpu': it must be one of cpu, native, io, mixed, tiny.",
        ),
        (
            [f"{EXAMPLE}:stops", "--items", f"{EXAMPLE}:numbers"],
            "mine.py: there is no stops: the",
        ),
    ],
)
def test_wrong_use_is_refused_in_a_sentence(
    bench: Bench, store: Store, arguments: list[str], told: str
) -> None:
    said = bench("run", *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told)
    assert store.runs.count() == 0


def test_a_file_that_cannot_be_loaded_says_why_before_its_work_is_refused(
    bench: Bench, own: Own
) -> None:
    said = bench("run", "mine", "--load", own.file("import not_there"))
    assert said.code == 2
    problem, refusal = said.err.splitlines()
    assert problem.startswith("mine.py line 3: ModuleNotFoundError: No module named 'not_there'.")
    assert refusal.startswith("workload is 'mine': it must be one of primes, ")


def test_a_kept_run_of_own_work_is_shown_though_its_file_is_gone(
    bench: Bench, own: Own, scripted: Scripted, store: Store
) -> None:
    scripted({})
    file = own.file(FINE)
    assert bench("run", "fine", "--load", file, "--workers", "2", "--rounds", "2").code == 0
    Path(file).unlink()
    (kept,) = store.history.page(2)
    said = bench("show", kept.run.id)
    assert said.code == 0
    assert "\nfine · CPython" in said.out
