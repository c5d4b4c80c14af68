"""The measuring service: in a thread of the test, or as a process of its own; and its runs."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from bench.measure.processes.running import ROOT
from bench.plan import Plan
from bench.samples import Run, State
from bench.service.work import Ending, work
from bench.settings import Settings
from bench.store import Store
from tests.watching import PATIENCE, eventually

Service = subprocess.Popen[bytes]
Start = Callable[[], Service]

COMMAND = (sys.executable, "-m", "bench", "work", "--lifeline")


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


@contextmanager
def in_a_thread(here: Settings) -> Iterator[None]:
    """The service works in a thread of this process."""
    ending = Ending()
    thread = threading.Thread(target=work, args=(here, ending))
    thread.start()
    try:
        yield
    finally:
        ending.tell()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@contextmanager
def as_processes(command: Sequence[str] = COMMAND) -> Iterator[Start]:
    """A function that starts a service as a process with a lifeline."""
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
