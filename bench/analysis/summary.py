"""A run in short, for lists and trends: its finding, and a few figures a contender."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis.intervals import Interval
from bench.analysis.results import Result, results
from bench.analysis.swept import headline_of
from bench.samples import Run

# What is kept of one contender, with a warm pool: seconds and speedup, each with its ends.
Plain = list[float | None] | None


@dataclass(frozen=True)
class Figure:
    """One contender's time in seconds and its speedup, if any, with a warm pool."""

    seconds: Interval
    speedup: Interval | None


@dataclass(frozen=True)
class Summary:
    """A run's finding in a sentence, and a figure for each of its line-up; None has no result."""

    headline: str
    figures: tuple[Figure | None, ...]


def summary_of(run: Run) -> Summary:
    """What is kept of a run beside its samples."""
    found = results(run)
    return Summary(headline_of(run, found, "warm"), tuple(_figure(result) for result in found))


def _figure(result: Result) -> Figure | None:
    reading = result.warm
    if reading is None:
        return None
    return Figure(_short(reading.seconds), _short(reading.speedup) if reading.speedup else None)


def _short(interval: Interval) -> Interval:
    """The interval to five significant digits: more than any picture shows."""
    ends = (interval.low, interval.high)
    low, high = (None if end is None else float(f"{end:.5g}") for end in ends)
    return Interval(float(f"{interval.estimate:.5g}"), low, high)


def figures_as_plain(figures: Sequence[Figure | None]) -> list[Plain]:
    """Figures as short lists of numbers."""
    return [
        None if one is None else [*_numbers(one.seconds), *_numbers(one.speedup)] for one in figures
    ]


def _numbers(interval: Interval | None) -> list[float | None]:
    return [interval.estimate, interval.low, interval.high] if interval else []


def figures_from_plain(plain: Sequence[Plain]) -> tuple[Figure | None, ...]:
    """The figures that were made plain."""
    return tuple(
        None if one is None else Figure(_interval(one[:3]), _interval(one[3:]) if one[3:] else None)
        for one in plain
    )


def _interval(numbers: Sequence[float | None]) -> Interval:
    estimate, low, high = numbers
    return Interval(estimate or 0.0, low, high)
