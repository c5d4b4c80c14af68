"""A run's progress on stderr: one line that is drawn over, or a line a round if no terminal."""

from dataclasses import replace
from typing import TextIO

from bench.analysis.progress import Progress, progress
from bench.samples import Failure, Run, Sample

WIDTH = 24


class ProgressLine:
    """Counts outcomes and tells how far the run is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._outcomes: list[Sample | Failure] = []
        self._round = 0

    def count(self, run: Run, outcome: Sample | Failure) -> None:
        """Draw the line anew, with one more outcome of a run."""
        self._outcomes.append(outcome)
        now = progress(
            replace(
                run,
                samples=(
                    *run.samples,
                    *(one for one in self._outcomes if isinstance(one, Sample)),
                ),
                failures=(
                    *run.failures,
                    *(one for one in self._outcomes if isinstance(one, Failure)),
                ),
            )
        )
        if self._terminal:
            self._stream.write(f"\r\x1b[K{_bar(now.share)} {in_words(now)}")
        elif now.round > self._round:
            self._stream.write(f"{in_words(now)}\n")
        self._round = now.round
        self._stream.flush()

    def say(self, sentence: str) -> None:
        self._stream.write(f"{sentence}\n")
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
