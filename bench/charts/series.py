"""Results as the lines of a chart: what a line needs, its look, and its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bench.analysis import words
from bench.analysis.intervals import Interval
from bench.analysis.ladders import Key, key_of
from bench.analysis.results import Mode, Result
from bench.analysis.verdicts import Verdict
from bench.charts.theme import Style, style_of


@dataclass(frozen=True)
class Point:
    """A contender's speedup, or its time in seconds, and where it stands from left to right.

    Where one is missing between two others, a new part of the line begins.
    """

    contender: str
    x: float
    value: Interval
    verdict: Verdict
    n: int
    part: int = 0


@dataclass(frozen=True)
class Series:
    """The points of one line, from left to right, its label, and the strip that it stands in.

    A `flat` one was measured once, for all values that are swept.
    """

    name: str
    executor: str
    style: Style
    points: tuple[Point, ...]
    label: str
    strip: int = 0
    flat: bool = False

    @property
    def last(self) -> Point:
        return self.points[-1]


def series_of(results: Sequence[Result], mode: Mode) -> tuple[Series, ...]:
    """The speedups of contenders that differ in their workers alone as one series, by workers.

    In the plan's order, with all contenders that have a speedup.
    """
    found: dict[Key, list[Point]] = {}
    hosts = interpreters_of(results)
    for result in results:
        reading, one = result.reading(mode), result.contender
        if one.role == "contender" and reading and reading.speedup:
            point = Point(one.name, one.workers, reading.speedup, reading.verdict, result.n)
            found.setdefault(key_of(one), []).append(point)
    return told_apart(
        Series(
            without_interpreter(name, host),
            executor,
            style_of(executor),
            ordered := tuple(sorted(points, key=lambda point: point.x)),
            speedup_label(without_interpreter(name, host), executor, ordered[-1]),
            hosts.index(host),
        )
        for (executor, name, host), points in found.items()
    )


def interpreters_of(results: Sequence[Result]) -> list[str]:
    """The interpreters that took part, in the plan's order."""
    return list(dict.fromkeys(result.contender.interpreter for result in results))


def without_interpreter(name: str, interpreter: str) -> str:
    """A contender's or a line's name below a heading that tells its interpreter."""
    return name.removesuffix(f" on {interpreter}")


def speedup_label(name: str, executor: str, last: Point) -> str:
    """What stands at a line's end: the name with the last point's speedup or verdict."""
    told = titled(name, executor)
    if last.value.low is None:
        return f"{told}: one round"
    if last.verdict == "no difference shown" and executor != "ceiling":
        return f"{told}: {last.verdict}"
    return f"{named_first(told)} {words.digits(last.value.estimate)}×"


def titled(name: str, executor: str) -> str:
    """A line's name as its label tells it."""
    return name.replace("ceiling", "this hardware's ceiling", 1) if executor == "ceiling" else name


def named_first(name: str) -> str:
    """A name that a figure follows: one that tells its workers (threads × 2) needs a colon."""
    return f"{name}:" if "×" in name else name


_OTHER_DASHES = ((8, 3), (3, 3), (8, 3, 2, 3), (12, 4))


def told_apart(series: Iterable[Series]) -> tuple[Series, ...]:
    """The series in looks of their own.

    In a strip, the first of an executor has the executor's own style, and the others have its
    opposite filling and other dashes.
    """
    apart: list[Series] = []
    for one in series:
        before = sum((other.executor, other.strip) == (one.executor, one.strip) for other in apart)
        apart.append(replace(one, style=_variant(one.style, before)))
    return tuple(apart)


def _variant(style: Style, before: int) -> Style:
    if not before:
        return style
    dash = _OTHER_DASHES[(before - 1) % len(_OTHER_DASHES)]
    return replace(style, filled=style.filled ^ (before % 2 == 1), dash=dash)
