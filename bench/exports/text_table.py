"""Tables for a terminal."""

from collections.abc import Sequence

from bench.analysis.figures import verdict_of
from bench.analysis.results import Mode, Result
from bench.analysis.words import digits, seconds, span


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell, two spaces apart; empty columns are left out."""
    kept = [place for place in range(len(head)) if any(row[place] for row in rows)]
    lines = [[line[place] for place in kept] for line in (head, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(kept))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def results_table(results: Sequence[Result]) -> str:
    """One line a contender: time, speedup and verdict with a warm pool, speedup with a cold one."""
    head = (
        "contender",
        "time",
        "speedup",
        "95% interval",
        "verdict",
        "with start-up",
        "95% interval",
        "n",
    )
    return table(head, [_row(result) for result in results])


def _row(result: Result) -> list[str]:
    name = result.contender.name
    if result.error:
        return [name, "", "", "", "failed", "", "", "0"]
    if result.warm is None:
        return [name, "", "", "", "not measured", "", "", "0"]
    verdict = verdict_of(result, result.warm)
    warm, cold = _speedup(result, "warm"), _speedup(result, "cold")
    return [name, seconds(result.warm.seconds.estimate), *warm, verdict, *cold, str(result.n)]


def _speedup(result: Result, mode: Mode) -> tuple[str, str]:
    reading = result.reading(mode)
    if result.yardstick or reading is None or reading.speedup is None:
        return "", ""
    return digits(reading.speedup.estimate), span(reading.speedup)
