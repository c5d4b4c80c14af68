"""Amdahl's law: a share of the work runs one at a time, whatever the number of workers.

The time on p workers is that on one times s + (1 - s)/p, a line in 1/p.
"""

from dataclasses import dataclass
from math import exp, log

from bench.analysis import words
from bench.analysis.curves import Curve, Predicted
from bench.analysis.intervals import Interval
from bench.analysis.laws import FURTHEST, ROUNDING, Grounds, Law, grounds
from bench.analysis.scaling import Ladder, Withheld, counted

AMDAHL = Law("Amdahl's law", kinds=("cpu", "native"), counts=3, reaching=4)


@dataclass(frozen=True)
class Amdahl:
    """The law as it was fitted.

    `share` is the serial share, from 0 to 1: its range is what is known of it. `limit` is the
    speedup that no number of workers reaches; None where it may lie beyond twice the most workers
    measured. `bends` says that the share is shown to depend on the number of workers, which the
    law does not know. `band` is the mean speedup that it gives. It was fitted to `workers`;
    `beyond` were left out as they are more than the usable CPUs.
    """

    share: Interval
    limit: Interval | None
    bends: bool
    band: tuple[Predicted, ...]
    workers: tuple[int, ...]
    beyond: tuple[int, ...]
    rounds: int

    @property
    def sentence(self) -> str:
        """What the runs show of the serial share, and no more."""
        said = f"Amdahl's law: {_range(self.share)} of the work runs one at a time"
        if self.bends:
            return f"{said}, but that fits only roughly: the share changes with the workers."
        if self.limit is None:
            return f"{said}."
        return f"{said}; no number of workers gets beyond {words.span(self.limit)}×."


def amdahl(ladder: Ladder) -> Amdahl | Withheld:
    """The law fitted to a ladder, or why it is not."""
    on = grounds(ladder, AMDAHL)
    if isinstance(on, Withheld):
        return on
    curve = on.curve(terms=1)
    share = curve.interval(float(curve.parameters[1]), (0, 1))
    return _unlawful(on, share) or _amdahl(on, curve, share)


def _unlawful(on: Grounds, share: Interval) -> Withheld | None:
    """Why these speedups are none that the law could give."""
    low, high = share.low or 0.0, share.high or 0.0
    if on.falls() or low >= 1:
        return AMDAHL.withheld(
            "falls", "more workers were slower than fewer, and by the law they never are"
        )
    if high < 0:
        return AMDAHL.withheld(
            "super-linear",
            "the speedup grew faster than the number of workers, and by the law it never does",
        )
    if low <= 0 and high >= 1:
        return AMDAHL.withheld(
            "cannot-tell",
            f"with {counted(on.workers)} workers the noise leaves any serial share possible",
        )
    return None


def _amdahl(on: Grounds, curve: Curve, share: Interval) -> Amdahl:
    wider = on.curve(terms=2)
    bends = abs(float(wider.parameters[2])) > wider.reach((0, 0, 1)) + ROUNDING
    return Amdahl(
        share=Interval(*(min(1.0, max(0.0, end or 0.0)) for end in _ends(share))),
        limit=None if bends else _limit(on, curve, share),
        bends=bends,
        band=on.band(curve),
        workers=on.workers,
        beyond=on.beyond,
        rounds=len(on.speedups),
    )


def _limit(on: Grounds, curve: Curve, share: Interval) -> Interval | None:
    """The speedup of endless workers, if all of its interval is within what may be said."""
    if not share.low or share.low <= 0:
        return None
    level, estimate = (float(value) for value in curve.parameters)
    reach = curve.reach((1, -1 / estimate))
    limit = Interval(*(exp(level - log(estimate) + by) for by in (0, -reach, reach)))
    return limit if limit.high is not None and limit.high <= FURTHEST * on.most else None


def _ends(interval: Interval) -> tuple[float, float | None, float | None]:
    return interval.estimate, interval.low, interval.high


def _range(share: Interval) -> str:
    """A share as its range: 3.1–5.2%, at most 4%, at least 90%."""
    low, high = share.low or 0.0, share.high or 0.0
    if low <= 0:
        return f"at most {words.digits(100 * high)}%"
    if high >= 1:
        return f"at least {words.digits(100 * low)}%"
    return f"{words.digits(100 * low)}–{words.digits(100 * high)}%"
