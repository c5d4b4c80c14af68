"""Time against a swept parameter or option: each line's and that of sequential work."""

from collections.abc import Sequence

import altair as alt

from bench.analysis.results import Mode, Result
from bench.analysis.swept import lines_of
from bench.analysis.words import seconds
from bench.charts.axes import axis_of
from bench.charts.drawing import POOL, styled
from bench.charts.line_rows import SECONDS, heading_rows, label_rows, labels_of, point_rows
from bench.charts.lines import (
    heading_layers,
    label_layers,
    line_layers,
    mark_layers,
    value_axis,
)
from bench.charts.series import Series, interpreters_of
from bench.charts.stops import stops_of
from bench.charts.strips import Strips, strips_of
from bench.charts.sweep_series import times_of
from bench.charts.theme import Palette
from bench.charts.time_rows import unit_for
from bench.samples import Run

HOW_TO_READ = ("lines: geometric means", "bands and upright lines: 95% intervals")

_TOLD = (
    alt.Tooltip("contender:N"),
    alt.Tooltip("value:N", title="geometric mean"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("rounds:Q"),
)


def sweep_times(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A line a series of contenders and one for sequential work; a strip an interpreter.

    `results` are those of the run, whose plan sweeps. Without a width the chart takes its
    container's.
    """
    stops, hosts = stops_of(run.plan), interpreters_of(results)
    series = times_of(lines_of(run, results, mode), results, stops, mode)
    times = [point.value for one in series for point in one.points]
    axis = axis_of(
        [time.estimate for time in times],
        [end for time in times for end in (time.low, time.high) if end],
    )
    strips = strips_of(hosts, axis, [(one.label, one.strip) for one in series])
    return styled(
        [
            *line_layers(series, sloped=stops.kind != "names"),
            *mark_layers(stops.axis(), _axis(strips, mode), _TOLD),
            *heading_layers(strips, palette),
            *label_layers(),
        ],
        {
            "points": point_rows(series, strips, palette, SECONDS),
            "headings": heading_rows(run, strips),
            "labels": label_rows(labels_of(series, strips), strips, stops.ends[1], palette),
        },
        palette,
        title=f"Time against {stops.name}",
        subtitle=HOW_TO_READ,
        description=sweep_times_alt(run, results, mode),
        grid="y",
        height=strips.pixels,
        width=width,
    )


def sweep_times_alt(run: Run, results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    stops, hosts = stops_of(run.plan), interpreters_of(results)
    series = times_of(lines_of(run, results, mode), results, stops, mode)
    told = [f"{_start(one, hosts)}: {_range(one)}." for one in series]
    start = f"Lines of the time against {stops.name}, {POOL[mode]}."
    return " ".join([start, *(told or ["Nothing measured yet."])])


def _start(series: Series, hosts: Sequence[str]) -> str:
    place = f" on {hosts[series.strip]}" if len(hosts) > 1 else ""
    return f"{series.name[:1].upper()}{series.name[1:]}{place}"


def _range(series: Series) -> str:
    first, last = series.points[0], series.points[-1]
    ends = dict.fromkeys(seconds(point.value.estimate) for point in (first, last))
    return " to ".join(ends)


def _axis(strips: Strips, mode: Mode) -> alt.Y:
    """By steps in a unit that suits all ticks, by factors each in one of its own."""
    if strips.axis.log:
        labels = [_tick(tick) for tick in strips.ticks]
        return value_axis(strips, f"time, {POOL[mode]}, log scale", labels)
    size, unit = unit_for(strips.axis.top)
    labels = strips.axis.numbers([tick / size for tick in strips.ticks])
    return value_axis(strips, f"{unit}, {POOL[mode]}", labels)


def _tick(value: float) -> str:
    """A round time: 2 ms."""
    amount, unit = seconds(value).split(" ")
    return f"{amount.rstrip('0').rstrip('.') if '.' in amount else amount} {unit}"
