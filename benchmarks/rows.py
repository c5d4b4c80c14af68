"""What a part finds: figures with their bounds, and whether these are kept."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from bench.analysis.intervals import Interval

Judgement = Literal["met", "not met", "not resolved"]


@dataclass(frozen=True)
class Bound:
    """Where a figure is to lie, both ends included; an end that is None is open."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Sides:
    """The medians of the two sides."""

    lab: float
    peer: float
    unit: str = "s"


@dataclass(frozen=True)
class Row:
    """One figure that a part found.

    `figure` names what `value` is, in `unit`; without a value, `note` says why there is none. `n`
    counts the pairs or runs that the value comes from.
    """

    what: str
    figure: str
    value: Interval | None = None
    unit: str = ""
    n: int = 0
    bound: Bound | None = None
    sides: Sides | None = None
    note: str = ""

    @property
    def judgement(self) -> Judgement | None:
        """Whether the bound is kept; None where there is no bound."""
        if self.bound is None:
            return None
        return "not resolved" if self.value is None else judged(self.value, self.bound)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "judgement": self.judgement}


def judged(value: Interval, bound: Bound) -> Judgement:
    """Whether a value keeps its bound: only an interval wholly on one side shows it.

    A value without an interval is taken as exact: it was counted, not estimated.
    """
    low = value.estimate if value.low is None else value.low
    high = value.estimate if value.high is None else value.high
    if _reaches(bound.low, low) and _reaches(high, bound.high):
        return "met"
    if _reaches(bound.low, high) and _reaches(low, bound.high):
        return "not resolved"
    return "not met"


def _reaches(less: float | None, more: float | None) -> bool:
    return less is None or more is None or less <= more
