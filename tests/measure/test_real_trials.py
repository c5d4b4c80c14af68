"""Trials as real children: each executor with each start method, and work that misbehaves."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.executors.processes import START_METHODS
from bench.measure.processes import running as child
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Ended
from bench.measure.processes.running import run_child
from bench.measure.trials import trials
from bench.plan import Plan
from bench.samples import Failure, Sample
from tests.build import a_plan
from tests.watching import PATIENCE, living_in_group

LIMIT = 20_000


def primes_below(limit: int) -> int:
    """How many primes there are below a limit, by a sieve."""
    maybe = bytearray([1]) * limit
    maybe[:2] = b"\0\0"
    for number in range(2, int(limit**0.5) + 1):
        if maybe[number]:
            maybe[number * number :: number] = bytes(len(maybe[number * number :: number]))
    return sum(maybe)


def trial_of(plan: Plan, place: int) -> Sample | Failure:
    """One trial of the plan's line-up."""
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        return trial(plan.line_up[place], 1, place)


def primes_plan(executor: str, **options: object) -> Plan:
    return a_plan(executors={executor: options}, parameters={"limit": LIMIT})


PLANS = [
    pytest.param(primes_plan("threads"), 0, id="sequential"),
    pytest.param(primes_plan("threads"), 1, id="control"),
    pytest.param(primes_plan("threads"), 2, id="threads"),
    pytest.param(primes_plan("threads", chunk="one"), 2, id="threads one by one"),
    *(
        pytest.param(primes_plan("processes", start_method=method), 2, id=f"processes {method}")
        for method in START_METHODS
    ),
]


@pytest.mark.parametrize(("plan", "place"), PLANS)
def test_a_trial_gives_a_whole_sample_with_the_right_answer(plan: Plan, place: int) -> None:
    sample = trial_of(plan, place)
    assert isinstance(sample, Sample), sample
    assert sample.answer == str(primes_below(LIMIT))
    assert (sample.contender, sample.round, sample.order) == (plan.line_up[place].name, 1, place)
    start, first, stop = (each or 0.0 for each in (sample.start_s, sample.first_s, sample.stop_s))
    cold, trial = sample.cold_s or 0.0, sample.trial_s or 0.0
    assert min(cold, sample.warm_s, first, sample.repeats) > 0
    assert min(start, stop) >= 0
    assert cold == pytest.approx(start + first + stop)
    assert trial > cold
    assert (sample.cpu_user_s or 0.0) + (sample.cpu_system_s or 0.0) > 0


def test_pages_come_from_the_labs_own_server() -> None:
    plan = a_plan("pages", executors=["threads"], parameters={"count": 3, "delay": 0.01})
    with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
        alone, together = (trial(plan.line_up[place], 1, place) for place in (0, 2))
    assert isinstance(alone, Sample), alone
    assert isinstance(together, Sample), together
    assert alone.answer == together.answer


def test_hashes_are_the_same_alone_and_in_threads() -> None:
    plan = a_plan("sha256", executors=["threads"], parameters={"count": 4, "size": 3_000})
    alone, together = trial_of(plan, 0), trial_of(plan, 2)
    assert isinstance(alone, Sample), alone
    assert isinstance(together, Sample), together
    assert alone.answer == together.answer


def test_a_trial_that_takes_too_long_is_a_failure_of_its_contender() -> None:
    plan = a_plan(parameters={"limit": 5_000_000})
    with trials(plan, seconds=0.3, stopping=lambda: False) as trial:
        outcome = trial(plan.line_up[3], 4, 0)
    assert isinstance(outcome, Failure)
    assert (outcome.contender, outcome.round) == ("processes × 2", 4)
    assert outcome.code == "deadline"


# A module of work that misbehaves, and after it the trial itself.
MODULE = '''
import os, sys, threading
from bench.measure.child.trial import main
from bench.work import Work
from bench.workloads import workload

def task(number):
    {task}

@workload("cpu", seconds=lambda: 1.0)
def bad() -> Work:
    """Work that misbehaves"""
    {build}
    return Work(task, [1, 2, 3, 4])

if __name__ == "__main__":
    sys.exit(main())
'''


class Misbehaving:
    """Runs a trial of work made up of a task's body, or of what happens as it is built."""

    def __init__(self, folder: Path, reaper: Reaper) -> None:
        self._script, self._reaper = folder / "misbehaving.py", reaper
        self.turn = folder / "turn"

    def run(self, task: str, executor: str = "sequential", *, build: str = "pass") -> Ended:
        self._script.write_text(MODULE.format(task=task, build=build))
        options: Mapping[str, Any] = {"start_method": "fork"} if executor == "processes" else {}
        request = {
            "workload": "bad",
            "parameters": {},
            "resources": {},
            "executor": executor,
            "workers": 1 if executor == "sequential" else 2,
            "options": options,
            "usable_cpus": 2,
            "throttle_file": "",
            "turn": str(self.turn),
            "trace": False,
        }
        command = [sys.executable, str(self._script)]
        return run_child(command, request, reaper=self._reaper, seconds=PATIENCE)


@pytest.fixture
def misbehaving(tmp_path: Path, reaper: Reaper) -> Misbehaving:
    return Misbehaving(tmp_path, reaper)


EXECUTORS = ["sequential", "threads", "processes"]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_file_tells_that_something_is_timed_for_as_long_as_it_is(
    misbehaving: Misbehaving, executor: str
) -> None:
    reads = f'return open("{misbehaving.turn}").read()'
    ended = misbehaving.run(reads, executor, build=reads.replace("return", "assert not"))
    assert "raised" in ended.code  # nothing had been told while the work was built
    misbehaving.turn.write_text("")
    ended = misbehaving.run(reads, executor, build=reads.replace("return", "assert not"))
    assert ended.event
    assert ended.event["answer"] == json.dumps(["1"] * 4)
    assert misbehaving.turn.read_text() == "0"


@pytest.mark.parametrize("executor", EXECUTORS)
def test_what_work_raises_is_told_with_type_and_message(
    misbehaving: Misbehaving, executor: str
) -> None:
    ended = misbehaving.run('raise KeyError("seven")', executor)
    assert (ended.event, ended.code) == (None, "raised")
    assert ended.message == "KeyError: 'seven'"
    assert "in task" in ended.output


def test_what_a_workload_raises_as_it_is_built_is_told(misbehaving: Misbehaving) -> None:
    ended = misbehaving.run("return 1", build='raise MemoryError("no room")')
    assert (ended.code, ended.message) == ("raised", "MemoryError: no room")


@pytest.mark.parametrize("executor", EXECUTORS)
def test_work_that_prints_does_not_disturb_its_event(
    misbehaving: Misbehaving, executor: str
) -> None:
    ended = misbehaving.run(
        'print("on stdout " * 999, flush=True); print("on stderr", file=sys.stderr); return number',
        executor,
    )
    assert ended.event
    assert ended.event["answer"] == "[1, 2, 3, 4]"
    assert "on stdout" in ended.output


@pytest.mark.parametrize("executor", ["sequential", "threads"])
def test_work_that_exits_is_told_to_have(misbehaving: Misbehaving, executor: str) -> None:
    ended = misbehaving.run("sys.exit(9)", executor)
    assert (ended.code, ended.message) == ("raised", "SystemExit: 9")


@pytest.mark.parametrize("executor", ["sequential", "threads"])
def test_work_that_leaves_without_a_word_is_silent(misbehaving: Misbehaving, executor: str) -> None:
    ended = misbehaving.run("os._exit(9)", executor)
    assert ended.code == "silent"
    assert ended.message == "Its process ended with exit code 9 before it had a result."


@pytest.mark.parametrize("end", ["os._exit(9)", "os.kill(os.getpid(), 9)"])
def test_a_pool_whose_worker_dies_is_broken(misbehaving: Misbehaving, end: str) -> None:
    ended = misbehaving.run(end, "processes")
    assert ended.code == "raised"
    assert ended.message.startswith("concurrent.futures.process.BrokenProcessPool: ")


def test_a_result_that_cannot_be_sent_is_told(misbehaving: Misbehaving) -> None:
    ended = misbehaving.run("return threading.Lock()", "processes")
    assert ended.code == "raised"
    assert "pickle" in ended.message


def test_passes_with_different_answers_are_an_error(misbehaving: Misbehaving) -> None:
    ended = misbehaving.run("return os.urandom(8).hex()")
    assert ended.code == "raised"
    assert "two passes over the same items gave different answers" in ended.message


def test_work_that_writes_on_every_descriptor_does_no_more_than_fail(
    misbehaving: Misbehaving,
) -> None:
    ended = misbehaving.run('os.write(int(sys.argv[1]), b"garbage\\n"); return number', "processes")
    assert ended.code in ("raised", "garbage")


def test_work_that_leaves_a_process_behind_is_measured_and_the_process_ended(
    misbehaving: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "GRACE", 0.1)
    ended = misbehaving.run(
        "return number",
        build="import subprocess; subprocess.Popen(['sleep', '600']); print(os.getpid())",
    )
    assert ended.event
    assert living_in_group(int(ended.output)) == []
