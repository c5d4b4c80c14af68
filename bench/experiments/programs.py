"""Small programs that experiments run as processes of their own: they may hang or be killed."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code (None: it had to be killed), and what it printed."""

    code: int | None
    out: str
    err: str

    @property
    def told(self) -> list[dict[str, Any]]:
        """What it has told, in order: see `tell`."""
        return [json.loads(line) for line in self.out.splitlines()]


def run_program(source: str, *arguments: str, seconds: float) -> Ended:
    """Run a program to its end, or kill it with all that it has started after so many seconds.

    On SIGABRT it says where it stands.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", source, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONFAULTHANDLER": "1"},
    )
    try:
        out, err = process.communicate(timeout=seconds)
        return Ended(process.returncode, out, err)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return Ended(None, out, err)


def tell(**said: Any) -> None:
    """Say something to the experiment that runs this program."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def stacks(printed: str) -> Iterator[list[str]]:
    """Where each thread stands, innermost first, from what faulthandler prints."""
    for stack in re.split(r"\n\s*\n", printed):
        frames = re.findall(r'File "[^"]*?([^/"]+)", line (\d+) in (\S+)', stack)
        if frames:
            yield [f"{file} line {line} in {function}" for file, line, function in frames]
