"""How speedup grows with the number of workers: what can be said of it without any model.

A ladder is one executor, with the same options on the same interpreter, at several numbers of
workers; each of them is a rung. Everything here is a function of the speedup that grows or falls
with it throughout, so its interval is the speedup's interval passed through the function.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bench.analysis.intervals import Interval, geometric

# By number of workers and by round: the baseline's time over the contender's in that round.
Speedups = Mapping[int, Mapping[int, float]]


@dataclass(frozen=True)
class Withheld:
    """What is not said of a run, and why: a stable code and one sentence."""

    code: str
    message: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Ladder:
    """One executor's speedups at several numbers of workers, and what bears on reading them.

    `kind` is that of the work and `usable` are the usable CPUs, None where that is not known;
    `ceiling` has the speedups of the hardware's own limit, measured in the same rounds;
    `differing` are the numbers of workers that gave another answer than sequential work: they
    have no speedups.
    """

    name: str
    kind: str | None
    usable: int | None
    speedups: Speedups
    ceiling: Speedups = field(default_factory=dict)
    differing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rung:
    """What one number of workers gives, over `n` rounds.

    `efficiency` is speedup / workers. `karp_flatt` is the share of the work that would have to run
    one at a time to explain this speedup (below 0: it is beyond ideal); None for one worker.
    `of_ceiling` is the speedup over the ceiling's in the same round; None where that was not
    measured.
    """

    workers: int
    n: int
    speedup: Interval
    efficiency: Interval
    karp_flatt: Interval | None
    of_ceiling: Interval | None


def rungs(ladder: Ladder) -> tuple[Rung, ...]:
    """A rung for each number of workers that has a speedup, the fewest workers first."""
    return tuple(
        _rung(workers, by_round, ladder.ceiling.get(workers, {}))
        for workers, by_round in sorted(ladder.speedups.items())
        if by_round
    )


def _rung(workers: int, by_round: Mapping[int, float], ceiling: Mapping[int, float]) -> Rung:
    speedup = geometric(list(by_round.values()))
    return Rung(
        workers,
        len(by_round),
        speedup,
        _through(lambda value: value / workers, speedup),
        None if workers == 1 else _through(lambda value: karp_flatt(value, workers), speedup),
        _over(by_round, ceiling),
    )


def karp_flatt(speedup: float, workers: int) -> float:
    """Karp and Flatt's experimentally determined serial fraction, for two workers or more."""
    return (1 / speedup - 1 / workers) / (1 - 1 / workers)


def _over(by_round: Mapping[int, float], ceiling: Mapping[int, float]) -> Interval | None:
    both = sorted(by_round.keys() & ceiling.keys())
    return geometric([by_round[round_] / ceiling[round_] for round_ in both]) if both else None


def _through(function: Callable[[float], float], interval: Interval) -> Interval:
    """The interval of a function that grows or falls throughout."""
    if interval.low is None or interval.high is None:
        return Interval(function(interval.estimate))
    low, high = sorted((function(interval.low), function(interval.high)))
    return Interval(function(interval.estimate), low, high)


def counted(numbers: Sequence[float]) -> str:
    """Numbers as they stand in a sentence: 1, 2 and 4."""
    *most, last = (f"{number:,}" for number in numbers)
    return f"{', '.join(most)} and {last}" if most else last
