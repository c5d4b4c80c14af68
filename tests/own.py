"""Files of an operator's own work, and what the lab makes of them."""

import functools
import textwrap
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bench.measure import profiling as profiling_room
from bench.measure import trials as trials_room
from bench.measure.own import work as own_room
from bench.measure.own.work import function_work, own_work
from bench.measure.processes.running import run_child
from bench.measure.trials import trials
from bench.samples import Failure, Sample
from bench.workloads import Workload, all_workloads
from tests.build import a_plan
from tests.watching import PATIENCE

# What stands at the head of each file: two lines.
HEAD = "import asyncio, ctypes, itertools, os, random, sys, threading, time\nimport bench\n"

# Work for files whose point is another one.
FINE = '''
@bench.workload("cpu")
def fine():
    """Fine work"""
    return bench.Work(abs, [1, 2])
'''


class Own:
    """Own work in a folder: written, asked what it is, and measured."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        folder.mkdir(parents=True, exist_ok=True)

    def file(self, text: str, name: str = "mine.py") -> str:
        """The path of a file with that text below the head, as an operator would write it."""
        path = self.folder / name
        path.write_text(HEAD + textwrap.dedent(text).lstrip("\n"))
        return str(path)

    def asked(self, *files: str) -> tuple[str, ...]:
        """What is wrong with some files; what is right is known from then on."""
        return own_work(files)

    def problem(self, text: str) -> str:
        """The one thing that is wrong with a file of that text."""
        (problem,) = self.asked(self.file(text))
        return problem

    def work(self, text: str) -> Workload:
        """The one workload of a file of that text."""
        assert self.asked(self.file(text)) == ()
        return known()[0]

    def trial(
        self,
        text: str,
        executor: str = "sequential",
        *,
        workers: int = 2,
        options: Mapping[str, object] | None = None,
        parameters: Mapping[str, object] | None = None,
        interpreter: str = "",
    ) -> Sample | Failure:
        """One trial of the first workload of a file, or of its `task` on its `items`."""
        file = self.file(text)
        if "bench.workload(" in text:
            assert self.asked(file) == ()
            name = known()[0].name
        else:
            name = function_work(f"{file}:task", f"{file}:items").name
        plan = a_plan(
            name,
            executors={executor: options or {}},
            workers=[workers],
            parameters=parameters or {},
            interpreters=[interpreter] if interpreter else [],
        )
        place = 0 if executor == "sequential" else -1
        with trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial:
            return trial(plan.line_up[place], 1, 0)

    def failure(self, text: str, executor: str = "sequential", **more: object) -> str:
        """Why a trial of it has no result."""
        outcome = self.trial(text, executor, **more)  # type: ignore[arg-type]
        assert isinstance(outcome, Failure), outcome
        return outcome.message

    def answer(self, text: str, executor: str = "sequential", **more: object) -> str:
        """What a trial of it answers."""
        outcome = self.trial(text, executor, **more)  # type: ignore[arg-type]
        assert isinstance(outcome, Sample), outcome
        return outcome.answer

    @property
    def note(self) -> Path:
        """A file that work may make to say that it has come somewhere."""
        return self.folder / "note"

    def late_once_noted(self) -> None:
        """Let deadlines come as soon as work has made the note, and no earlier."""

        def clock() -> float:
            return time.monotonic() + (2 * PATIENCE if self.note.exists() else 0.0)

        late = functools.partial(run_child, clock=clock)
        for room in (own_room, profiling_room, trials_room):
            self._monkeypatch.setattr(room, "run_child", late)


def known() -> Sequence[Workload]:
    """The own work that all rooms know."""
    return [one for one in all_workloads().values() if one.source]
