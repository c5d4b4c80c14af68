"""A run's results as the rows of a table, in words: the same on a page and in an export."""

from collections.abc import Sequence

from bench.analysis.results import Mode, Reading, Result
from bench.analysis.words import digits, seconds, span


def figures(found: Sequence[Result], mode: Mode) -> list[dict[str, str | int]]:
    """A row for each of the line-up, by column; what is not known is empty."""
    return [_row(result, mode) for result in found]


def _row(result: Result, mode: Mode) -> dict[str, str | int]:
    reading = result.reading(mode)
    ratio = reading.speedup if reading and not result.yardstick else None
    return {
        "contender": result.contender.name,
        "time": seconds(reading.seconds.estimate) if reading else "",
        "speedup": digits(ratio.estimate) if ratio else "",
        "95% interval": span(ratio) if ratio else "",
        "verdict": verdict_of(result, reading),
        "rounds": result.n,
    }


def verdict_of(result: Result, reading: Reading | None) -> str:
    """What is said of a contender in a table, in a word or a few."""
    if result.error:
        return "failed"
    if result.yardstick:
        return "baseline"
    if reading and not result.against:
        return "no baseline"
    return reading.verdict if reading else "not measured"
