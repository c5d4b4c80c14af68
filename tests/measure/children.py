"""Scripts run as real children, with a note to say how far they are."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Ended
from bench.measure.processes.running import run_child
from tests.watching import PATIENCE

# What each script may use: its request, a way to tell an event, and the file it leaves notes in.
BEFORE = """
import json, os, signal, subprocess, sys, time
channel = int(sys.argv[-1])
request = json.loads(sys.stdin.readline())
def tell(event): os.write(channel, json.dumps(event).encode() + b"\\n")
def note(text):
    with open(request["note"] + ".part", "w") as file: file.write(str(text))
    os.rename(request["note"] + ".part", request["note"])
GOOD = {"event": "sample", "pid": os.getpid(), "folder": os.getcwd()}
"""


class Children:
    """Runs scripts as children."""

    def __init__(self, folder: Path, reaper: Reaper) -> None:
        self.note = folder / "note"
        self._script, self._reaper = folder / "child.py", reaper

    def run(
        self,
        script: str,
        *,
        late: Callable[[], bool] = lambda: False,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Ended:
        """Run a script; its deadline comes as soon as it is `late`."""
        self._script.write_text(BEFORE + script)
        return run_child(
            [sys.executable, "-I", "-S", str(self._script)],
            {"note": str(self.note), "number": 7},
            reaper=self._reaper,
            seconds=PATIENCE,
            stopping=stopping,
            clock=lambda: time.monotonic() + (2 * PATIENCE if late() else 0.0),
        )

    def has_noted(self) -> bool:
        """Whether the script has come to its note."""
        return self.note.exists()

    @property
    def noted(self) -> int:
        """The number that a script noted."""
        return int(self.note.read_text())
