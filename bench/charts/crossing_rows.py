"""Where lines break even, as rows to draw: a point, its interval, and what stands beside it."""

from collections.abc import Sequence

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
    """Those of a strip, from left to right; where there is no room for a label, none is drawn.

    Labels on the same side stand below each other. All points tell theirs to the pointer.
    """
    found = sorted(
        ((line, crossing) for line in lines for crossing in line.crossings),
        key=lambda pair: pair[1].at.estimate,
    )
    alone = len({line.name for line, _ in found}) == 1
    below = strips.height * strips.axis.place(1) / strips.axis.length
    room = {True: strips.height - below, False: below}
    used = {True: (0, 0), False: (0, 0)}
    rows = []
    for line, crossing in found:
        texts = _texts(line, crossing, stops, alone)
        for leftwards in _ways(stops.share(crossing.at.estimate)):
            # A rising line leaves room above to the left and below to the right, a falling one
            # the other way.
            above = leftwards == crossing.rising
            wide, narrow = used[above]
            if _AWAY + LINE_HEIGHT * (narrow + len(texts) - 0.5) <= room[above]:
                used[above] = wide + 1, narrow + len(texts)
                break
        else:
            texts = []
        rows.append(
            _place(line, crossing, strips.place(1, strip), stops, palette)
            | {"align": "right" if leftwards else "left"}
            | _label("", [" ".join(texts)] if texts else [], wide, above)
            | _label("narrow_", texts, narrow, above)
        )
    return rows


def _ways(share: float) -> tuple[bool, ...]:
    """Whether a label goes to the left of its point: to the right if there is no room for that."""
    return (True, False) if share > 0.5 else (False,)


def _texts(line: Line, crossing: Crossing, stops: Stops, alone: bool) -> list[str]:
    """The parts of the label; with others in the strip it says whose it is."""
    at, ends = _told(crossing, stops), f"({span(crossing.at)})"
    return ["breaks even at", at, ends] if alone else [name_of(line), f"even at {at}", ends]


def _label(prefix: str, lines: Sequence[str], before: int, above: bool) -> Row:
    """The lines, and how far below the point the first one is, with so many nearer to it."""
    down = -(before + len(lines) - 1) if above else before
    away = -_AWAY if above else _AWAY
    return {f"{prefix}lines": list(lines), f"{prefix}dy": away + LINE_HEIGHT * down}


def _told(crossing: Crossing, stops: Stops) -> str:
    """Where it is, with its unit."""
    return f"{digits(crossing.at.estimate)}{stops.unit}"


def _place(line: Line, crossing: Crossing, y: float, stops: Stops, palette: Palette) -> Row:
    executor, at = line.contender.executor, crossing.at
    return {
        "x": rounded(at.estimate),
        "low": rounded(at.low or at.estimate),
        "high": rounded(at.high or at.estimate),
        "y": rounded(y),
        "colour": colour_of(executor, palette),
        "ink": ink_of(executor, palette),
        "line": line.name,
        "value": _told(crossing, stops),
        "interval": f"{span(at)}{stops.unit}",
        "turn": "faster above" if crossing.rising else "faster below",
        "rounds": min(result.n for result in line.results if not result.error),
    }
