"""Every contender's times as rows to draw, in a unit that suits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.analysis import words
from bench.analysis.results import Mode, Reading, Result
from bench.charts.drawing import Row, rounded
from bench.charts.theme import Palette, colour_of
from bench.samples import Run

# The interval of two samples may reach many times as far as they do: the axis ends at this
# multiple of the longest sample, and so does the line.
_REACH = 1.5

_UNITS = ((1.0, "seconds"), (1e-3, "milliseconds"), (1e-6, "microseconds"))

_NOTES = {
    "baseline": ": what all others are compared with",
    "control": ": sequential once more, what it differs by is noise",
}


@dataclass(frozen=True)
class Scale:
    """The unit of the axis with its size in seconds, and where the axis ends, in that unit."""

    unit: str
    size: float
    end: float

    def of(self, seconds: float) -> float:
        """A time in the unit, no further than the axis."""
        return rounded(min(seconds / self.size, self.end))


@dataclass(frozen=True)
class TimeRows:
    """Rows by what they draw: means with intervals, single samples, the baseline, failures."""

    scale: Scale
    measured: list[Row]
    samples: list[Row]
    baseline: list[Row]
    failed: list[Row]


def time_rows(run: Run, results: Sequence[Result], mode: Mode, palette: Palette) -> TimeRows:
    """The rows of a run: contenders that have no result have no samples either."""
    readings = {r.contender.name: reading for r in results if (reading := r.reading(mode))}
    seconds: dict[str, list[float]] = {name: [] for name in readings}
    for sample in run.samples:
        if sample.contender in seconds:
            seconds[sample.contender].append(sample.warm_s if mode == "warm" else sample.cold_s)
    scale = _scale(seconds, readings)
    measured = [
        _row(
            result, readings[result.contender.name], seconds[result.contender.name], scale, palette
        )
        for result in results
        if result.contender.name in readings
    ]
    return TimeRows(
        scale,
        measured,
        [_sample(row, value, scale) for row in measured for value in seconds[row["name"]]],
        [{"x": row["x"]} for row in measured if row["role"] == "baseline"],
        [
            {"name": r.contender.name, "why": r.error, "text": f"failed: {r.error}"}
            for r in results
            if r.error
        ],
    )


def _scale(seconds: Mapping[str, Sequence[float]], readings: Mapping[str, Reading]) -> Scale:
    if not readings:
        return Scale("seconds", 1.0, 1.0)
    longest = max(max(values) for values in seconds.values())
    highest = max(reading.seconds.high or 0.0 for reading in readings.values())
    size, unit = unit_for(longest)
    return Scale(unit, size, max(longest, min(highest, _REACH * longest)) / size)


def unit_for(longest: float) -> tuple[float, str]:
    """The unit that suits times up to the longest: its size in seconds, and its name."""
    return next((unit for unit in _UNITS if longest >= unit[0]), _UNITS[-1])


def _row(
    result: Result, reading: Reading, samples: Sequence[float], scale: Scale, palette: Palette
) -> Row:
    contender, seconds = result.contender, reading.seconds
    low, high = seconds.low or seconds.estimate, seconds.high or seconds.estimate
    known = seconds.low is not None
    return {
        "name": contender.name,
        "role": contender.role,
        "colour": colour_of(contender.executor, palette),
        "x": scale.of(seconds.estimate),
        "low": scale.of(low),
        "high": scale.of(high),
        "end": scale.of(max(high, *samples)),
        "told": contender.name + _NOTES.get(contender.role, ""),
        "value": words.seconds(seconds.estimate),
        "interval": f"{words.seconds(low)} – {words.seconds(high)}"
        if known
        else "none from one round",
        "rounds": len(samples),
    }


def _sample(row: Row, seconds: float, scale: Scale) -> Row:
    return {
        "name": row["name"],
        "colour": row["colour"],
        "x": scale.of(seconds),
        "value": words.seconds(seconds),
    }
