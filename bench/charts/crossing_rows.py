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

# How far a label's nearest line is from the point that it belongs to, in pixels.
_AWAY = 19


@dataclass(frozen=True)
class _Found:
    line: Line
    crossing: Crossing
    strip: int
    share: float

    @property
    def leftwards(self) -> bool:
        """Whether its label ends at the point, rather than begins there."""
        return self.share > 0.5

    @property
    def above(self) -> bool:
        """A rising line leaves room above to the left and below to the right, a falling one
        the other way."""
        return self.leftwards == self.crossing.rising


def crossing_rows(
    lines: Sequence[Line], strips: Strips, stops: Stops, palette: Palette
) -> list[Row]:
    """A row a crossing, with its label where its line leaves room for it.

    Labels on the same side in a strip stand below each other, the outer point's nearest to it.
    """
    found = [
        _Found(
            line,
            crossing,
            strips.names.index(line.contender.interpreter),
            stops.share(crossing.at.estimate),
        )
        for line in lines
        for crossing in line.crossings
    ]
    found.sort(key=lambda one: one.share if one.leftwards else 2 - one.share)
    used: dict[tuple[int, bool], tuple[int, int]] = {}
    rows = []
    for one in found:
        alone = all(one.line is other.line or one.strip != other.strip for other in found)
        texts = _texts(one, stops, alone)
        wide, narrow = used.get((one.strip, one.above), (0, 0))
        rows.append(
            _place(one, strips, stops, palette)
            | {"align": "right" if one.leftwards else "left"}
            | _label("", [" ".join(texts)], wide, one.above)
            | _label("narrow_", texts, narrow, one.above)
        )
        used[one.strip, one.above] = wide + 1, narrow + len(texts)
    return rows


def _texts(one: _Found, stops: Stops, alone: bool) -> list[str]:
    """The parts of the label; with others in the strip it says whose it is."""
    at, ends = told_crossing(one.crossing, stops), f"({span(one.crossing.at)})"
    return ["breaks even at", at, ends] if alone else [name_of(one.line), f"even at {at}", ends]


def _label(prefix: str, lines: Sequence[str], before: int, above: bool) -> Row:
    """The lines, and how far below the point the first one is, with so many nearer to it."""
    down = -(before + len(lines) - 1) if above else before
    away = -_AWAY if above else _AWAY
    return {f"{prefix}lines": list(lines), f"{prefix}dy": away + LINE_HEIGHT * down}


def told_crossing(crossing: Crossing, stops: Stops) -> str:
    """Where it is, with its unit."""
    return f"{digits(crossing.at.estimate)}{stops.unit}"


def _place(one: _Found, strips: Strips, stops: Stops, palette: Palette) -> Row:
    executor, at = one.line.contender.executor, one.crossing.at
    return {
        "x": rounded(at.estimate),
        "low": rounded(at.low or at.estimate),
        "high": rounded(at.high or at.estimate),
        "y": rounded(strips.place(1, one.strip)),
        "colour": colour_of(executor, palette),
        "ink": ink_of(executor, palette),
        "line": one.line.name,
        "value": told_crossing(one.crossing, stops),
        "interval": f"{span(at)}{stops.unit}",
        "turn": "faster above" if one.crossing.rising else "faster below",
        "rounds": min(result.n for result in one.line.results if not result.error),
    }
