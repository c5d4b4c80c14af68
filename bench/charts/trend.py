"""One plan over time: each contender's speedup or time, run by run, with its interval."""

import json
from collections.abc import Mapping, Sequence

import altair as alt

from bench.analysis.comparing import Measure
from bench.analysis.intervals import Interval
from bench.analysis.trends import TrendLine, trend_sentences
from bench.analysis.words import counted, digits, seconds
from bench.charts.axes import axis_of
from bench.charts.drawing import styled
from bench.charts.line_rows import SECONDS, SPEEDUPS, Say, label_rows, labels_of, point_rows
from bench.charts.lines import label_layers, line_layers, mark_layers, value_axis
from bench.charts.series import Point, Series, named_first, titled, told_apart
from bench.charts.strips import Strips, strips_of
from bench.charts.theme import Palette, style_of
from bench.charts.thinning import MOST_MARKS
from bench.charts.time_rows import unit_for

TITLES: Mapping[Measure, str] = {
    "time": "Time of the same plan, run by run",
    "speedup": "Speedup of the same plan, run by run",
}
HOW_TO_READ = ("upright lines: 95% intervals within a run", "the newest run is the last one")

_SAY: Mapping[Measure, Say] = {"time": SECONDS, "speedup": SPEEDUPS}


def trend(
    lines: Sequence[TrendLine],
    measure: Measure,
    moments: Sequence[str],
    palette: Palette,
    width: int | None = None,
) -> alt.LayerChart:
    """A line a contender over the runs, whose moments are told in words, oldest first.

    Of more runs than a chart holds, the newest are drawn. Without a width it takes its container's.
    """
    series, shown = _fitting(lines, measure, len(moments))
    moments, in_all = moments[-shown:], len(moments)
    values = [point.value for one in series for point in one.points]
    axis = axis_of(
        [value.estimate for value in values],
        [end for value in values for end in (value.low, value.high) if end],
    )
    strips = strips_of([""], axis, [(one.label, 0) for one in series])
    told = alt.Tooltip("value:N", title=measure)
    return styled(
        [
            *line_layers(series),
            *mark_layers(
                _runs(moments),
                _values(strips, measure),
                [
                    alt.Tooltip("contender:N"),
                    told,
                    alt.Tooltip("interval:N", title="95% interval"),
                ],
            ),
            *label_layers(),
        ],
        {
            "points": point_rows(series, strips, palette, _SAY[measure]),
            "labels": label_rows(labels_of(series, strips), strips, len(moments) + 0.3, palette),
        },
        palette,
        title=TITLES[measure],
        subtitle=[
            counted(in_all, "run") if shown == in_all else f"the newest {shown} of {in_all} shown",
            *HOW_TO_READ,
        ],
        description=trend_alt(lines, measure, moments),
        grid="y",
        height=strips.pixels,
        width=width,
    )


def trend_alt(lines: Sequence[TrendLine], measure: Measure, moments: Sequence[str]) -> str:
    """What the chart shows, in sentences."""
    start = f"Lines of the {measure} of {counted(len(lines), 'contender')} over "
    return " ".join([f"{start}{counted(len(moments), 'run')}.", *trend_sentences(lines, measure)])


def _fitting(
    lines: Sequence[TrendLine], measure: Measure, runs: int
) -> tuple[tuple[Series, ...], int]:
    """The series over as many of the newest runs as a chart holds, and how many these are."""
    for shown in range(runs, 1, -1):
        series = _series(lines, measure, shown)
        if sum(map(_marks, series)) <= MOST_MARKS:
            return series, shown
    return _series(lines, measure, 1), 1


def _marks(series: Series) -> int:
    """A mark and an interval a point, a line and a band a part, and the label with its leader."""
    return 2 * len(series.points) + 2 * len({point.part for point in series.points}) + 2


def _series(lines: Sequence[TrendLine], measure: Measure, shown: int) -> tuple[Series, ...]:
    """A series for each line that has a value in one of the newest runs."""
    found = []
    for line in lines:
        one = line.contender
        points = tuple(_points(line.values[-shown:], one.name))
        if not points:
            continue
        last = points[-1].value.estimate
        told = f"{digits(last)}×" if measure == "speedup" else seconds(last)
        label = f"{named_first(titled(one.name, one.executor))} {told}"
        found.append(Series(one.name, one.executor, style_of(one.executor), points, label))
    return told_apart(found)


def _points(values: Sequence[Interval | None], name: str) -> list[Point]:
    """A point a run; where one has no value, a new part of the line begins."""
    points: list[Point] = []
    part = 0
    for place, value in enumerate(values, start=1):
        if value is None:
            part += 1
        else:
            points.append(Point(name, place, value, "no difference shown", 0, part))
    return points


def _runs(moments: Sequence[str]) -> alt.X:
    """The axis of runs: as far apart as any others, with their moments as labels."""
    return (
        alt.X("x:Q")
        .axis(
            title="runs, oldest first",
            values=list(range(1, len(moments) + 1)),
            labelExpr=f"{json.dumps(list(moments))}[datum.value - 1]",
            labelOverlap="greedy",
        )
        .scale(domain=[0.7, len(moments) + 0.3], nice=False, zero=False)
    )


def _values(strips: Strips, measure: Measure) -> alt.Y:
    scale = ", log scale" if strips.axis.log else ""
    if measure == "speedup":
        return value_axis(strips, f"speedup over sequential, warm pool{scale}")
    size, unit = unit_for(strips.axis.top)
    labels = [digits(tick / size, 2) for tick in strips.ticks]
    return value_axis(strips, f"{unit}, warm pool{scale}", labels)
