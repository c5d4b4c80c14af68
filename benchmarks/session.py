"""What every part is given: how much to measure, by which seed, and where its children belong."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bench.measure.processes.groups import GRACE, Reaper, end_group
from bench.measure.processes.running import child_environment

Value = TypeVar("Value")

SCRIPTS = Path(__file__).with_name("scripts")

# The longest that one child may take, in seconds.
PATIENCE = 120.0


class Broken(RuntimeError):
    """A side that could not be measured; the message says what it said."""


@dataclass(frozen=True)
class Session:
    """One run of the benchmarks: `effort` is the share of the full repetitions to make."""

    reaper: Reaper
    seed: int
    effort: float = 1.0

    def times(self, full: int, least: int = 3) -> int:
        """How often to do what is done `full` times with full effort."""
        return max(least, round(full * self.effort))

    def rounds(
        self, sides: Mapping[str, Callable[[], Value]], *, seconds: float, least: int = 3
    ) -> list[dict[str, Value]]:
        """Rounds of these sides for so many seconds (with full effort)."""
        return interleaved(sides, seconds=seconds * self.effort, least=least, seed=self.seed)

    def told(self, *command: str) -> dict[str, Any]:
        """What a Python script or module says in JSON, in the last line of its standard output.

        Raises Broken.
        """
        last = self.said(*command).rstrip().rpartition(b"\n")[2]
        answer: dict[str, Any] = json.loads(last)
        return answer

    def said(self, *command: str) -> bytes:
        """What a Python script or module says on its standard output. Raises Broken."""
        process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            cwd=self.reaper.folder,
            env=child_environment(self.reaper.folder),
        )
        self.reaper.watch(process.pid)
        try:
            said, complaint = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Broken(f"{' '.join(command)} took longer than {PATIENCE:g} s") from None
        finally:
            end_group(process, GRACE)
            self.reaper.forget(process.pid)
        if process.returncode:
            raise Broken(f"{' '.join(command)}: {_last_line(complaint)}")
        return said


def interleaved(
    sides: Mapping[str, Callable[[], Value]],
    *,
    seconds: float,
    least: int,
    seed: int,
    clock: Callable[[], float] = time.monotonic,
) -> list[dict[str, Value]]:
    """Measure each side once a round, in shuffled order, until the time is over.

    At least so many rounds; none is begun that would, by the rounds so far, end too late.
    """
    rng, names = random.Random(seed), list(sides)
    rounds: list[dict[str, Value]] = []
    began = clock()
    while len(rounds) < least or (clock() - began) * (1 + 1 / len(rounds)) < seconds:
        rng.shuffle(names)
        rounds.append({name: sides[name]() for name in names})
    return rounds


def column(rounds: Sequence[Mapping[str, Value]], name: str) -> list[Value]:
    """One side's values, round by round."""
    return [one[name] for one in rounds]


def _last_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it ended without a word"
