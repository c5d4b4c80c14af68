"""Work that misbehaves in a pool's workers: its contender says so, the rest of the run goes on."""

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from bench.measure import trials
from bench.measure.processes import running as child
from bench.measure.processes.listening import OUTPUT_KEPT
from bench.measure.processes.running import run_child
from bench.samples import Run
from bench.settings import LEAST_BYTES, Settings
from tests.build import a_plan
from tests.own import Own
from tests.serving import Kept, in_a_thread
from tests.watching import eventually, is_gone

# Behaves in the process that a trial begins with, and misbehaves in its pool's workers.
WORK = """
import multiprocessing, signal
from typing import Annotated

def noted():
    open(os.path.join(NOTES, str(os.getpid())), "w").close()

def hangs():
    noted()
    time.sleep(600)

def ignores():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    noted()
    while True:
        time.sleep(600)

def prints():
    for _ in range(10_000): print("again and again")
    noted()
    while True: print("again and again")

def eats():
    held = []
    while True:
        held.append(b"x" * 2**22 + bytes([len(held) % 256]))
        time.sleep(0.002)

def raises():
    raise KeyError("seven")

def unsendable():
    return threading.Lock()

def leaves():
    os._exit(9)

def forks():
    for away in (False, True):
        if not os.fork():
            noted()
            if away: os.setsid()
            time.sleep(600)

def task(deed):
    if multiprocessing.parent_process():
        return globals()[deed]()

@bench.workload("cpu")
def bad(deed: Annotated[str, bench.OneOf(*DEEDS)] = "raises"):
    \"\"\"Bad work\"\"\"
    return bench.Work(task, [deed, deed])
"""

# The words of the library for a worker that is gone: when all tasks are given, and while some still
# are. Which of the two is a matter of chance.
GONE = r"A (?:process in the process pool was|child process) terminated abruptly"

# What each does, and what is said of it.
DEEDS = {
    "hangs": r"mine\.py line \d+ in \w+: it took longer than 300 s and was ended; choose less",
    "ignores": r"mine\.py line \d+ in \w+: it took longer than 300 s and was ended; choose",
    "prints": r"mine\.py line \d+ in \w+: it took longer than 300 s and was ended; choose less",
    "eats": r"mine\.py line \d+ in eats: it held more than 256 MiB of memory and was ended; choose",
    "raises": r"mine\.py line \d+ in raises: KeyError: 'seven'$",
    "unsendable": r"mine\.py line \d+ in task: TypeError: cannot pickle '_thread.lock' object$",
    "leaves": rf"mine\.py line \d+ in task: .*BrokenProcessPool: {GONE}",
}


class Bad:
    """Runs in which the contender with a pool misbehaves."""

    def __init__(self, own: Own, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kept, self._notes = kept, own.folder / "notes"
        self._notes.mkdir()
        names = f"NOTES, DEEDS = {str(self._notes)!r}, {(*DEEDS, 'forks')!r}\n"
        monkeypatch.setenv("BENCH_WORKLOADS", own.file(names + WORK))
        assert own.asked() == ()
        monkeypatch.setattr(trials, "run_child", partial(run_child, clock=self._clock))

    def submit_all(self, deeds: Iterable[str]) -> list[tuple[str, str]]:
        return [(deed, self.submit(deed)) for deed in deeds]

    def submit(self, deed: str) -> str:
        parameters = {"deed": deed}
        return self._kept.submit(
            a_plan("bad", executors=["threads", "processes"], rounds=2, parameters=parameters)
        )

    def noted(self) -> list[int]:
        """The living workers that have come to where they misbehave."""
        return [pid for note in self._notes.iterdir() if not is_gone(pid := int(note.name))]

    def _clock(self) -> float:
        """Deadlines come as soon as there is such a worker, if nobody kills it, and no earlier."""
        return time.monotonic() + (1_000.0 if self.deadlines and self.noted() else 0.0)

    deadlines = True


@pytest.fixture
def bad(own: Own, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Bad:
    return Bad(own, kept, monkeypatch)


@pytest.fixture(autouse=True)
def serving(here: Settings, bad: Bad, temporary: Path) -> Iterator[None]:  # noqa: ARG001
    with in_a_thread(replace(here, trial_bytes=LEAST_BYTES)):
        yield


def others_went_on(run: Run) -> bool:
    """Whether all but the contender with a pool have all of their rounds."""
    others = ("sequential", "control", "threads × 2")
    measured = sorted((sample.round, sample.contender) for sample in run.samples)
    return run.state == "done" and measured == sorted(product((1, 2), others))


def test_what_work_does_in_a_worker_is_said_of_its_contender_and_the_next_run_works(
    bad: Bad, kept: Kept
) -> None:
    runs = {deed: kept.when(id_, "done") for deed, id_ in bad.submit_all(DEEDS)}
    for deed, run in runs.items():
        (failure,) = run.failures
        assert failure.contender == "processes × 2"
        assert re.match(DEEDS[deed], failure.message), deed
        assert len(failure.output) <= OUTPUT_KEPT
        assert others_went_on(run)


def test_a_worker_that_is_killed_is_said_of_its_contender_and_the_rest_goes_on(
    bad: Bad, kept: Kept
) -> None:
    bad.deadlines = False
    id_ = bad.submit("hangs")
    eventually(bad.noted, "a worker at work")
    for worker in bad.noted():
        os.kill(worker, signal.SIGKILL)
    run = kept.when(id_, "done")
    (failure,) = run.failures
    assert re.search(GONE, failure.message)
    assert others_went_on(run)


def test_work_that_forks_is_measured_and_what_it_forked_is_ended(
    bad: Bad, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "GRACE", 0.1)
    bad.deadlines = False  # what was forked lives for a while
    run = kept.when(bad.submit("forks"), "done")
    assert (len(run.samples), run.failures) == (8, ())
    assert bad.noted() == []
