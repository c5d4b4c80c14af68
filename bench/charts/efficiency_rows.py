"""Efficiencies as rows to draw: speedup / workers of each contender, and what would be ideal."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis import words
from bench.analysis.intervals import Interval, geometric
from bench.analysis.results import Mode, Reading, Result
from bench.charts.drawing import Row, rounded
from bench.charts.frame import ideal_line
from bench.charts.labels import spread, wrapped
from bench.charts.series import series_of
from bench.charts.strips import LINE_HEIGHT
from bench.charts.theme import Palette, Style, colour_of, ink_of

HEIGHT = 280

# The longest line of a label in characters.
_WIDE, _NARROW = 36, 19

# Of how many pieces a curve is made.
_STEPS = 40

# The interval of two rounds may reach many times as far as its estimate: it is cut there.
_REACH = 2.0


@dataclass(frozen=True)
class Point:
    """A contender's efficiency, and its speedup over the ceiling's with as many workers."""

    contender: str
    workers: int
    efficiency: Interval
    of_ceiling: Interval | None
    n: int


@dataclass(frozen=True)
class Line:
    """The efficiencies of contenders that differ in their workers alone, by workers."""

    name: str
    executor: str
    style: Style
    points: tuple[Point, ...]

    @property
    def label(self) -> str:
        name = "this hardware's ceiling" if self.executor == "ceiling" else self.name
        return f"{name} {words.percent(self.points[-1].efficiency.estimate)}"


def lines_of(results: Sequence[Result], mode: Mode) -> tuple[Line, ...]:
    """The lines of all contenders that have a speedup, in the plan's order."""
    by_name = {result.contender.name: result for result in results}
    lines = []
    for one in series_of(results, mode):
        found = [by_name[point.contender] for point in one.points]
        first = found[0].contender
        lines.append(
            Line(
                first.name.replace(f" × {first.workers}", "", 1),
                one.executor,
                one.style,
                tuple(_point(result, results, mode) for result in found),
            )
        )
    return tuple(lines)


def _point(result: Result, results: Sequence[Result], mode: Mode) -> Point:
    reading, one = result.reading(mode), result.contender
    assert reading
    assert reading.speedup
    return Point(
        one.name,
        one.workers,
        scaled(reading.speedup, 1 / one.workers),
        None if one.executor == "ceiling" else _of_ceiling(result, reading, results, mode),
        result.n,
    )


def scaled(interval: Interval, factor: float) -> Interval:
    """All of an interval times a positive factor."""
    ends = (None if end is None else end * factor for end in (interval.low, interval.high))
    return Interval(interval.estimate * factor, *ends)


def _of_ceiling(
    result: Result, reading: Reading, results: Sequence[Result], mode: Mode
) -> Interval | None:
    """The speedup over that of the ceiling in the same rounds, on the same interpreter."""
    mine = (result.contender.workers, result.contender.interpreter)
    ceilings = [
        limit.ratios
        for other in results
        if other.contender.executor == "ceiling"
        if (other.contender.workers, other.contender.interpreter) == mine
        if (limit := other.reading(mode))
    ]
    both = sorted(reading.ratios.keys() & ceilings[0].keys()) if ceilings else []
    return geometric([reading.ratios[one] / ceilings[0][one] for one in both]) if both else None


def top_of(lines: Sequence[Line]) -> float:
    """Where the axis ends: it holds 1 and all intervals, unless they reach far."""
    found = [point.efficiency for one in lines for point in one.points]
    highest = max([1.0, *(interval.estimate for interval in found)])
    furthest = max([highest, *(interval.high or 0.0 for interval in found)])
    return 1.06 * min(furthest, _REACH * highest)


def point_rows(lines: Sequence[Line], top: float, palette: Palette) -> list[Row]:
    """A row a point, in the look of its line."""
    return [_row(one, point, top, palette) for one in lines for point in one.points]


def _row(line: Line, point: Point, top: float, palette: Palette) -> Row:
    found = point.efficiency
    colour = colour_of(line.executor, palette)
    ends = f"{words.percent(found.low or 0)} – {words.percent(found.high or 0)}"
    return {
        "series": line.name,
        "x": point.workers,
        "y": rounded(found.estimate),
        "low": rounded(found.low or found.estimate),
        "high": rounded(min(found.high or found.estimate, top)),
        "colour": colour,
        "fill": colour if line.style.filled else palette.background,
        "mark": line.style.mark,
        "stroke": line.style.width,
        "contender": point.contender,
        "value": words.percent(found.estimate),
        "interval": ends if found.low is not None else "none from one round",
        "ceiling": words.percent(point.of_ceiling.estimate) if point.of_ceiling else "not measured",
        "rounds": point.n,
    }


def noise_rows(results: Sequence[Result], mode: Mode, top: float) -> list[Row]:
    """The control's interval as one row, if it is known: so near to ideal, nothing is shown."""
    readings = [one.reading(mode) for one in results if one.contender.role == "control"]
    noise = [reading.speedup for reading in readings if reading and reading.speedup]
    return [
        {"low": rounded(one.low), "high": rounded(min(one.high, top))}
        for one in noise[:1]
        if one.low is not None and one.high is not None
    ]


def ideal_rows(kind: str, usable: int | None, first: float, last: int) -> list[Row]:
    """What is ideal as a speedup, over the workers: 1, and less where they have to share CPUs."""
    (_, (bend, most), *rest) = ideal_line(kind, usable, last)
    steps = range(_STEPS + 1) if rest else ()
    beyond = [bend + (last - bend) * step / _STEPS for step in steps]
    return [
        {"x": first, "y": 1},
        {"x": rounded(max(first, bend)), "y": 1},
        *({"x": rounded(x), "y": rounded(most / x)} for x in beyond[1:]),
    ]


def label_rows(lines: Sequence[Line], x: float, top: float, palette: Palette) -> list[Row]:
    """What stands to the right of `x`, placed once for a wide chart and once for a narrow one."""
    wide, narrow = (_placed(lines, top, most) for most in (_WIDE, _NARROW))
    return [
        {
            "x": rounded(x),
            "end_x": one.points[-1].workers,
            "end_y": rounded(one.points[-1].efficiency.estimate),
            **at,
            **{f"narrow_{field}": value for field, value in near.items()},
            "colour": ink_of(one.executor, palette),
            "bold": one.executor != "ceiling",
        }
        for one, at, near in zip(lines, wide, narrow, strict=True)
    ]


def _placed(lines: Sequence[Line], top: float, most: int) -> list[Row]:
    """Each label broken into lines, as near to the end of its line as the others let it."""
    pixel = top / HEIGHT
    texts = [wrapped([one.label], most, " ") for one in lines]
    ends = [one.points[-1].efficiency.estimate for one in lines]
    centres = spread(ends, [LINE_HEIGHT * pixel * len(text) for text in texts], 0, top)
    return [
        {
            "centre": rounded(centre),
            "first": rounded(centre + LINE_HEIGHT * pixel * (len(text) - 1) / 2),
            "lines": text,
        }
        for centre, text in zip(centres, texts, strict=True)
    ]
