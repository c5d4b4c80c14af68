"""Samples by round as rows to draw: each contender's against its own mean, and what others did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis import words
from bench.analysis.disturbance import MOST_FOREIGN, Disturbance
from bench.analysis.results import Mode, Result, seconds_of
from bench.charts.drawing import Row, rounded
from bench.charts.rows import step_of
from bench.charts.theme import Palette, colour_of
from bench.charts.thinning import MOST_MARKS, Rounds, rounds_within
from bench.samples import Run, Sample

MINUS = "\N{MINUS SIGN}"

# In pixels: what is above the rows, what is free at a row's edges; then below all rows, what is
# above the strip of what others took, and the strip.
_ABOVE, _EDGE, _BELOW, _STRIP = 16, 7, 30, 46

# How far a row may reach above and below its mean, as shares of it: the least that holds all.
_REACHES = (0.02, 0.05, 0.1, 0.2, 0.5)

# How many marks a row has beside its samples, the strip beside its bars, and a round that is marked
# as disturbed.
_MARKS_EACH, _MARKS_OF_STRIP, _MARKS_OF_BAND = 3, 3, 2

# The strip reaches at least that far, as a share of the usable CPUs.
_LEAST = 2 * MOST_FOREIGN


@dataclass(frozen=True)
class Frame:
    """Rows of `step` pixels for the names, which reach so far around their means; then a strip.

    `means` are in seconds, of those that have a result; `rounds` are those that are drawn.
    The strip reaches to a share of `most` of the usable CPUs; None: there is none.
    """

    names: tuple[str, ...]
    means: dict[str, float]
    step: int
    reach: float
    rounds: Rounds
    most: float | None

    def middle(self, name: str) -> float:
        return _ABOVE + self.step * (self.names.index(name) + 0.5)

    def place(self, name: str, off: float) -> float:
        """Where a difference to the mean stands in its row."""
        return self.middle(name) - off / self.reach * (self.step / 2 - _EDGE)

    def level(self, share: float) -> float:
        """Where a share stands in the strip."""
        return self.height - _STRIP * share / (self.most or 1.0)

    @property
    def end(self) -> int:
        """Where the rows end."""
        return _ABOVE + self.step * len(self.names)

    @property
    def height(self) -> int:
        return self.end + (0 if self.most is None else _BELOW + _STRIP)


def frame_of(run: Run, results: Sequence[Result], mode: Mode, found: Disturbance) -> Frame:
    """The frame for as many rounds as a chart holds; what is used fits, unless it is far off."""
    names = tuple(result.contender.name for result in results)
    means = {
        one.contender.name: reading.seconds.estimate
        for one in results
        if (reading := one.reading(mode))
    }
    off = [
        abs(_off(seconds, means[sample.contender]))
        for sample in run.samples
        if sample.contender in means and sample.round in found.used
        if (seconds := seconds_of(sample, mode)) is not None
    ]
    reach = next((reach for reach in _REACHES if max(off, default=0) <= reach), _REACHES[-1])
    told = found.told and bool(run.samples)
    return Frame(
        names,
        means,
        step_of(names, 46, 34),
        reach,
        rounds_within(
            MOST_MARKS - _MARKS_EACH * len(names) - _MARKS_OF_STRIP,
            _marks(run, found, told),
        ),
        max(_LEAST, found.foreign_share) if told else None,
    )


def _marks(run: Run, found: Disturbance, told: bool) -> Counter[int]:
    """How many marks each round takes: its samples, its bar in the strip, its band."""
    samples = Counter(sample.round for sample in run.samples)
    bars = Counter(found.rounds if told else ())
    return samples + bars + Counter(dict.fromkeys(found.disturbed, _MARKS_OF_BAND))


def sample_rows(
    run: Run, frame: Frame, found: Disturbance, mode: Mode, palette: Palette
) -> list[Row]:
    """A row a sample of those that have a result."""
    executors = {one.name: one.executor for one in run.plan.line_up}
    return [
        _sample(sample, seconds, frame, found, colour_of(executors[sample.contender], palette))
        for sample in run.samples
        if sample.contender in frame.means and sample.round in frame.rounds.drawn
        if (seconds := seconds_of(sample, mode)) is not None
    ]


def _sample(sample: Sample, seconds: float, frame: Frame, found: Disturbance, colour: str) -> Row:
    """There may be many: what most of them share is left to the chart."""
    name = sample.contender
    off = _off(seconds, frame.means[name])
    within = min(max(off, -frame.reach), frame.reach)
    row: Row = {
        "name": name,
        "round": sample.round,
        "middle": rounded(frame.place(name, within)),
        "colour": colour,
        "value": words.seconds(seconds),
        "off": _signed(off),
        "others": _told(sample.foreign_share),
    }
    if sample.round not in found.used:
        row["out"] = True
    if within != off:
        row["mark"] = "triangle-up" if off > 0 else "triangle-down"
    return row


def round_rows(run: Run, frame: Frame, found: Disturbance) -> list[Row]:
    """A row a round: the most that others took meanwhile, and whether that disturbed it."""
    by_round: dict[int, list[Sample]] = {round_: [] for round_ in found.rounds}
    for sample in run.samples:
        by_round[sample.round].append(sample)
    return [
        {
            "round": round_,
            "from": round_ - 0.5,
            "to": round_ + 0.5,
            "top": rounded(frame.level(share)),
            "bottom": frame.height,
            "disturbed": round_ in found.disturbed,
            "others": _told(share if found.told else None),
            "stolen": _told(stolen if found.told else None),
            "out": round_ not in found.used,
        }
        for round_, samples in by_round.items()
        for share in [max(sample.foreign_share or 0.0 for sample in samples)]
        for stolen in [max(sample.steal_share or 0.0 for sample in samples)]
        if round_ in frame.rounds.drawn
    ]


def _off(seconds: float, mean: float) -> float:
    """How far a time is from a mean, as a share of it; without the noise of floating point."""
    return round(seconds / mean - 1, 5)


def _signed(share: float) -> str:
    """A difference as a share, with its sign: +3.20%."""
    sign = "+" if share > 0 else MINUS if share < 0 else ""
    return f"{sign}{words.percent(abs(share))}"


def _told(share: float | None) -> str:
    return "not told" if share is None else words.percent(share)
