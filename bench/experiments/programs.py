"""Small programs that experiments run as processes of their own: they may hang or be killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# What is said where rounds do not decide.
UNDECIDED = (
    "These rounds differ too much to tell: try more of them, or when the machine is quieter."
)


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


def rounds_within(seconds: float, most: int, least: int = 3) -> Iterator[int]:
    """1, 2, … up to `most`; once so many seconds are over, no more than `least`."""
    until = time.monotonic() + seconds
    for number in range(1, most + 1):
        if number > least and time.monotonic() > until:
            return
        yield number


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


def told_by(module: str, function: str, *arguments: object, seconds: float) -> Any:
    """What a function of a module prints as JSON, run as a program with these arguments as texts.

    Raises RuntimeError with its last words if it fails.
    """
    source = f"import sys; from {module} import {function}; {function}(*sys.argv[1:])"
    ended = run_program(source, *map(str, arguments), seconds=seconds)
    if ended.code != 0:
        said = ended.err.strip().splitlines() or [f"it was ended after {seconds:g} s"]
        raise RuntimeError(f"{function} {' '.join(map(str, arguments))}: {said[-1]}")
    return json.loads(ended.out)
