"""The axes of an experiment's lines, and where the names at their ends stand."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any, Final, Literal

import altair as alt

from bench.charts.drawing import IS_NARROW, Row, choose
from bench.charts.labels import spread
from bench.experiments.picture import Picture

# How high lines are drawn, in pixels.
LINES = 300

# Beyond the last value of lines, an axis goes on for such a share of its length: there stand their
# names. Names at ends that are as near as that could cover each other.
_ROOM, _NEAR = 0.2, 0.3
NAME: Final[Mapping[str, Any]] = {
    "align": choose("right", "left"),
    "dx": choose(0, 7),
    "dy": alt.expr(f"datum.dy - ({IS_NARROW} ? 8 : 0)"),
    "fontWeight": "bold",
    "fontSize": 11,
}


def across(picture: Picture) -> alt.X:
    """The axis below lines, with some room on the right for their names."""
    kind: Literal["log", "linear"] = "log" if picture.log else "linear"
    x = alt.X("x:Q").axis(title=across_title(picture), tickCount=choose(4, 8))
    return x.scale(type=kind, domain=_held(picture, "x"), nice=False)


def upwards(picture: Picture) -> alt.Y:
    """The axis beside lines."""
    if not picture.log_y:
        return alt.Y("y:Q").axis(title=picture.y, tickCount=6).scale(zero=True, nice=True)
    low, high = _held(picture, "y")
    ticks = powers([low, high])
    y = alt.Y("y:Q").axis(title=f"{picture.y} (log scale)", values=ticks, format=",.12~g")
    return y.scale(alt.Scale(type="log", domain=[low, high]))


def _held(picture: Picture, axis: Literal["x", "y"]) -> tuple[float, float]:
    """The least and the largest value that an axis of lines holds."""
    if axis == "y":
        seen = [row[end] for row in picture.rows for end in ("y", "low", "high") if end in row]
        seen += [value for value, _ in picture.marks]
        return (powers(seen)[0], powers(seen)[-1]) if picture.log_y else (0, max(seen, default=1))
    seen = [row["x"] for row in picture.rows]
    low, high = min(seen, default=1), max(seen, default=1)
    return (low, high * (high / low) ** _ROOM) if picture.log else (0, high * (1 + _ROOM))


def _share(value: float, ends: tuple[float, float], log: bool) -> float:
    """Where a value stands on an axis, from 0 to 1."""
    low, high = (log10(end) for end in ends) if log else ends
    return ((log10(value) if log else value) - low) / ((high - low) or 1)


def apart(ends: Sequence[Row], picture: Picture) -> list[Row]:
    """The ends of lines with how far from each its name stands: none covers another one."""
    columns: list[list[Row]] = []
    for row in sorted(ends, key=lambda row: float(row["x"])):
        x = _share(row["x"], _held(picture, "x"), picture.log)
        if not columns or x - columns[-1][0]["at"] > _NEAR:
            columns.append([])
        y = LINES * (1 - _share(row["y"], _held(picture, "y"), picture.log_y))
        columns[-1].append({**row, "at": x, "down": y})
    return [
        {**row, "dy": centre - row["down"]}
        for column in columns
        for row, centre in zip(
            column,
            spread([row["down"] for row in column], [15.0] * len(column), -15, LINES),
            strict=True,
        )
    ]


def powers(seen: Sequence[float]) -> list[float]:
    """The powers of ten from below the least to above the largest of positive values."""
    low, high = floor(log10(min(seen, default=1))), ceil(log10(max(seen, default=1)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]


def across_title(picture: Picture) -> str:
    """The title of the axis below, which says if it is one by factors."""
    return f"{picture.x} (log scale)" if picture.log and picture.x else picture.x
