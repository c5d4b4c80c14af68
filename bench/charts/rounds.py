"""Samples round by round: each contender against its own mean, and what others did meanwhile."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from bench.analysis import words
from bench.analysis.disturbance import MOST_FOREIGN, Disturbance, disturbance
from bench.analysis.results import Mode, Result, seconds_of
from bench.charts.drawing import COLOUR, ITS_TOOLS, POOL, Row, choose, named, styled
from bench.charts.facts import counted
from bench.charts.round_rows import MINUS, Frame, frame_of, round_rows, sample_rows
from bench.charts.rows import MIDDLE, name_layers, name_rows, pixels
from bench.charts.theme import Palette
from bench.samples import Run

_USE = "datum.out ? 'left out' : 'in the estimates'"

_X, _TEXT = alt.X("round:Q"), alt.Text("text:N")
_TOP, _BOTTOM = pixels("top"), alt.Y2("bottom:Q")
_TOLD = [
    alt.Tooltip("name:N", title="contender"),
    alt.Tooltip("round:Q"),
    alt.Tooltip("value:N", title="time"),
    alt.Tooltip("off:N", title="against its mean"),
    alt.Tooltip("others:N", title="CPUs that others took"),
    alt.Tooltip("use:N"),
]
_ROUND_TOLD = [
    alt.Tooltip("round:Q"),
    alt.Tooltip("others:N", title="CPUs that others took, up to"),
    alt.Tooltip("stolen:N", title="and the hypervisor, up to"),
    alt.Tooltip("use:N"),
]


def rounds(
    run: Run, results: Sequence[Result], mode: Mode, palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A row a contender with a point a round, over a strip of what others took of the CPUs.

    `results` are those of the run. Without a width the chart takes its container's.
    """
    found = disturbance(run.plan, run.samples)
    frame = frame_of(run, results, mode, found)
    each, samples = round_rows(run, frame, found), sample_rows(run, frame, found, mode, palette)
    return styled(
        [
            *_bands(frame, palette, max(found.rounds, default=1)),
            *_points(palette),
            *_strip(palette),
            *_texts(palette),
            *name_layers(palette),
        ],
        {
            "disturbed": [row for row in each if row["disturbed"]],
            "means": [{"middle": frame.middle(name)} for name in frame.means],
            "samples": samples,
            "rounds": [] if frame.most is None else each,
            "scale": _scale_rows(frame),
            "absent": _absent_rows(frame, results),
            "names": _name_rows(frame),
        },
        palette,
        title=_headline(found),
        subtitle=[
            *_how_to_read(frame, found, POOL[mode] if run.plan.has_baseline else ITS_TOOLS),
            *(["triangle: further off"] if any("mark" in row for row in samples) else []),
        ],
        description=rounds_alt(run, results, mode),
        grid="x",
        height=frame.height,
        width=width,
    )


def rounds_alt(run: Run, results: Sequence[Result], mode: Mode) -> str:
    """What the chart shows, in sentences."""
    found = disturbance(run.plan, run.samples)
    spread = [
        f"{name}: {words.seconds(min(times))} to {words.seconds(max(times))}."
        for name in frame_of(run, results, mode, found).means
        for mine in [[one for one in run.samples if one.contender == name]]
        if (times := [took for one in mine if (took := seconds_of(one, mode)) is not None])
    ]
    start = f"Points of every contender's time in each of {counted(len(found.rounds), 'round')}."
    return " ".join([start, f"{_headline(found)}.", *spread])


def _headline(found: Disturbance) -> str:
    """What others did to the rounds."""
    if not found.rounds:
        return "Nothing measured yet"
    if not found.told:
        return "Whether others disturbed the rounds is not told"
    many, of = len(found.disturbed), counted(len(found.rounds), "round")
    if not many:
        return f"{of}: none was disturbed"
    were = f"{many} of {of} {'was' if many == 1 else 'were'} disturbed"
    return f"{were} and left out" if found.set_aside else f"{were}, too many to leave out"


def _how_to_read(frame: Frame, found: Disturbance, which: str) -> list[str]:
    return [
        f"{frame.rounds.told}: its time against the contender's mean, {which}",
        *(["band: disturbed"] if found.disturbed else []),
        *(["hollow: left out"] if found.set_aside else []),
        *(["below: what others took of the usable CPUs"] if frame.most is not None else []),
    ]


def _name_rows(frame: Frame) -> list[Row]:
    middles = {name: frame.middle(name) for name in frame.names}
    strip = {} if frame.most is None else {"others took": frame.level(frame.most / 2)}
    return name_rows({**middles, **strip})


def _scale_rows(frame: Frame) -> list[Row]:
    """What stands at the right: how far the first row reaches, and what disturbs a round."""
    rows: list[Row] = []
    if frame.means:
        first = next(iter(frame.means))
        rows += [
            {"middle": frame.place(first, off), "text": f"{sign}{words.percent(frame.reach, 1)}"}
            for off, sign in ((frame.reach, "+"), (-frame.reach, MINUS))
        ]
    if frame.most is not None:
        limit = words.percent(MOST_FOREIGN, 2)
        rows.append({"middle": frame.level(MOST_FOREIGN), "text": limit, "limit": True})
    return rows


def _absent_rows(frame: Frame, results: Sequence[Result]) -> list[Row]:
    """What stands in place of points."""
    return [
        {"middle": frame.middle(name), "text": "failed" if one.error else "not measured"}
        for one in results
        if (name := one.contender.name) not in frame.means
    ]


def _bands(frame: Frame, palette: Palette, last: int) -> list[alt.Chart]:
    """Disturbed rounds over all rows, with a mark of their own above; then the means."""
    x = (
        alt.X("from:Q")
        .axis(title="round", tickMinStep=1, tickCount=choose(5, 12), format="d", labelOverlap=True)
        .scale(domain=[0.5, last + 0.5], nice=False, zero=False)
    )
    disturbed = alt.Chart(named("disturbed")).transform_calculate(use=_USE)
    band = disturbed.mark_rect(color=palette.band, y=0, y2=frame.end)
    mark = disturbed.mark_point(
        shape="triangle-down", size=40, y=6, filled=True, color=palette.secondary, opacity=1
    )
    mean = alt.Chart(named("means")).mark_rule(color=palette.secondary, opacity=0.4)
    return [
        band.encode(x=x, x2=alt.X2("to:Q"), tooltip=_ROUND_TOLD),
        mark.encode(x=_X, tooltip=_ROUND_TOLD),
        mean.encode(y=MIDDLE),
    ]


def _points(palette: Palette) -> list[alt.Chart]:
    """Every sample, on a thin line from round to round."""
    samples = alt.Chart(named("samples")).transform_calculate(
        fill=f"datum.out ? '{palette.background}' : datum.colour",
        shape="datum.mark || 'circle'",
        use=_USE,
    )
    line = samples.mark_line(strokeWidth=1, opacity=0.5)
    points = samples.mark_point(size=32, strokeWidth=1.5, opacity=1)
    return [
        line.encode(x=_X, y=MIDDLE, color=COLOUR, detail=alt.Detail("name:N")),
        points.encode(
            x=_X,
            y=MIDDLE,
            stroke=alt.Stroke("colour:N", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            shape=alt.Shape("shape:N", scale=None, legend=None),
            tooltip=_TOLD,
        ),
    ]


def _strip(palette: Palette) -> list[alt.Chart]:
    """What others took by round, with the share from which on a round is disturbed."""
    bars = (
        alt.Chart(named("rounds"))
        .transform_calculate(use=_USE)
        .mark_rect(color=palette.secondary, xOffset=1, x2Offset=-1, opacity=0.8)
    )
    limit = (
        alt.Chart(named("scale"))
        .transform_filter("datum.limit")
        .mark_rule(color=palette.text, strokeDash=[2, 3], opacity=0.7)
    )
    return [
        bars.encode(x=alt.X("from:Q"), x2=alt.X2("to:Q"), y=_TOP, y2=_BOTTOM, tooltip=_ROUND_TOLD),
        limit.encode(y=MIDDLE),
    ]


def _texts(palette: Palette) -> list[alt.Chart]:
    look: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "dx": 6,
        "color": palette.secondary,
    }
    scale = alt.Chart(named("scale")).mark_text(x="width", fontSize=11, **look)
    absent = alt.Chart(named("absent")).mark_text(x=0, **look)
    return [scale.encode(y=MIDDLE, text=_TEXT), absent.encode(y=MIDDLE, text=_TEXT)]
