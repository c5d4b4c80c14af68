"""The measuring service: in a thread of the test, or as a process of its own."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bench.measure.child import ROOT
from bench.plan import Plan
from bench.samples import Run, State
from bench.service.work import Ending, work
from bench.settings import Settings
from bench.store import Store
from tests.scripted import Scripted
from tests.watching import PATIENCE, eventually, living_with

Service = subprocess.Popen[bytes]


class Kept:
    """This test's runs, as they are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(self, plan: Plan) -> str:
        return self._store.queue.submit(plan)

    def run(self, id_: str) -> Run:
        run = self._store.runs.find(id_)
        assert run
        return run

    def when(self, id_: str, state: State) -> Run:
        """The run, as soon as it is in that state."""
        eventually(lambda: self.run(id_).state == state, f"a run that is {state}")
        return self.run(id_)

    def with_samples(self, id_: str, count: int) -> Run:
        """The run, as soon as it has so many samples."""
        eventually(lambda: len(self.run(id_).samples) >= count, f"{count} samples")
        return self.run(id_)


@pytest.fixture
def kept(store: Store) -> Kept:
    return Kept(store)


@pytest.fixture
def serving(here: Settings, store: Store, scripted: Scripted) -> Iterator[Scripted]:  # noqa: ARG001
    """The service works in a thread of this process; its trials are scripted."""
    ending = Ending()
    thread = threading.Thread(target=work, args=(here, ending))
    thread.start()
    yield scripted
    ending.tell()
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.fixture
def start() -> Iterator[Callable[[], Service]]:
    """A function that starts a service as a process with a lifeline."""
    command = [sys.executable, "-m", "bench", "work", "--lifeline"]
    with ExitStack() as stack:

        def started() -> Service:
            service = stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
                )
            )
            stack.callback(service.kill)
            return service

        yield started


@pytest.fixture
def nothing_left() -> Callable[[], None]:
    """A function that waits until no process of this test's lab is left."""
    data = os.environ["BENCH_DATA"]
    return lambda: eventually(lambda: not living_with("BENCH_DATA", data), "the end of all")
