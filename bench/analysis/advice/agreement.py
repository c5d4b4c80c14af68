"""The textbook's advice against what a run showed on this machine.

Contenders are compared with one another round by round, as with the baseline: the ratio of their
speedups in the same round, with a t interval, corrected for how many are compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bench.analysis import words
from bench.analysis.advice.explaining import disagreement
from bench.analysis.advice.rows import Row
from bench.analysis.intervals import Interval, geometric
from bench.analysis.results import Mode, Result
from bench.analysis.verdicts import Verdict, verdict
from bench.analysis.why import Reason
from bench.samples import Run

Stand = Literal["agrees", "disagrees", "no difference shown", "not measured"]


@dataclass(frozen=True)
class Agreement:
    """Whether a row's advice is right here.

    `textbook` is the fastest of what is advised, `winner` the fastest that is shown to beat it, or
    itself, and `speedup` the winner's over sequential work. `ratio` is how many times as fast the
    winner is as the textbook's. `reasons` explain a disagreement.
    """

    row: str
    stand: Stand
    textbook: str = ""
    winner: str = ""
    speedup: Interval | None = None
    ratio: Interval | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def sentence(self) -> str:
        """What the measurement says to the advice."""
        if self.stand == "not measured":
            return "What is advised was not measured."
        if self.stand == "no difference shown":
            return f"No difference is shown between {self.textbook} and what else was measured."
        if self.stand == "agrees":
            return f"Here, too: nothing is shown to be faster than {self.textbook}."
        assert self.ratio
        return (
            f"Not here: {self.winner} is {words.digits(self.ratio.estimate)} times as fast as "
            f"{self.textbook} ({words.span(self.ratio)})."
        )

    @property
    def answer(self) -> str:
        """The winner with its gain: threads × 16: 15.2 times, 14.9–15.4; empty if not measured."""
        if self.stand == "not measured" or self.speedup is None:
            return ""
        if self.winner.startswith("sequential"):
            return "sequential work: nothing else is shown to be faster"
        times = words.digits(self.speedup.estimate)
        return f"{self.winner}: {times} times, {words.span(self.speedup)}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "sentence": self.sentence}


def agreement(row: Row, run: Run, found: Sequence[Result], mode: Mode = "warm") -> Agreement:
    """What a run of a row's work says to the row's advice; `found` are the run's results."""
    rivals = rivals_of(found, mode)
    advised = {
        name: result for name, result in rivals.items() if result.contender.executor in row.textbook
    }
    others = {name: result for name, result in rivals.items() if name not in advised}
    if not advised or not others:
        return Agreement(row.name, "not measured")
    textbook = _fastest(advised, mode)
    verdicts = {name: _over(result, textbook, mode, len(others)) for name, result in others.items()}
    beating = {name: others[name] for name, verdict in verdicts.items() if verdict == "faster"}
    if beating:
        winner = _fastest(beating, mode)
        reasons = disagreement(run, found, textbook, winner)
        return _told(row, "disagrees", textbook, winner, mode, reasons)
    gains = _verdict(textbook, mode) == "faster" or all(
        verdict == "slower" for verdict in verdicts.values()
    )
    return _told(row, "agrees" if gains else "no difference shown", textbook, textbook, mode, ())


def rivals_of(found: Sequence[Result], mode: Mode) -> dict[str, Result]:
    """The results that may be compared with one another, by name: those with an interval.

    The control is none, nor is the ceiling, which no executor could reach.
    """
    return {
        result.contender.name: result
        for result in found
        if result.contender.role != "control"
        and result.contender.executor != "ceiling"
        and (reading := result.reading(mode))
        and reading.speedup
        and reading.speedup.low is not None
    }


def over(one: Result, other: Result, mode: Mode) -> list[float]:
    """How many times as fast one contender is as another, in each round that both have."""
    mine, theirs = _ratios(one, mode), _ratios(other, mode)
    return [mine[round_] / theirs[round_] for round_ in sorted(mine.keys() & theirs.keys())]


def _over(one: Result, other: Result, mode: Mode, comparisons: int) -> Verdict:
    ratios = over(one, other, mode)
    return verdict(ratios, comparisons) if ratios else "no difference shown"


def _told(
    row: Row,
    stand: Stand,
    textbook: Result,
    winner: Result,
    mode: Mode,
    reasons: tuple[Reason, ...],
) -> Agreement:
    reading = winner.reading(mode)
    return Agreement(
        row.name,
        stand,
        textbook.contender.name,
        winner.contender.name,
        reading.speedup if reading else None,
        geometric(over(winner, textbook, mode)) if winner is not textbook else None,
        reasons,
    )


def _fastest(some: Mapping[str, Result], mode: Mode) -> Result:
    return max(
        some.values(), key=lambda result: geometric(list(_ratios(result, mode).values())).estimate
    )


def _ratios(result: Result, mode: Mode) -> Mapping[int, float]:
    reading = result.reading(mode)
    return reading.ratios if reading else {}


def _verdict(result: Result, mode: Mode) -> Verdict:
    reading = result.reading(mode)
    return reading.verdict if reading else "no difference shown"
