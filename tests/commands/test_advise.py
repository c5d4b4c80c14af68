"""Advice on the command line: with its check, without, of own work, and of work that fails."""

import json
import os
import signal

import pytest

from bench.measure.own.work import function_work
from bench.store import Store
from bench.workloads import find_workload
from tests.commands.conftest import Bench
from tests.own import Own
from tests.profiled import WAITS, ScriptedProfiles, a_profile
from tests.scripted import FAILS, Scripted

pytestmark = pytest.mark.usefixtures("scripted")

PRIMES = ("advise", "primes", "--set", "limit=1000")


def test_a_recommendation_is_held_against_a_run_that_is_kept(
    bench: Bench, store: Store, profiles: ScriptedProfiles
) -> None:
    profiles(a_profile())
    said = bench(*PRIMES)
    assert said.code == 0, said.err
    first, second, third, *_ = said.out.splitlines()
    assert first.startswith("Choose processes × 2, Processes (ProcessPoolExecutor): about 1.")
    assert second.startswith("Next to it: ")
    assert third.startswith("It held as far as this run can tell: nothing is shown to be faster")
    (kept,) = store.history.page(2)
    assert kept.run.plan.parameters == {"limit": 1_000}
    assert {one.executor for one in kept.run.plan.contenders} == {"processes", "pool", "threads"}
    assert f"show {kept.run.id}" in said.out


def test_what_a_run_refutes_is_said_to_be(
    bench: Bench, profiles: ScriptedProfiles, scripted: Scripted
) -> None:
    scripted({"processes": "tell(SAMPLE | dict(cold_s=1.5, warm_s=1.5))"})
    profiles(a_profile())
    assert "\nIt did not hold: " in bench(*PRIMES, "--no-save").out


def test_as_json_all_facts_are_there(bench: Bench, profiles: ScriptedProfiles) -> None:
    profile = a_profile(**WAITS)
    profiles(profile)
    said = bench(*PRIMES, "--json", "--no-save")
    told = json.loads(said.out)
    assert (told["workload"], told["parameters"]) == ("primes", {"limit": 1_000})
    assert told["profile"] == json.loads(json.dumps(profile.as_json()))
    assert told["advice"]["chosen"]["executor"] == "threads"
    assert told["check"]["stand"] == "not shown to differ"


def test_without_a_check_nothing_is_measured_or_kept(
    bench: Bench, store: Store, profiles: ScriptedProfiles
) -> None:
    profiles(a_profile())
    said = bench(*PRIMES, "--no-check", "--json")
    assert (said.code, json.loads(said.out)["check"]) == (0, None)
    assert store.runs.count() == 0


def test_a_contender_that_fails_is_told_and_is_the_exit_code(
    bench: Bench, profiles: ScriptedProfiles, scripted: Scripted
) -> None:
    scripted({"processes": FAILS})
    profiles(a_profile())
    said = bench(*PRIMES, "--no-save")
    assert said.code == 1
    assert "It could not be checked: ValueError: no good" in said.out


def test_answers_that_do_not_repeat_are_not_measured(
    bench: Bench, store: Store, profiles: ScriptedProfiles
) -> None:
    profiles(a_profile(repeats=False, differs="items[0] gave 1 first and 2 then"))
    assert "It could not be checked: its answers do not repeat." in bench(*PRIMES).out
    assert store.runs.count() == 0


def test_own_work_is_of_the_kind_that_its_profile_shows_unless_it_is_said(
    bench: Bench, own: Own, profiles: ScriptedProfiles
) -> None:
    file = own.file("def task(item): return item\nitems = [1, 2]")
    names = ("advise", f"{file}:task", "--items", f"{file}:items", "--no-check")
    profiles(a_profile(**WAITS))
    assert bench(*names).code == 0
    assert find_workload("mine.py:task").kind == "io"
    assert bench(*names, "--kind", "native").code == 0
    assert find_workload("mine.py:task").kind == "native"


def test_a_task_that_raises_is_one_sentence(bench: Bench, own: Own) -> None:
    file = own.file("def task(item): return 1 / 0\nitems = [1, 2]")
    said = bench("advise", f"{file}:task", "--items", f"{file}:items")
    assert (said.code, said.out) == (1, "")
    assert said.err == "mine.py line 3 in task: ZeroDivisionError: division by zero\n"


def test_a_signal_ends_it(bench: Bench, profiles: ScriptedProfiles) -> None:
    profiles.does(f"os.kill({os.getpid()}, {int(signal.SIGINT)}); time.sleep(600)")
    said = bench(*PRIMES)
    assert (said.code, said.out) == (130, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing"], "workload is 'nothing': it must be one of primes, "),
        (
            ["primes", "--set", "limit=1"],
            "primes.limit is '1': it must be a whole number from 1,000",
        ),
        (["primes", "--kind", "io"], "kind is 'io': it must be left out; the work itself says"),
        (["mine.py:resize"], "items is 'left out': it must be what the task is applied to; such"),
    ],
)
def test_wrong_use_is_refused_in_a_sentence(bench: Bench, arguments: list[str], told: str) -> None:
    said = bench("advise", *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told)


def test_a_program_gets_the_same(own: Own, profiles: ScriptedProfiles) -> None:
    import bench as lab

    profiles(a_profile())
    file = own.file("def task(item): return item\nitems = [1, 2]")
    found = lab.advise(f"{file}:task", f"{file}:items", save=False)
    assert found.check
    assert found.check.held
    assert str(found).startswith("Choose processes × 2")
    assert function_work(f"{file}:task", f"{file}:items").name == found.profiling.wanted.workload
