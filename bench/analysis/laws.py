"""When a law of scaling may be fitted to a ladder at all, and the numbers that it is fitted to.

A law is read beyond its numbers, so it needs more than they do: enough of them, of work that it is
about, on CPUs that are there. Where one of that is missing it is withheld, in words.
"""

from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, stdev

from bench.analysis.curves import Curve, Predicted, fitted
from bench.analysis.intervals import CONFIDENCE, t_quantile
from bench.analysis.scaling import Ladder, Withheld, counted

# Two rounds give a t interval that is 13 standard errors wide to each side.
LEAST_ROUNDS = 3

# Nothing is said of numbers of workers beyond this many times the largest that was measured.
FURTHEST = 2

# A curve is drawn in so many steps.
DRAWN = 40

# What rounding leaves of a difference that is none.
ROUNDING = 1e-9

_DOES = {
    None: "is of a kind that is not known",
    "io": "waits",
    "mixed": "waits as well as computes",
    "tiny": "hardly does anything",
}


@dataclass(frozen=True)
class Law:
    """A law's name, the kinds of work it is about, and the numbers of workers it takes.

    `counts` is how many different numbers of workers, `reaching` what the largest must be.
    """

    name: str
    kinds: tuple[str, ...]
    counts: int
    reaching: int

    def withheld(self, code: str, why: str) -> Withheld:
        return Withheld(code, f"{self.name} is not fitted: {why}.")


@dataclass(frozen=True)
class Grounds:
    """What a law is fitted to: numbers of workers, and a row of speedups a round.

    `beyond` are the numbers of workers that were left out, as they are more than the usable CPUs.
    """

    workers: tuple[int, ...]
    speedups: tuple[tuple[float, ...], ...]
    beyond: tuple[int, ...]
    usable: int

    @property
    def most(self) -> int:
        return self.workers[-1]

    @property
    def end(self) -> int:
        """The largest number of workers that a curve is drawn for."""
        return min(FURTHEST * self.most, self.usable)

    def curve(self, terms: int) -> Curve:
        """The law with so many terms, fitted to all of them."""
        return fitted(self.workers, self.speedups, terms)

    def band(self, curve: Curve) -> tuple[Predicted, ...]:
        """The curve's mean speedups, from the fewest workers to its end: enough for a line."""
        first, growth = self.workers[0], self.end / self.workers[0]
        return curve.at([first * growth ** (step / DRAWN) for step in range(DRAWN + 1)])

    def falls(self) -> bool:
        """Whether the speedup is lower with the most workers than with some fewer.

        Each of these is a paired comparison, one-sided at half of what an interval leaves out;
        together (Bonferroni) they see a fall that is none in 2.5% of runs.
        """
        fewer = len(self.workers) - 1
        confidence = 1 - (1 - CONFIDENCE) / fewer
        factor = t_quantile(confidence, len(self.speedups) - 1) / sqrt(len(self.speedups))
        for place in range(fewer):
            falls = [log(row[place] / row[-1]) for row in self.speedups]
            if fmean(falls) - factor * stdev(falls) > ROUNDING:
                return True
        return False


def grounds(ladder: Ladder, law: Law) -> Grounds | Withheld:
    """What the law is fitted to, or why it is not."""
    if reason := _barred(ladder, law):
        return reason
    usable = ladder.usable or 0
    measured = sorted(workers for workers, by_round in ladder.speedups.items() if by_round)
    within = [workers for workers in measured if workers <= usable]
    beyond = [workers for workers in measured if workers > usable]
    if len(within) < law.counts or within[-1] < law.reaching:
        return _too_few(law, within, beyond, usable)
    rounds = sorted(set.intersection(*(set(ladder.speedups[workers]) for workers in within)))
    if len(rounds) < LEAST_ROUNDS:
        return law.withheld(
            "few-rounds",
            f"it takes {LEAST_ROUNDS} rounds with every number of workers, "
            f"and this run has {len(rounds) or 'none'}",
        )
    return Grounds(
        tuple(within),
        tuple(tuple(ladder.speedups[workers][round_] for workers in within) for round_ in rounds),
        tuple(beyond),
        usable,
    )


def _barred(ladder: Ladder, law: Law) -> Withheld | None:
    """Why no numbers of workers would do."""
    if ladder.kind not in law.kinds:
        return law.withheld(
            "kind", f"it is about work that computes, and this work {_DOES[ladder.kind]}"
        )
    if ladder.differing:
        return law.withheld(
            "answers-differ",
            f"{ladder.name} × {counted(ladder.differing)} gave another answer than sequential work",
        )
    if ladder.usable is None:
        return law.withheld("cpus-unknown", "how many CPUs could be used is not known")
    return None


def _too_few(law: Law, within: list[int], beyond: list[int], usable: int) -> Withheld:
    enough = len(within) + len(beyond) >= law.counts and (within + beyond)[-1] >= law.reaching
    takes = f"it takes {law.counts} numbers of workers"
    reaching = f" that reach {law.reaching} or more" if law.reaching else ""
    among = f" within the {usable} usable CPUs" if beyond else ""
    there = f"only {counted(within)}" if within else "none"
    return law.withheld(
        "beyond-cpus" if enough else "few-counts",
        f"{takes}{reaching}{among}, and there {'are' if len(within) > 1 else 'is'} {there}",
    )
