"""Who is told how a run goes that somebody waits for: a line in a terminal, or in a notebook."""

import importlib
import sys
from dataclasses import replace
from html import escape
from typing import Any, TextIO

from bench.analysis.progress import Progress, progress
from bench.samples import Failure, Run, Sample
from bench.service.foreground import Watcher

WIDTH = 24


class Counted:
    """How far a run is, from its outcomes as they come."""

    def __init__(self) -> None:
        self._samples: list[Sample] = []
        self._failures: list[Failure] = []

    def after(self, run: Run, outcome: Sample | Failure) -> Progress:
        """The progress with one more outcome of a run, which holds what it began with."""
        if isinstance(outcome, Sample):
            self._samples.append(outcome)
        else:
            self._failures.append(outcome)
        samples = (*run.samples, *self._samples)
        return progress(replace(run, samples=samples, failures=(*run.failures, *self._failures)))


class ProgressLine:
    """Counts outcomes and tells how far the run is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._counted = Counted()
        self._round = 0

    def count(self, run: Run, outcome: Sample | Failure) -> None:
        """Draw the line anew, with one more outcome of a run."""
        now = self._counted.after(run, outcome)
        if self._terminal:
            self._stream.write(f"\r\x1b[K{_bar(now.share)} {in_words(now)}")
        elif now.round > self._round:
            self._stream.write(f"{in_words(now)}\n")
        self._round = now.round
        self._stream.flush()

    def waits(self, holder: str) -> None:
        self._stream.write(f"Waiting for {holder}, which measures on this machine.\n")
        self._stream.flush()

    def clear(self) -> None:
        if self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def in_words(now: Progress) -> str:
    """Round, trials and time left, as words."""
    left = "" if now.seconds_left is None else f" · about {now.seconds_left:.0f} s left"
    return f"round {now.round} · {now.done} of {now.expected} trials{left}"


def _bar(share: float) -> str:
    full = round(share * WIDTH)
    return "█" * full + "░" * (WIDTH - full)


def watcher() -> Watcher:
    """A line in the notebook that this runs in, or else on stderr."""
    display = _notebook_display()
    return NotebookLine(display) if display else ProgressLine(sys.stderr)


class NotebookLine:
    """A bar with words under the notebook's cell, drawn over as the run goes on.

    `display` is IPython's: it shows an object and gives a handle to update it by.
    """

    def __init__(self, display: Any) -> None:
        self._display, self._handle, self._counted = display, None, Counted()

    def waits(self, holder: str) -> None:
        self._show(f"<em>Waiting for {escape(holder)}, which measures on this machine.</em>")

    def count(self, run: Run, outcome: Sample | Failure) -> None:
        now = self._counted.after(run, outcome)
        bar = f'<progress value="{now.share:.3f}" max="1"></progress>'
        self._show(f"{bar} {escape(in_words(now))}")

    def clear(self) -> None:
        self._show("")

    def _show(self, html: str) -> None:
        html = _Html(html)
        if self._handle is None:
            self._handle = self._display(html, display_id=True)
        else:
            self._handle.update(html)


class _Html(str):
    """Text that a notebook shows as HTML."""

    def _repr_html_(self) -> str:
        return str(self)


def _notebook_display() -> Any:
    """IPython's `display` if a notebook's kernel runs this, else None. IPython is not needed."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return None
    return importlib.import_module("IPython.display").display
