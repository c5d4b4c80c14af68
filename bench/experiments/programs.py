"""Small programs that experiments run as processes of their own: they may hang or be killed."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REAPER = Path(__file__).parents[1] / "measure" / "reaper.py"


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

    It does not outlive this process, however that ends. On SIGABRT it says where it stands.
    """
    with _reaper() as reaper:
        process = subprocess.Popen(
            [sys.executable, "-c", source, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONFAULTHANDLER": "1"},
        )
        _order(reaper, f"+ {process.pid}")
        try:
            out, err = process.communicate(timeout=seconds)
            ended = Ended(process.returncode, out, err)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            ended = Ended(None, out, err)
        _order(reaper, f"- {process.pid}")
        return ended


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


@contextmanager
def _reaper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that kills a group it was told of if this one ends without taking that back."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(REAPER)],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        yield process


def _order(reaper: subprocess.Popen[bytes], order: str) -> None:
    assert reaper.stdin
    with suppress(BrokenPipeError):  # somebody has killed it: the program has its own limit
        reaper.stdin.write(f"{order}\n".encode())
