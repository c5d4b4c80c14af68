"""The Universal Scalability Law: workers wait for each other, and each pair of them costs.

The time on p workers is that on one times (1 + a·(p - 1) + b·p·(p - 1)) / p. With b > 0 there is a
number of workers, √((1 - a)/b), beyond which more are slower. But a speedup that merely levels off
(memory can only be read so fast) gives b > 0 too, and about half of all fits to none do: so b must
be shown, and a peak is named only where a fall behind it was seen. With that, speedups that have no
peak get one in fewer than 3% of runs (tests/analysis/test_scaling_peaks.py).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from bench.analysis import words
from bench.analysis.curves import Curve, Predicted
from bench.analysis.intervals import CONFIDENCE, Interval, t_quantile
from bench.analysis.laws import FURTHEST, ROUNDING, Grounds, Law, grounds
from bench.analysis.scaling import Ladder, Withheld

USL = Law("The Universal Scalability Law", ("cpu", "native", "tiny"), counts=6, reaching=0)


@dataclass(frozen=True)
class Usl:
    """The law as it was fitted.

    `contention` (a) is what each further worker costs, `crosstalk` (b) what each pair of workers
    does, both as a share of the time on one. `fell` says that a fall was seen: speedup lower with
    the most workers than with fewer. `peak` is the number of workers with the highest speedup;
    None where no fall was seen, or it cannot be told within twice the most workers measured.
    `band` is the mean speedup that the law gives. It was fitted to `workers`; `beyond` were left
    out as they are more than the usable CPUs.
    """

    contention: Interval
    crosstalk: Interval
    fell: bool
    peak: Interval | None
    band: tuple[Predicted, ...]
    workers: tuple[int, ...]
    beyond: tuple[int, ...]
    rounds: int

    @property
    def sentence(self) -> str:
        """What the runs show of a peak, and no more."""
        if self.peak:
            found = f"the speedup is highest with {words.span(self.peak)} workers"
        elif self.fell:
            found = "the speedup falls, but these runs cannot tell from how many workers on"
        else:
            found = (
                "what workers cost each other grows with their number, "
                f"but up to {self.workers[-1]} of them the speedup was not seen to fall"
            )
        return f"{USL.name}: {found}."


def usl(ladder: Ladder) -> Usl | Withheld:
    """The law fitted to a ladder, or why it is not."""
    on = grounds(ladder, USL)
    if isinstance(on, Withheld):
        return on
    curve = on.curve(terms=2)
    crosstalk = curve.interval(float(curve.parameters[2]), (0, 0, 1))
    fell = on.falls()
    if not fell and (crosstalk.low or 0.0) <= ROUNDING:
        return USL.withheld(
            "cannot-tell",
            "these runs cannot tell what workers cost each other from noise, "
            f"and up to {on.most} workers the speedup was not seen to fall",
        )
    return Usl(
        contention=curve.interval(float(curve.parameters[1]), (0, 1, 0)),
        crosstalk=crosstalk,
        fell=fell,
        peak=_peak(on, curve) if fell else None,
        band=on.band(curve),
        workers=on.workers,
        beyond=on.beyond,
        rounds=len(on.speedups),
    )


def _peak(on: Grounds, curve: Curve) -> Interval | None:
    """Where the speedup is highest, by Fieller's method; None if that is not bounded.

    With n workers it still rises if 1 - a - b·n² is above 0. That is linear in a and b, so all n
    for which its interval holds 0 are the roots of a quadratic in n², bounded if b is shown.
    """
    contention, crosstalk = (float(value) for value in curve.parameters[1:])
    factor = t_quantile(CONFIDENCE, len(curve.moved) - 1) ** 2 / len(curve.moved)
    ((own, mixed), (_, other)) = factor * np.cov(curve.moved[:, 1:], rowvar=False)
    square = crosstalk**2 - other
    half = (1 - contention) * crosstalk + mixed
    rest = (1 - contention) ** 2 - own
    within = half**2 - square * rest
    if crosstalk <= 0 or square <= 0 or contention >= 1 or within < 0:
        return None
    low, high = ((half + sign * sqrt(within)) / square for sign in (-1, 1))
    peak = Interval(*(sqrt(max(1.0, n)) for n in ((1 - contention) / crosstalk, low, high)))
    return peak if peak.high is not None and peak.high <= FURTHEST * on.most else None
