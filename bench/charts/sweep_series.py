"""The lines of a run that sweeps, as series of speedups and of times."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bench.analysis import words
from bench.analysis.results import Mode, Result
from bench.analysis.swept import Line
from bench.charts.series import (
    Point,
    Series,
    interpreters_of,
    named_first,
    speedup_label,
    told_apart,
    without_interpreter,
)
from bench.charts.stops import Stops
from bench.charts.theme import style_of

# How far apart points of the same name stand, and all of them at most: names are 1 apart.
_BESIDE, _ALL = 0.1, 0.5


def speedups_of(
    lines: Sequence[Line], results: Sequence[Result], stops: Stops, mode: Mode
) -> tuple[Series, ...]:
    """The lines that have a speedup anywhere."""
    hosts = interpreters_of(results)
    series = []
    for line in lines:
        points = tuple(
            Point(one.contender.name, stops.x(one.contender.at), speedup, reading.verdict, one.n)
            for one in line.results
            if (reading := one.reading(mode)) and (speedup := reading.speedup)
        )
        if points:
            name, first = name_of(line), line.contender
            label = speedup_label(name, first.executor, points[-1])
            strip = hosts.index(first.interpreter)
            series.append(
                Series(name, first.executor, style_of(first.executor), points, label, strip)
            )
    return _beside(told_apart(series), stops)


def name_of(line: Line) -> str:
    """What a line is called in the strip of its interpreter."""
    return without_interpreter(line.name, line.contender.interpreter)


def times_of(
    lines: Sequence[Line], results: Sequence[Result], stops: Stops, mode: Mode
) -> tuple[Series, ...]:
    """The times of sequential work, then those of the lines.

    Where an option is swept, sequential work is measured once: its line is flat and has no marks.
    """
    hosts = interpreters_of(results)
    baselines = [result for result in results if result.contender.role == "baseline"]
    every = [("sequential", [one for one in baselines if _on(one) == host]) for host in hosts]
    every += [(name_of(line), list(line.results)) for line in lines]
    series = []
    for name, found in every:
        points = tuple(_timed(found, stops, mode))
        if points:
            executor, host = found[0].contender.executor, _on(found[0])
            ceiling = "this hardware's ceiling" if executor == "ceiling" else name
            # A number and its unit stay on one line.
            time = words.seconds(points[-1].value.estimate).replace(" ", "\N{NO-BREAK SPACE}")
            label, flat = f"{named_first(ceiling)} {time}", found[0].contender.at is None
            style, strip = style_of(executor), hosts.index(host)
            series.append(Series(name, executor, style, points, label, strip, flat))
    return _beside(told_apart(series), stops)


def _beside(series: Sequence[Series], stops: Stops) -> tuple[Series, ...]:
    """The series with their points beside each other, where the axis has names.

    Their intervals would cover each other; between names no place has a meaning of its own.
    """
    if stops.kind != "names":
        return tuple(series)
    moved = []
    for one in series:
        mates = [mate for mate in series if mate.strip == one.strip and not mate.flat]
        step = min(_BESIDE, _ALL / len(mates)) if mates else 0
        by = 0 if one.flat else step * (mates.index(one) - (len(mates) - 1) / 2)
        moved.append(
            replace(one, points=tuple(replace(point, x=point.x + by) for point in one.points))
        )
    return tuple(moved)


def _on(result: Result) -> str:
    return result.contender.interpreter


def _timed(found: Sequence[Result], stops: Stops, mode: Mode) -> Iterable[Point]:
    for one in found:
        if reading := one.reading(mode):
            at = one.contender.at
            for x in stops.ends if at is None else [stops.x(at)]:
                yield Point(one.contender.name, x, reading.seconds, reading.verdict, one.n)
