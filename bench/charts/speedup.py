"""Speedup against workers, with what would be ideal, what is noise and where the CPUs end."""

from collections.abc import Sequence

import altair as alt

from bench.analysis import words
from bench.analysis.results import Mode, Result
from bench.charts.drawing import POOL, Row, named, rounded, styled
from bench.charts.facts import counted, facts, noise_told, reach, usable_cpus, work_of
from bench.charts.frame import IDEAL, Frame, frame_of
from bench.charts.line_rows import (
    ends,
    heading_rows,
    label_rows,
    labels_of,
    noise_of,
    one_rows,
    point_rows,
)
from bench.charts.lines import (
    HIGH,
    LOW,
    TEXT,
    TOLD,
    X,
    Y,
    heading_layers,
    label_layers,
    line_layers,
    mark_layers,
    rule_layers,
    value_axis,
)
from bench.charts.series import Point, interpreters_of, series_of
from bench.charts.strips import Label
from bench.charts.theme import Palette
from bench.samples import Run


def speedup(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A line an executor with its intervals, named at the right end; a strip an interpreter.

    `results` are those of the run. Without a width the chart takes its container's.
    """
    series, usable, hosts = series_of(results, mode), usable_cpus(run), interpreters_of(results)
    noise = next((interval for _, interval in noise_of(results, mode)), None)
    counts = sorted({contender.workers for contender in run.plan.contenders})
    frame = frame_of(counts, series, noise, work_of(run)[1], reach(run), hosts)
    strips, each = frame.strips, range(len(hosts))
    labels = [*labels_of(series, strips), *(_ideal_ends(frame) if frame.ideal_is_whole else [])]
    rows = {
        "noise": [ends(noise, strips, strip) for strip in each] if noise else [],
        "one": one_rows(strips),
        "cpus": _cpu_rows(usable, frame),
        "ideal": _ideal_rows(frame),
        "leaves": _leaving_rows(frame),
        "points": point_rows(series, strips, palette),
        "headings": heading_rows(run, strips),
        "labels": label_rows(labels, strips, frame.last + frame.margin, palette),
    }
    return styled(
        [
            *_references(palette),
            *line_layers(series),
            *mark_layers(
                _workers(counts, frame),
                value_axis(strips, f"speedup over sequential, {POOL[mode]}"),
                TOLD,
            ),
            *heading_layers(strips, palette),
            *label_layers(),
        ],
        rows,
        palette,
        title=words.headline(results, mode).removesuffix("."),
        subtitle=[*facts(run, results), *(noise_told(hosts) if noise else [])],
        description=speedup_alt(results, mode),
        grid="y",
        height=strips.pixels,
        width=width,
    )


def speedup_alt(results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    hosts = interpreters_of(results)
    lines = [
        f"{one.name}{f' on {hosts[one.strip]}' if len(hosts) > 1 else ''}: "
        + ", ".join(_told(point) for point in one.points)
        + "."
        for one in series_of(results, mode)
    ]
    start = f"Lines of the speedup over sequential against workers, {POOL[mode]}."
    return " ".join([start, words.headline(results, mode), *lines])


def _told(point: Point) -> str:
    return f"{words.digits(point.value.estimate)} with {counted(int(point.x), 'worker')}"


def _cpu_rows(usable: int | None, frame: Frame) -> list[Row]:
    if usable is None or not frame.first <= usable <= frame.last:
        return []
    strips = frame.strips
    return [
        {
            "x": usable,
            "low": rounded(strips.bottom(strip)),
            "high": rounded(strips.top(strip)),
            "text": "" if strip else counted(usable, "usable CPU"),
        }
        for strip in range(len(strips.names))
    ]


def _ideal_rows(frame: Frame) -> list[Row]:
    return [
        {"x": rounded(x), "y": rounded(frame.strips.place(y, strip)), "strip": strip}
        for strip in range(len(frame.strips.names))
        for x, y in frame.ideal
    ]


def _leaving_rows(frame: Frame) -> list[Row]:
    """Where the ideal line leaves the strips, and its name, which then stands there."""
    if frame.ideal_is_whole:
        return []
    return [
        {"x": rounded(label.x), "y": rounded(label.y), "text": label.text}
        for label in _ideal_ends(frame)
    ]


def _ideal_ends(frame: Frame) -> list[Label]:
    x, y = frame.ideal[-1]
    strips = frame.strips
    return [Label(IDEAL, x, strips.place(y, strip), strip) for strip in range(len(strips.names))]


def _references(palette: Palette) -> list[alt.Chart]:
    """What stands behind the data: noise floor, sequential work, usable CPUs, ideal."""
    quiet = palette.secondary
    noise = alt.Chart(named("noise")).mark_rect(color=palette.band)
    cpus = alt.Chart(named("cpus")).mark_rule(color=quiet, opacity=0.5)
    cpus_name = alt.Chart(named("cpus")).mark_text(color=quiet, baseline="bottom", y=-5)
    ideal = alt.Chart(named("ideal")).mark_line(color=quiet, strokeDash=[2, 3], strokeWidth=1.5)
    ideal_name = alt.Chart(named("leaves")).mark_text(
        color=quiet, align="left", baseline="top", dx=4, dy=2
    )
    return [
        noise.encode(y=LOW, y2=HIGH),
        *rule_layers(palette),
        cpus.encode(x=X, y=LOW, y2=HIGH),
        cpus_name.encode(x=X, text=TEXT),
        ideal.encode(x=X, y=Y, detail=alt.Detail("strip:N")),
        ideal_name.encode(x=X, y=Y, text=TEXT),
    ]


def _workers(counts: list[int], frame: Frame) -> alt.X:
    domain = [frame.first - frame.margin, frame.last + frame.margin]
    return (
        alt.X("x:Q")
        .axis(title="workers", values=sorted({1, *counts}), labelOverlap="greedy", format="d")
        .scale(domain=domain, nice=False, zero=False)
    )
