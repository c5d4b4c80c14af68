"""Sequential work and what answers a question, side by side, in type for the back of a room."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import altair as alt

from bench.analysis import words
from bench.analysis.results import Reading, Result
from bench.charts.drawing import COLOUR, SEMIBOLD, Row, by_room, choose, named, rounded, styled
from bench.charts.facts import facts
from bench.charts.theme import Palette, colour_of
from bench.charts.thinning import MOST_MARKS, rounds_within
from bench.charts.time_rows import unit_for
from bench.samples import Run

# How much larger its type is than that of other charts.
SCALE = 1.6

TITLE = "Time for the same work: shorter is better"

# Of a row, its bar, and a round's tick on it, in pixels.
_STEP, _BAR, _TICK = 112, 44, 30
_NAME: dict[str, Any] = {"align": "left", "baseline": "bottom", "dy": -_BAR / 2 - 4}

_X = alt.X("x:Q")
_TOLD = [
    alt.Tooltip("name:N", title="contender"),
    alt.Tooltip("value:N", title="geometric mean"),
    alt.Tooltip("interval:N", title="95% interval"),
    alt.Tooltip("rounds:Q"),
]


def stage(
    run: Run, results: Sequence[Result], palette: Palette, width: int | None = None
) -> alt.LayerChart:
    """A bar for sequential work and one a contender, warm; nothing of the control.

    `results` are those of the run. Without a width the chart takes its container's.
    """
    found = [(one, one.warm) for one in results if one.warm and one.contender.role != "control"]
    longest = max([sample.warm_s for sample in run.samples], default=1.0)
    size, unit = unit_for(longest)
    names = [one.contender.name for one, _ in found]
    y = alt.Y("name:N").scale(domain=names, padding=0).axis(None)
    rows = [_row(one, reading, size, palette) for one, reading in found]
    samples = [sample for sample in run.samples if sample.contender in names]
    drawn = rounds_within(MOST_MARKS - 2 * len(rows), Counter(one.round for one in samples))
    ticks = [
        {"name": one.contender, "x": rounded(one.warm_s / size)}
        for one in samples
        if one.round in drawn.drawn
    ]
    return styled(
        _layers(y, unit, palette),
        {"bars": rows, "rounds": ticks},
        palette,
        title=TITLE,
        subtitle=[*facts(run, results), f"ticks: {drawn.told}"],
        description=stage_alt(results),
        grid="x",
        height=_STEP * max(1, len(names)),
        width=width,
        scale=SCALE,
    )


def stage_alt(results: Sequence[Result]) -> str:
    """What the chart shows, in sentences."""
    told = [
        f"{one.contender.name}: {words.seconds(one.warm.seconds.estimate)}."
        for one in results
        if one.warm and one.contender.role != "control"
    ]
    return " ".join(["Bars of the time for the same work, warm pool.", *told])


def _row(result: Result, reading: Reading, size: float, palette: Palette) -> Row:
    name, seconds = result.contender.name, reading.seconds
    gain = reading.speedup if not result.yardstick else None
    times = f" · {words.digits(gain.estimate)} times as fast" if gain else ""
    return {
        "name": name,
        "colour": colour_of(result.contender.executor, palette),
        "x": rounded(seconds.estimate / size),
        "value": words.seconds(seconds.estimate),
        "interval": words.span(seconds) or "none from one round",
        "rounds": result.n,
        "text": f"{name}: {words.seconds(seconds.estimate)}{times}",
        "narrow_text": f"{name}: {words.seconds(seconds.estimate)}",
    }


def _layers(y: alt.Y, unit: str, palette: Palette) -> list[alt.Chart]:
    x = _X.axis(title=f"{unit}, warm pool", tickCount=choose(3, 6)).scale(zero=True, nice=True)
    bars = alt.Chart(named("bars"))
    bar = bars.mark_bar(height=_BAR, cornerRadiusEnd=3)
    tick = alt.Chart(named("rounds")).mark_tick(
        color=palette.text, opacity=0.7, thickness=2, size=_TICK
    )
    label = {"color": palette.text, "fontWeight": SEMIBOLD, **_NAME}
    text = bars.transform_calculate(label=by_room("text")).mark_text(fontSize=12 * SCALE, **label)
    return [
        bar.encode(x=x, y=y, color=COLOUR, tooltip=_TOLD),
        tick.encode(x=x, y=y),
        text.encode(x=alt.value(0), y=y, text=alt.Text("label:N")),
    ]
