"""A service whose trials are scripted, and which is killed at a moment of its own progress.

    python -m tests.faults.rehearsed SCRIPT OUTCOMES LINES NOTES

Once the database has taken so many outcomes and it has come to so many more lines of the lab's code
it is killed (0 lines: never). Each outcome that was taken is noted in the file NOTES. SIGUSR1 makes
it short of processes, SIGUSR2 of file descriptors; once more, and it has as many as before.
"""

import os
import resource
import signal
import sys
from types import FrameType
from typing import Any

from bench.commands import main
from bench.measure import trials
from bench.measure.processes.running import ROOT
from bench.store.runs import Runs

CODE = str(ROOT / "bench")


class Rehearsed:
    """Counts what is taken, and lines of the lab's code that the main thread comes to."""

    def __init__(self, outcomes: int, lines: int, notes: str) -> None:
        self._outcomes, self._lines = outcomes, lines
        self._notes = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._keep = Runs.keep

    def keep(self, runs: Runs, id_: str, outcome: Any) -> None:
        self._keep(runs, id_, outcome)
        os.write(self._notes, f"{outcome.round} {outcome.contender}\n".encode())
        self._outcomes -= 1

    def trace(self, frame: FrameType, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.startswith(CODE):
            return None
        if event == "line" and self._outcomes <= 0:
            self._lines -= 1
            if self._lines == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.trace


# What there is least of. Without room for its own three descriptors, a child that is being started
# would fail with an error of another kind.
SHORT = {signal.SIGUSR1: (resource.RLIMIT_NPROC, 1), signal.SIGUSR2: (resource.RLIMIT_NOFILE, 3)}


def short_of(number: int, _: object) -> None:
    """Be short of something, or no longer."""
    kind, least = SHORT[signal.Signals(number)]
    soft, hard = resource.getrlimit(kind)
    if kind in saved:
        now = saved.pop(kind)
    else:
        saved[kind], now = soft, least
    resource.setrlimit(kind, (now, hard))


saved: dict[int, int] = {}

if __name__ == "__main__":
    script, outcomes, lines, notes = sys.argv[1:]
    trials.COMMAND = ("-I", "-S", script)
    rehearsed = Rehearsed(int(outcomes), int(lines), notes)
    Runs.keep = lambda *told: rehearsed.keep(*told)  # type: ignore[method-assign]
    if int(lines):
        sys.settrace(rehearsed.trace)
    for number in SHORT:
        signal.signal(number, short_of)
    main(["work", "--lifeline"])
