"""Series as rows to draw: points with intervals, headings, labels that do not overlap."""

from collections.abc import Callable, Sequence

from bench.analysis import words
from bench.analysis.intervals import Interval
from bench.analysis.results import Mode, Result
from bench.charts.drawing import Row, rounded
from bench.charts.series import Point, Series
from bench.charts.strips import NARROW_LINE, WIDE_LINE, Label, Strips, placed
from bench.charts.theme import Palette, colour_of, ink_of
from bench.samples import Run

# An estimate, and an interval's ends, in words.
Say = tuple[Callable[[float], str], Callable[[Interval], str]]

SPEEDUPS: Say = (lambda value: f"{words.digits(value)}×", words.span)
SECONDS: Say = (
    words.seconds,
    lambda ends: f"{words.seconds(ends.low or 0)} – {words.seconds(ends.high or 0)}",
)

# About how wide a character of a heading is, in pixels.
_HEADING_CHARACTER = 8


def point_rows(
    series: Sequence[Series], strips: Strips, palette: Palette, say: Say = SPEEDUPS
) -> list[Row]:
    """A row a point, in the look of its series."""
    return [_point(one, point, strips, palette, say) for one in series for point in one.points]


def _point(series: Series, point: Point, strips: Strips, palette: Palette, say: Say) -> Row:
    value, interval = say
    colour = colour_of(series.executor, palette)
    return {
        "series": series.name,
        "strip": series.strip,
        "part": point.part,
        "flat": series.flat,
        "x": rounded(point.x),
        "y": rounded(strips.place(point.value.estimate, series.strip)),
        **ends(point.value, strips, series.strip),
        "colour": colour,
        "fill": colour if series.style.filled else palette.background,
        "mark": "" if series.flat else series.style.mark,
        "stroke": series.style.width,
        "contender": point.contender,
        "value": value(point.value.estimate),
        "interval": interval(point.value) if point.value.low else "none from one round",
        "verdict": point.verdict,
        "rounds": point.n,
    }


def ends(interval: Interval, strips: Strips, strip: int) -> Row:
    """Where an interval's ends stand; both on the estimate if there is none."""
    low, high = interval.low or interval.estimate, interval.high or interval.estimate
    return {
        "low": rounded(strips.place(low, strip)),
        "high": rounded(strips.place(high, strip)),
    }


def one_rows(strips: Strips) -> list[Row]:
    """Where sequential work stands in each strip."""
    return [{"y": rounded(strips.place(1, strip))} for strip in range(len(strips.names))]


def noise_of(results: Sequence[Result], mode: Mode) -> list[tuple[Result, Interval]]:
    """The controls whose speedup has an interval, with it."""
    return [
        (result, reading.speedup)
        for result in results
        if result.contender.role == "control"
        if (reading := result.reading(mode)) and reading.speedup
        if reading.speedup.low is not None
    ]


def heading_rows(run: Run, strips: Strips) -> list[Row]:
    """The interpreter of each strip."""
    known = run.environment.get("interpreters", {})
    return [
        {
            "y": rounded(strips.top(strip)),
            "name": name,
            "more": str(known.get(name, {}).get("label", "")),
            "after": _HEADING_CHARACTER * len(name) + 10,
        }
        for strip, name in enumerate(strips.names)
    ]


def label_rows(labels: Sequence[Label], strips: Strips, x: float, palette: Palette) -> list[Row]:
    """What stands to the right of `x`, placed once for a wide chart and once for a narrow one."""
    wide, narrow = placed(labels, strips, WIDE_LINE), placed(labels, strips, NARROW_LINE)
    return [
        {
            "x": rounded(x),
            "end_x": label.x,
            "end_y": rounded(label.y),
            "centre": rounded(at.centre),
            "first": rounded(at.first),
            "lines": list(at.lines),
            "narrow_centre": rounded(near.centre),
            "narrow_first": rounded(near.first),
            "narrow_lines": list(near.lines),
            "colour": ink_of(label.executor, palette) if label.executor else palette.secondary,
            "bold": bool(label.executor) and label.executor != "ceiling",
        }
        for label, at, near in zip(labels, wide, narrow, strict=True)
    ]


def labels_of(series: Sequence[Series], strips: Strips) -> list[Label]:
    """What stands at the end of each series."""
    return [
        Label(
            one.label,
            one.last.x,
            strips.place(one.last.value.estimate, one.strip),
            one.strip,
            one.executor,
        )
        for one in series
    ]
