"""Trials whose child is a small script: real processes, but what they tell is made up."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.measure import trials

SCRIPT = """
import json, os, sys, time
channel = int(sys.argv[-1])
request = json.loads(sys.stdin.readline())
warm = 1.0 if request["executor"] == "sequential" else 0.5
SAMPLE = dict(event="sample", warm_s=warm, cold_s=2 * warm, start_s=0.0, first_s=warm, stop_s=warm,
              cpu_user_s=warm, cpu_system_s=0.0, repeats=1, answer="168", warm_cpu_s=warm, gil=True,
              voluntary=0, involuntary=0, foreign_share=0.0, steal_share=0.0, throttled_s=None,
              swapped_in=0, trace=None)
def tell(event): os.write(channel, json.dumps(event).encode() + b"\\n")
DOES = {does!r}
exec(DOES.get(request["executor"], "tell(SAMPLE)"))
"""

FAILS = 'tell({"event": "failed", "error": "ValueError: no good", "traceback": "in task"})'
OTHER_ANSWER = 'tell(SAMPLE | {"answer": "169"})'
HANGS = "time.sleep(600)"


class Scripted:
    """Makes trials of this process run the script; it says what each executor does."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._script = folder / "scripted_trial.py"
        self(does={})
        command = ("-I", "-S", self.script)
        monkeypatch.setattr(trials, "COMMAND", command)

    @property
    def script(self) -> str:
        """The path of the script."""
        return str(self._script)

    def __call__(self, does: Mapping[str, str]) -> None:
        self._script.write_text(SCRIPT.format(does=dict(does)))
