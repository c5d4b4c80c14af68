"""The command line as a process of its own: its streams, its signals, its exit code."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bench.access import OPERATOR
from bench.asking.plans import plan_from_json
from bench.measure.processes.hostlock import host_lock
from bench.measure.processes.running import ROOT
from bench.samples import Run
from bench.settings import Settings
from bench.store import Store
from tests.exports.schema import read
from tests.watching import PATIENCE, eventually, living_with

Process = subprocess.Popen[str]
Start = Callable[..., Process]

PRIMES = ("run", "primes", "--set", "limit=1000", "--executor", "threads", "--workers", "2")


@pytest.fixture
def start() -> Iterator[Start]:
    """A function that starts a command."""
    with ExitStack() as stack:

        def started(*arguments: str) -> Process:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "bench", *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    cwd=ROOT,
                    start_new_session=True,
                )
            )
            stack.callback(process.kill)
            return process

        yield started


def newest(store: Store) -> Run | None:
    listed = store.history.page(1)
    return store.runs.find(listed[0].run.id) if listed else None


def test_a_run_as_json_has_standard_output_to_itself(start: Start, store: Store) -> None:
    command = start(*PRIMES, "--rounds", "2", "--out", "-")
    out, err = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, err
    plain = read(out)
    run = newest(store)
    assert run
    assert (plain["id"], plan_from_json(plain["plan"])) == (run.id, run.plan)
    assert {sample["answer"] for sample in plain["samples"]} == {"168"}
    assert "round 2" in err


def test_lists_as_json_are_json_alone(start: Start) -> None:
    command = start("workloads", "--json")
    out, err = command.communicate(timeout=PATIENCE)
    assert (command.returncode, err) == (0, "")
    assert json.loads(out)


def test_wrong_use_ends_with_exit_code_2_and_one_line(start: Start) -> None:
    command = start("run", "primes", "--set", "limit=nan")
    out, err = command.communicate(timeout=PATIENCE)
    assert (command.returncode, out, len(err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_its_samples_and_ends_with_exit_code_130(
    start: Start, store: Store, number: signal.Signals
) -> None:
    command = start(*PRIMES, "--rounds", "1000", "--out", "-")
    eventually(lambda: (run := newest(store)) and len(run.samples) >= 6, "two rounds")
    command.send_signal(number)
    out, err = command.communicate(timeout=PATIENCE)
    assert command.returncode == 130, err
    run = newest(store)
    assert run
    assert run.state == read(out)["state"] == "stopped"
    assert len(run.samples) == len(read(out)["samples"]) >= 6
    assert "Traceback" not in err
    assert not living_with("BENCH_DATA", os.environ["BENCH_DATA"])


def test_the_terminals_interrupt_reaches_all_and_stops_the_run_all_the_same(
    start: Start, store: Store
) -> None:
    command = start(*PRIMES, "--rounds", "1000")
    eventually(lambda: (run := newest(store)) and run.samples, "a sample")
    os.killpg(command.pid, signal.SIGINT)
    command.communicate(timeout=PATIENCE)
    run = newest(store)
    assert run
    assert (command.returncode, run.state, run.error, run.failures) == (130, "stopped", "", ())


def test_a_run_that_is_killed_leaves_no_process_and_the_next_one_marks_it(
    start: Start, store: Store
) -> None:
    command = start(*PRIMES, "--rounds", "1000")
    eventually(lambda: (run := newest(store)) and len(run.samples) >= 3, "a round")
    command.kill()
    command.communicate(timeout=PATIENCE)
    data = os.environ["BENCH_DATA"]
    eventually(lambda: not living_with("BENCH_DATA", data), "the end of all it started")
    killed = newest(store)
    assert killed
    following = start(*PRIMES, "--rounds", "2")
    following.communicate(timeout=PATIENCE)
    assert following.returncode == 0
    left = store.runs.find(killed.id)
    assert left
    assert (left.state, left.samples) == ("interrupted", killed.samples)


def test_a_run_that_must_wait_says_for_whom_and_can_be_stopped(
    start: Start, store: Store, here: Settings
) -> None:
    with host_lock(here.lock, "somebody else"):
        command = start(*PRIMES, "--out", "-")
        assert command.stderr
        assert command.stderr.readline() == (
            f"Waiting for somebody else (process {os.getpid()}), which measures on this machine.\n"
        )
        command.send_signal(signal.SIGINT)
        out, _ = command.communicate(timeout=PATIENCE)
    assert command.returncode == 130
    assert read(out)["state"] == "stopped"
    assert store.runs.count() == 0


def test_a_run_that_had_to_wait_goes_on_when_it_may(
    start: Start, store: Store, here: Settings
) -> None:
    with host_lock(here.lock, "somebody else"):
        command = start(*PRIMES, "--rounds", "2")
        assert command.stderr
        assert command.stderr.readline().startswith("Waiting for somebody else")
    _, err = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, err
    run = newest(store)
    assert run
    assert run.state == "done"


def test_a_run_can_be_stopped_in_the_store(start: Start, store: Store) -> None:
    command = start(*PRIMES, "--rounds", "1000")
    eventually(lambda: (run := newest(store)) and run.samples, "a sample")
    run = newest(store)
    assert run
    store.queue.stop(run.id, OPERATOR)
    command.communicate(timeout=PATIENCE)
    assert command.returncode == 130
