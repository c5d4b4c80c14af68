"""Speedups as rows to draw: points with intervals, the noise floor, labels that do not overlap."""

from collections.abc import Sequence

from bench.analysis import words
from bench.analysis.intervals import Interval
from bench.analysis.results import Mode, Result
from bench.charts.drawing import Row, rounded
from bench.charts.frame import NARROW_LINE, WIDE_LINE, Frame, Label, placed
from bench.charts.series import Point, Series
from bench.charts.theme import Palette, colour_of, ink_of


def point_rows(series: Sequence[Series], frame: Frame, palette: Palette) -> list[Row]:
    """A row a point, in the look of its series."""
    return [_point(one, point, frame, palette) for one in series for point in one.points]


def _point(series: Series, point: Point, frame: Frame, palette: Palette) -> Row:
    speedup = point.speedup
    known = speedup.low is not None
    colour = colour_of(series.executor, palette)
    return {
        "series": series.name,
        "x": point.workers,
        "y": rounded(speedup.estimate),
        "low": rounded(speedup.low or speedup.estimate),
        "high": rounded(min(speedup.high or speedup.estimate, frame.top)),
        "colour": colour,
        "fill": colour if series.style.filled else palette.background,
        "mark": series.style.mark,
        "stroke": series.style.width,
        "contender": point.contender,
        "value": f"{words.digits(speedup.estimate)}×",
        "interval": words.span(speedup) if known else "none from one round",
        "verdict": point.verdict,
        "rounds": point.n,
    }


def noise_of(results: Sequence[Result], mode: Mode) -> Interval | None:
    """The control's speedup, if there is an interval yet."""
    controls = [result.reading(mode) for result in results if result.contender.role == "control"]
    speedups = [reading.speedup for reading in controls if reading and reading.speedup]
    return next((speedup for speedup in speedups if speedup.low is not None), None)


def noise_rows(noise: Interval | None) -> list[Row]:
    """The noise floor as one row, if it is known."""
    return [{"low": rounded(noise.low or 0), "high": rounded(noise.high or 0)}] if noise else []


def label_rows(series: Sequence[Series], frame: Frame, palette: Palette) -> list[Row]:
    """What stands at the right, placed once for a wide chart and once for a narrow one."""
    labels = [Label(one.label, one.end, one.executor) for one in series]
    if frame.ideal_is_whole:
        labels.append(Label("ideal", frame.ideal[-1]))
    wide, narrow = placed(labels, frame, WIDE_LINE), placed(labels, frame, NARROW_LINE)
    return [
        {
            "x": rounded(frame.last + frame.margin),
            "end_x": label.end[0],
            "end_y": rounded(label.end[1]),
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
