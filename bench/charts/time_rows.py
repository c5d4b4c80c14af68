"""Every contender's times as rows to draw, in a unit that suits them, grouped by interpreter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.analysis import words
from bench.analysis.results import Mode, Reading, Result, seconds_of
from bench.charts.drawing import Row, rounded
from bench.charts.labels import wrapped
from bench.charts.series import interpreters_of
from bench.charts.theme import Palette, colour_of
from bench.charts.thinning import MOST_MARKS, Rounds, rounds_within
from bench.samples import Run

# The interval of two samples may reach many times as far as they do: the axis ends at this
# multiple of the longest sample, and so does the line.
_REACH = 1.5

_UNITS = ((1.0, "seconds"), (1e-3, "milliseconds"), (1e-6, "microseconds"))

_NOTES = {
    "baseline": ": what all others are compared with",
    "control": ": sequential once more, what it differs by is noise",
}

# How many marks a contender has beside its samples, and an interpreter beside its contenders.
_MARKS_EACH, _MARKS_A_GROUP = 4, 3

# The longest line of what stands behind an interpreter's name, in characters.
_WIDE_LINE, _NARROW_LINE = 60, 36


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
class Group:
    """An interpreter's results, baseline first, and its heading, if there are other groups."""

    interpreter: str
    results: tuple[Result, ...]
    heading: Row | None


@dataclass(frozen=True)
class TimeRows:
    """Rows by what they draw: means with intervals, single samples, baselines, failures.

    The samples are those of the `rounds` that are drawn.
    """

    scale: Scale
    rounds: Rounds
    measured: list[Row]
    samples: list[Row]
    baselines: list[Row]
    failed: list[Row]


def groups_of(run: Run, results: Sequence[Result], mode: Mode) -> list[Group]:
    """The results of each interpreter, in the plan's order."""
    hosts = interpreters_of(results)
    found = [tuple(one for one in results if one.contender.interpreter == host) for host in hosts]
    return [
        Group(host, group, _heading(run, host, group[0], mode) if len(hosts) > 1 else None)
        for host, group in zip(hosts, found, strict=True)
    ]


def _heading(run: Run, host: str, baseline: Result, mode: Mode) -> Row:
    """An interpreter's name, and behind it what it is and how fast it is without workers."""
    label = str(run.environment.get("interpreters", {}).get(host, {}).get("label", ""))
    parts = [label, _against_first(baseline, mode)]
    wide, narrow = (
        [line for part in parts for line in wrapped([part], most, " ") if line]
        for most in (_WIDE_LINE, _NARROW_LINE)
    )
    # The name itself takes a line, too.
    return {"name": host, "lines": wide or [""], "narrow_lines": narrow or [""]}


def _against_first(baseline: Result, mode: Mode) -> str:
    """Sequential work on an interpreter against that on the first one; empty if not known."""
    reading = baseline.reading(mode)
    if baseline.yardstick or not reading or not reading.speedup or not reading.speedup.low:
        return ""
    first = baseline.against.removeprefix("sequential on ")
    ends = f"({words.span(reading.speedup)})"
    if reading.verdict == "no difference shown":
        return f"sequential: no difference from {first} shown {ends}"
    return f"sequential {words.digits(reading.speedup.estimate)} times as fast as on {first} {ends}"


def time_rows(run: Run, groups: Sequence[Group], mode: Mode, palette: Palette) -> TimeRows:
    """The rows of a run: contenders that have no result have no samples either."""
    results = [result for group in groups for result in group.results]
    readings = {r.contender.name: reading for r in results if (reading := r.reading(mode))}
    known = [
        (sample, took)
        for sample in run.samples
        if sample.contender in readings and (took := seconds_of(sample, mode)) is not None
    ]
    seconds: dict[str, list[float]] = {name: [] for name in readings}
    for sample, took in known:
        seconds[sample.contender].append(took)
    room = MOST_MARKS - _MARKS_EACH * len(results) - _MARKS_A_GROUP * len(groups)
    rounds = rounds_within(room, Counter(sample.round for sample, _ in known))
    scale = _scale(seconds, readings)
    measured = {
        name: _row(result, readings[name], seconds[name], scale, palette)
        for result in results
        if (name := result.contender.name) in readings
    }
    names = [[result.contender.name for result in group.results] for group in groups]
    return TimeRows(
        scale,
        rounds,
        list(measured.values()),
        [
            _sample(measured[sample.contender], took, scale)
            for sample, took in known
            if sample.round in rounds.drawn
        ],
        [
            {"x": measured[mine[0]]["x"], "first": mine[0], "last": mine[-1]}
            for mine in names
            if mine[0] in measured and run.plan.has_baseline
        ],
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
