"""Contenders that differ in their workers alone as one series, with what a line of it needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.analysis import words
from bench.analysis.intervals import Interval
from bench.analysis.ladders import Key, key_of
from bench.analysis.results import Mode, Result
from bench.analysis.verdicts import Verdict
from bench.charts.theme import Style, style_of

# Workers and speedup.
Vertex = tuple[float, float]


@dataclass(frozen=True)
class Point:
    """A contender's speedup."""

    contender: str
    workers: int
    speedup: Interval
    verdict: Verdict
    n: int


@dataclass(frozen=True)
class Series:
    """The points of one executor with the same options and interpreter, by number of workers.

    Of an executor's series the first has the executor's own style, and the others have its
    opposite filling and other dashes.
    """

    name: str
    executor: str
    style: Style
    points: tuple[Point, ...]

    @property
    def end(self) -> Vertex:
        """Where its line ends."""
        last = self.points[-1]
        return last.workers, last.speedup.estimate

    @property
    def label(self) -> str:
        """What stands at the line's end: the name with the last point's speedup or verdict."""
        last = self.points[-1]
        if self.executor == "ceiling":
            return f"this hardware's ceiling {words.digits(last.speedup.estimate)}×"
        if last.speedup.low is None:
            return f"{self.name}: one round"
        if last.verdict == "no difference shown":
            return f"{self.name}: {last.verdict}"
        return f"{self.name} {words.digits(last.speedup.estimate)}×"


def series_of(results: Sequence[Result], mode: Mode) -> tuple[Series, ...]:
    """The series of all contenders that have a speedup, in the plan's order."""
    found: dict[Key, list[Point]] = {}
    contenders = [result for result in results if result.contender.role == "contender"]
    for result in contenders:
        reading, one = result.reading(mode), result.contender
        if reading and reading.speedup:
            point = Point(one.name, one.workers, reading.speedup, reading.verdict, result.n)
            found.setdefault(key_of(one), []).append(point)
    series: list[Series] = []
    for (executor, name, _), points in found.items():
        before = sum(other.executor == executor for other in series)
        ordered = tuple(sorted(points, key=lambda point: point.workers))
        series.append(Series(name, executor, _variant(style_of(executor), before), ordered))
    return tuple(series)


_OTHER_DASHES = ((8, 3), (3, 3), (8, 3, 2, 3), (12, 4))


def _variant(style: Style, before: int) -> Style:
    if not before:
        return style
    dash = _OTHER_DASHES[(before - 1) % len(_OTHER_DASHES)]
    return replace(style, filled=style.filled ^ (before % 2 == 1), dash=dash)
