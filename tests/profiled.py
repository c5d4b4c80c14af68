"""Profiles made up of figures, for tests that need none to be made."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.measure import profiling
from bench.plan import this_interpreter
from bench.profiles import Counting, Parcel, Profile, Together, Wanted

WANTED = Wanted("primes", {"limit": 1_000}, this_interpreter())

# A counter's pace beside a thread that sleeps.
PACE = 1_000_000.0

SMALL = Parcel(20.0, 2e-6, 1e-6)


def counting(beside: float, looping: float = 0.02, wild: float = 1.0) -> Counting:
    """Counts beside a task, as a share of those beside a sleeper; `wild` ones vary by a factor."""
    return Counting(
        (PACE, PACE, PACE, PACE),
        tuple(looping * PACE * by for by in (1.0, 1.01, 0.99, 1.0)),
        tuple(beside * PACE * by for by in (wild, 1.01 / wild, 0.99 * wild, 1.0 / wild)),
    )


def together(gain: float, task_s: float = 0.01, count: int = 2) -> Together:
    """Parts that are so many times as fast at once."""
    alone = (task_s, 1.01 * task_s, 0.99 * task_s, task_s)
    return Together(count, alone, tuple(count * task_s / gain for _ in alone))


def a_profile(
    task_s: float = 0.01,
    tasks: int = 200,
    *,
    busy: float = 1.0,
    beside: float = 0.02,
    gain: float = 1.0,
    lengths: tuple[float, ...] = (),
    **more: Any,
) -> Profile:
    """A task in Python that computes all the time and keeps the GIL, unless something is said."""
    facts: dict[str, Any] = {
        "tasks": tasks,
        "lengths": lengths or (task_s,) * min(tasks, 50),
        "first_s": task_s,
        "cpu_s": busy * task_s,
        "other_cpu_s": 0.0,
        "gil": True,
        "version": (3, 11),
        "usable": 2,
        "item": SMALL,
        "result": SMALL,
        "memory": 0,
        "repeats": True,
        "counting": counting(beside),
        "threads": together(gain, task_s),
    }
    return Profile(**{**facts, **more})


WAITS: dict[str, Any] = {"task_s": 0.05, "tasks": 64, "busy": 0.02, "beside": 0.98, "gain": 2.0}


class ScriptedProfiles:
    """Makes profiles of this process come from a script: a real child, but what it tells is set."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._script = folder / "scripted_profile.py"
        monkeypatch.setattr(profiling, "COMMAND", ("-I", "-S", str(self._script)))

    def __call__(self, profile: Profile) -> None:
        event = json.dumps({"event": "facts", "facts": profile.as_json()})
        self.does(f"os.write(channel, {event!r}.encode() + b'\\n')")

    def does(self, code: str) -> None:
        """Let the child run some code, in which `channel` is its descriptor for events."""
        self._script.write_text(
            f"import json, os, sys, time\nsys.stdin.readline()\nchannel = int(sys.argv[-1])\n{code}"
        )
