"""The one-minute check: what was reached of what there should be, in per cent, row by row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from bench.analysis import words
from bench.analysis.minute import judged
from bench.analysis.results import Result, results
from bench.analysis.verdicts import SMALLEST
from bench.charts.drawing import COLOUR, SEMIBOLD, Row, choose, name_axis, named, rounded, styled
from bench.charts.facts import facts
from bench.charts.theme import Palette, colour_of
from bench.charts.thinning import MOST_MARKS, Rounds, rounds_within
from bench.samples import Run

TITLE = "What was reached of the ideal"
HOW_TO_READ = ("thick line: 95% interval", "band: ±2%, too little to tell")

_STEP = 44
_FIGURE: dict[str, Any] = {"dy": -15, "fontSize": 13, "fontWeight": SEMIBOLD, "clip": True}
_X, _TEXT = alt.X("x:Q"), alt.Text("text:N")
_TOLD = [
    alt.Tooltip("name:N", title="what"),
    alt.Tooltip("text:N", title="reached"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("rounds:Q"),
]
# What an axis shows at least and at most, in per cent: few noisy rounds may reach anywhere.
_LEAST, _MOST = (94.0, 106.0), (0.0, 200.0)


@dataclass(frozen=True)
class _Share:
    """One row: its ratios and interval as parts of the ideal, which is that many workers."""

    name: str
    ideal: int
    result: Result


def minute(run: Run, palette: Palette, width: int | None = None) -> alt.LayerChart:
    """A row for the same work twice and one for each ceiling, against what would be ideal.

    Without a width the chart takes its container's.
    """
    found = results(run)
    shares = _shares(found)
    measured = [row for share in shares if (row := _row(share, palette))]
    drawn = _drawn(shares)
    rounds = [tick for share in shares for tick in _ticks(share, drawn, palette)]
    ends = _ends([*(row[end] for row in measured for end in ("low", "high"))], rounds)
    y = alt.Y("name:N").scale(domain=[share.name for share in shares], padding=0)
    return styled(
        [*_references(palette), *_marks(palette, y.axis(name_axis(palette)), ends)],
        {
            "band": [{"low": rounded(100 / SMALLEST), "high": rounded(100 * SMALLEST)}],
            "ideal": [{"x": 100}],
            "rounds": rounds,
            "measured": measured,
        },
        palette,
        title=TITLE,
        subtitle=[*facts(run, found)[1:], *HOW_TO_READ, f"ticks: {drawn.told}"],
        description=minute_alt(run),
        grid="x",
        height=_STEP * len(shares),
        width=width,
    )


def minute_alt(run: Run) -> str:
    """What the chart shows, in sentences."""
    begin = "Intervals of what was reached, in per cent of the ideal."
    return " ".join([begin, *judged(run).sentences])


def _shares(found: Sequence[Result]) -> list[_Share]:
    return [
        _Share("same work twice", 1, result)
        if result.contender.role == "control"
        else _Share(
            words.counted(result.contender.workers, "worker"), result.contender.workers, result
        )
        for result in found
        if result.contender.role != "baseline"
    ]


def _row(share: _Share, palette: Palette) -> Row | None:
    reading = share.result.warm
    if reading is None or reading.speedup is None or reading.speedup.low is None:
        return None
    speedup, scale = reading.speedup, 100 / share.ideal
    return {
        "name": share.name,
        "colour": colour_of(share.result.contender.executor, palette),
        "x": rounded(scale * speedup.estimate),
        "low": rounded(scale * (speedup.low or 0.0)),
        "high": rounded(scale * (speedup.high or 0.0)),
        "text": f"{words.digits(speedup.estimate)} of {share.ideal}",
        "interval": words.span(speedup),
        "rounds": share.result.n,
    }


def _drawn(shares: Sequence[_Share]) -> Rounds:
    """The rounds that there is room for beside what a row has once."""
    ratios = (share.result.warm.ratios for share in shares if share.result.warm)
    room = MOST_MARKS - 4 * len(shares) - 2
    return rounds_within(room, Counter(one for rounds in ratios for one in rounds))


def _ticks(share: _Share, drawn: Rounds, palette: Palette) -> list[Row]:
    ratios = share.result.warm.ratios if share.result.warm else {}
    colour = colour_of(share.result.contender.executor, palette)
    return [
        {"name": share.name, "colour": colour, "x": rounded(100 * ratio / share.ideal)}
        for round_, ratio in ratios.items()
        if round_ in drawn.drawn
    ]


def _ends(intervals: Sequence[float], rounds: Sequence[Row]) -> list[float]:
    """Where the axis begins and ends."""
    shown = [*intervals, *(row["x"] for row in rounds), *_LEAST]
    return [max(_MOST[0], min(shown)), min(_MOST[1], max(shown))]


def _references(palette: Palette) -> list[alt.Chart]:
    """The ideal, and how far from it is too near to tell."""
    band = alt.Chart(named("band")).mark_rect(color=palette.band, clip=True)
    ideal = alt.Chart(named("ideal")).mark_rule(color=palette.secondary, strokeDash=[2, 3])
    return [band.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")), ideal.encode(x=_X)]


def _marks(palette: Palette, y: alt.Y, ends: Sequence[float]) -> list[alt.Chart]:
    """Each row's rounds, interval and estimate, with its figure above it; both axes."""
    x = (
        alt.X("x:Q")
        .axis(title="reached, in % of the ideal", tickCount=choose(4, 8))
        .scale(domain=[rounded(end) for end in ends], nice=True, zero=False)
    )
    measured = alt.Chart(named("measured"))
    ticks = alt.Chart(named("rounds")).mark_tick(
        orient="vertical", size=16, thickness=1.5, opacity=0.6, clip=True
    )
    interval = measured.mark_rule(strokeWidth=5, clip=True)
    estimate = measured.mark_point(size=80, filled=True, opacity=1, clip=True)
    # A copy with a wide edge in the background's colour keeps the line off the digits.
    edge = measured.mark_text(stroke=palette.background, strokeWidth=4, **_FIGURE)
    figure = measured.mark_text(color=palette.text, **_FIGURE)
    return [
        ticks.encode(x=x, y=y, color=COLOUR),
        interval.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y, color=COLOUR, tooltip=_TOLD),
        estimate.encode(x=x, y=y, color=COLOUR, tooltip=_TOLD),
        edge.encode(x=x, y=y, text=_TEXT),
        figure.encode(x=x, y=y, text=_TEXT),
    ]
