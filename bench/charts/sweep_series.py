"""The lines of a run that sweeps, as series of speedups and of times."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bench.analysis import words
from bench.analysis.intervals import Interval
from bench.analysis.results import Mode, Reading, Result
from bench.analysis.swept import Line
from bench.charts.series import (
    Point,
    Series,
    interpreters_of,
    named_first,
    speedup_label,
    titled,
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
        points = tuple(_points(line.results, stops, mode, lambda reading: reading.speedup))
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
    baselines = sorted(
        (result for result in results if result.contender.role == "baseline"),
        key=lambda one: stops.x(one.contender.at),
    )
    every = [("sequential", [one for one in baselines if _on(one) == host]) for host in hosts]
    every += [(name_of(line), list(line.results)) for line in lines]
    series = []
    for name, found in every:
        points = tuple(_points(found, stops, mode, lambda reading: reading.seconds))
        if points:
            executor, host = found[0].contender.executor, _on(found[0])
            # A number and its unit stay on one line.
            time = words.seconds(points[-1].value.estimate).replace(" ", "\N{NO-BREAK SPACE}")
            label, flat = f"{named_first(titled(name, executor))} {time}", _on_all(found[0])
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


def _on_all(result: Result) -> bool:
    """Whether it stands for all values, as where an option is swept sequential work does."""
    return result.contender.at is None


def _points(
    results: Sequence[Result],
    stops: Stops,
    mode: Mode,
    value: Callable[[Reading], Interval | None],
) -> Iterator[Point]:
    """A point a result; one that stands for all values has two, at the ends of the axis."""
    part = 0
    for one in results:
        reading, at = one.reading(mode), one.contender.at
        shown = value(reading) if reading else None
        if reading is None or shown is None:
            part += 1
            continue
        for x in stops.ends if _on_all(one) else [stops.x(at)]:
            yield Point(one.contender.name, x, shown, reading.verdict, one.n, part)
