"""Where lines break even, as rows to draw: a point, its interval, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis.crossings import Crossing
from bench.analysis.swept import Line
from bench.analysis.words import digits, span
from bench.charts.drawing import Row, rounded
from bench.charts.stops import Stops
from bench.charts.strips import LINE_HEIGHT, Strips
from bench.charts.sweep_series import name_of
from bench.charts.theme import Palette, colour_of, ink_of

# How many break-evens of a strip are labelled, the first ones, if it is alone and among others. All
# of them tell their values where the pointer is.
_MOST, _MOST_AMONG_OTHERS = 4, 2

# How far a label's nearest line is from the point that it belongs to, in pixels.
_AWAY = 19


@dataclass(frozen=True)
class _Found:
    line: Line
    crossing: Crossing
    share: float

    @property
    def leftwards(self) -> bool:
        """Whether its label ends at the point, rather than begins there."""
        return self.share > 0.5

    @property
    def above(self) -> bool:
        """Whether its label stands above the point: on the side that its line leaves free there.

        A rising line leaves room above to the left and below to the right, a falling one the
        other way.
        """
        return self.leftwards == self.crossing.rising


def crossing_rows(
    lines: Sequence[Line], strips: Strips, stops: Stops, palette: Palette
) -> list[Row]:
    """A row a crossing, with its label where its line leaves room for it."""
    return [
        row
        for strip, host in enumerate(strips.names)
        for row in _rows(
            [line for line in lines if line.contender.interpreter == host],
            strip,
            strips,
            stops,
            palette,
        )
    ]


def _rows(
    lines: Sequence[Line], strip: int, strips: Strips, stops: Stops, palette: Palette
) -> list[Row]:
    """Those of a strip. Labels on the same side stand below each other, outer points' first."""
    found = sorted(
        (
            _Found(line, crossing, stops.share(crossing.at.estimate))
            for line in lines
            for crossing in line.crossings
        ),
        key=lambda one: one.share,
    )
    labelled = found[: _MOST_AMONG_OTHERS if strips.several else _MOST]
    alone = len({one.line.name for one in found}) == 1
    used = {True: (0, 0), False: (0, 0)}
    rows = []
    for one in sorted(found, key=lambda one: one.share if one.leftwards else 2 - one.share):
        texts = _texts(one, stops, alone) if one in labelled else []
        wide, narrow = used[one.above]
        rows.append(
            _place(one, strip, strips, stops, palette)
            | _label("", [" ".join(texts)] if texts else [], wide, one.above)
            | _label("narrow_", texts, narrow, one.above)
        )
        used[one.above] = wide + bool(texts), narrow + len(texts)
    return rows


def _texts(one: _Found, stops: Stops, alone: bool) -> list[str]:
    """The parts of the label; with others in the strip it says whose it is."""
    at, ends = _told(one.crossing, stops), f"({span(one.crossing.at)})"
    return ["breaks even at", at, ends] if alone else [name_of(one.line), f"even at {at}", ends]


def _label(prefix: str, lines: Sequence[str], before: int, above: bool) -> Row:
    """The lines, and how far below the point the first one is, with so many nearer to it."""
    down = -(before + len(lines) - 1) if above else before
    away = -_AWAY if above else _AWAY
    return {f"{prefix}lines": list(lines), f"{prefix}dy": away + LINE_HEIGHT * down}


def _told(crossing: Crossing, stops: Stops) -> str:
    """Where it is, with its unit."""
    return f"{digits(crossing.at.estimate)}{stops.unit}"


def _place(one: _Found, strip: int, strips: Strips, stops: Stops, palette: Palette) -> Row:
    executor, at = one.line.contender.executor, one.crossing.at
    return {
        "x": rounded(at.estimate),
        "low": rounded(at.low or at.estimate),
        "high": rounded(at.high or at.estimate),
        "y": rounded(strips.place(1, strip)),
        "colour": colour_of(executor, palette),
        "ink": ink_of(executor, palette),
        "align": "right" if one.leftwards else "left",
        "line": one.line.name,
        "value": _told(one.crossing, stops),
        "interval": f"{span(at)}{stops.unit}",
        "turn": "faster above" if one.crossing.rising else "faster below",
        "rounds": min(result.n for result in one.line.results if not result.error),
    }
