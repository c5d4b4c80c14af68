"""What each contender of run B is over its like in run A: ratios with intervals, row by row."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from bench.analysis import words
from bench.analysis.comparing import Change, Comparison, Measure, Pair
from bench.analysis.comparing_words import compared_headline, compared_sentence
from bench.analysis.results import Mode
from bench.analysis.verdicts import SMALLEST
from bench.charts.drawing import (
    COLOUR,
    POOL,
    SEMIBOLD,
    Row,
    choose,
    name_axis,
    named,
    rounded,
    styled,
)
from bench.charts.theme import Palette, colour_of

HOW_TO_READ = ("thick line: 95% interval", "band: ±2%, too little to tell")

# Which side of 1 is which.
SIDES: Mapping[Measure, str] = {
    "time": "left of 1: B is faster",
    "speedup": "right of 1: B gains more",
}

_STEP = 44
_FIGURE: dict[str, Any] = {"dy": -15, "fontSize": 13, "clip": True}
_X, _TEXT = alt.X("x:Q"), alt.Text("text:N")
_TOLD = [
    alt.Tooltip("name:N", title="contender"),
    alt.Tooltip("text:N", title="B over A"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("verdict:N"),
    alt.Tooltip("rounds:N"),
]
# What the axis shows at least and at most: few noisy rounds may reach anywhere.
_LEAST, _MOST = (0.94, 1.06), (0.1, 10.0)


def ratios(
    found: Comparison,
    measure: Measure,
    mode: Mode,
    palette: Palette,
    width: int | None = None,
) -> alt.LayerChart:
    """A row a contender, shown differences on top. Without a width it takes its container's."""
    changes = found.changes(measure, mode)
    rows = [_row(pair, change, palette) for pair, change in changes]
    ends = [max(_MOST[0], min([_LEAST[0], *(row["low"] for row in rows)])),
            min(_MOST[1], max([_LEAST[1], *(row["high"] for row in rows)]))]  # fmt: skip
    names = [pair.name for pair, _ in changes]
    y = alt.Y("name:N").scale(domain=names, padding=0)
    return styled(
        [*_references(palette), *_marks(palette, y.axis(name_axis(palette)), ends, measure, mode)],
        {
            "band": [{"low": rounded(1 / SMALLEST), "high": rounded(SMALLEST)}],
            "same": [{"x": 1}],
            "measured": rows,
        },
        palette,
        title=compared_headline(found, measure, mode).removesuffix("."),
        subtitle=[SIDES[measure], *HOW_TO_READ],
        description=ratios_alt(found, measure, mode),
        grid="x",
        height=_STEP * max(1, len(rows)),
        width=width,
    )


def ratios_alt(found: Comparison, measure: Measure, mode: Mode) -> str:
    """What the chart shows, in sentences."""
    told = (compared_sentence(*one, measure) for one in found.changes(measure, mode))
    return " ".join([f"Intervals of B's {measure} over A's, {POOL[mode]}.", *told])


def _row(pair: Pair, change: Change, palette: Palette) -> Row:
    ratio = change.ratio
    return {
        "name": pair.name,
        "colour": colour_of(pair.a.contender.executor, palette),
        "x": rounded(ratio.estimate),
        "low": rounded(ratio.low or ratio.estimate),
        "high": rounded(ratio.high or ratio.estimate),
        "text": words.digits(ratio.estimate),
        "interval": words.span(ratio) or "none from one round",
        "verdict": change.verdict,
        "rounds": f"{pair.a.n} in A, {pair.b.n} in B",
        "shown": change.shown,
    }


def _references(palette: Palette) -> list[alt.Chart]:
    """No change, and how far from it is too near to tell."""
    band = alt.Chart(named("band")).mark_rect(color=palette.band, clip=True)
    same = alt.Chart(named("same")).mark_rule(color=palette.secondary, strokeDash=[2, 3])
    return [band.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")), same.encode(x=_X)]


def _marks(
    palette: Palette, y: alt.Y, ends: Sequence[float], measure: Measure, mode: Mode
) -> list[alt.Chart]:
    """Each row's interval and estimate, with its figure above it; both axes."""
    x = (
        alt.X("x:Q")
        .axis(title=f"B's {measure} over A's, {POOL[mode]}", tickCount=choose(4, 8))
        .scale(domain=[rounded(end) for end in ends], nice=True, zero=False)
    )
    measured = alt.Chart(named("measured"))
    interval = measured.mark_rule(strokeWidth=5, clip=True)
    estimate = measured.mark_point(size=80, filled=True, opacity=1, clip=True)
    bold = alt.expr(f"datum.shown ? {SEMIBOLD} : 400")
    # A copy with a wide edge in the background's colour keeps the line off the digits.
    edge = measured.mark_text(stroke=palette.background, strokeWidth=4, fontWeight=bold, **_FIGURE)
    figure = measured.mark_text(color=palette.text, fontWeight=bold, **_FIGURE)
    return [
        interval.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y, color=COLOUR, tooltip=_TOLD),
        estimate.encode(x=x, y=y, color=COLOUR, tooltip=_TOLD),
        edge.encode(x=x, y=y, text=_TEXT),
        figure.encode(x=x, y=y, text=_TEXT),
    ]
