"""Several ways to do the same thing, each timed once a round: which are shown to be the fastest."""

from collections.abc import Mapping, Sequence

from bench.analysis.intervals import geometric
from bench.analysis.verdicts import verdict


def times_as_fast(way: Sequence[float], other: Sequence[float]) -> list[float]:
    """How many times as fast a way was as another one, round by round, from their seconds."""
    return [b / a for a, b in zip(way, other, strict=True)]


def fastest(seconds: Mapping[str, Sequence[float]]) -> list[str]:
    """The way with the least seconds, and those that are not shown to be slower, in their order.

    Each way has its seconds of the same rounds. Corrected for the number of comparisons.
    """
    best = min(seconds, key=lambda way: geometric(seconds[way]).estimate)
    return [
        way
        for way in seconds
        if verdict(times_as_fast(seconds[way], seconds[best]), len(seconds) - 1) != "slower"
    ]
