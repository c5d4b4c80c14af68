"""Where things stand in a chart that has a strip for each interpreter, all on the same axes.

    3.11                             ┐ heading
    2 ┆       .──── processes 1.86×  │ height
    1 ┆─────'────── threads 1.01×    ┘
    3.14t
    2 ┆       .──── threads 1.93×
    1 ┆─────'──────
      └ workers

A chart has one axis of its own from the lowest strip's bottom to the highest heading, in the units
of the strips' axis. With one interpreter there is one strip, no heading, and the two are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.charts.axes import Axis
from bench.charts.labels import spread, wrapped

# Pixels: of a line of text, above a strip, and of a strip (alone, and with others).
LINE_HEIGHT = 16
HEADING = 34
ALONE, AMONG_OTHERS = 320, 150

# The longest line of a label in characters.
WIDE_LINE, NARROW_LINE = 36, 21


@dataclass(frozen=True)
class Strips:
    """A strip for each of the names, `height` pixels high, from the top down."""

    names: tuple[str, ...]
    axis: Axis
    height: int

    def place(self, value: float, strip: int = 0) -> float:
        """Where a value stands in a strip."""
        return self.bottom(strip) + self.axis.place(value)

    def bottom(self, strip: int) -> float:
        return (len(self.names) - 1 - strip) * (self.axis.length + self.units(self.heading))

    def top(self, strip: int) -> float:
        return self.bottom(strip) + self.axis.length

    def units(self, pixels: float) -> float:
        """A height in pixels in the units of the axis."""
        return pixels * self.axis.length / self.height

    @property
    def several(self) -> bool:
        return len(self.names) > 1

    @property
    def heading(self) -> int:
        """What is above each strip, in pixels."""
        return HEADING if self.several else 0

    @property
    def length(self) -> float:
        """The chart's own axis, from 0."""
        return len(self.names) * (self.axis.length + self.units(self.heading))

    @property
    def pixels(self) -> int:
        """The height of all."""
        return len(self.names) * (self.height + self.heading)

    @property
    def ticks(self) -> list[float]:
        """The values that each strip's axis tells."""
        return self.axis.ticks(most=7 if self.height >= ALONE else 4)


def strips_of(names: Sequence[str], axis: Axis, labels: Sequence[tuple[str, int]]) -> Strips:
    """Strips high enough for their labels, which come with the strip that they stand in."""
    lines = [
        sum(len(wrapped([text], NARROW_LINE, " ")) for text, strip in labels if strip == place)
        for place in range(len(names))
    ]
    least = AMONG_OTHERS if len(names) > 1 else ALONE
    return Strips(tuple(names), axis, max([least, *(LINE_HEIGHT * count for count in lines)]))


@dataclass(frozen=True)
class Label:
    """What stands at the right of a line that ends at `x` and the place `y` of a strip.

    The executor gives its colour; without one it is a quiet one.
    """

    text: str
    x: float
    y: float
    strip: int = 0
    executor: str = ""


@dataclass(frozen=True)
class Placed:
    """A label's lines, the place of their centre, and that of the first line's middle."""

    lines: tuple[str, ...]
    centre: float
    first: float


def placed(labels: Sequence[Label], strips: Strips, longest_line: int) -> list[Placed]:
    """Where each label stands in its strip, broken into lines: as near to its line as it can."""
    lines = [tuple(wrapped([label.text], longest_line, " ")) for label in labels]
    heights = [strips.units(LINE_HEIGHT * len(broken)) for broken in lines]
    centres = [0.0] * len(labels)
    for strip in range(len(strips.names)):
        mine = [place for place, label in enumerate(labels) if label.strip == strip]
        found = spread(
            [labels[place].y for place in mine],
            [heights[place] for place in mine],
            strips.bottom(strip),
            strips.top(strip),
        )
        for place, centre in zip(mine, found, strict=True):
            centres[place] = centre
    return [
        Placed(broken, centre, centre + strips.units(LINE_HEIGHT * (len(broken) - 1) / 2))
        for broken, centre in zip(lines, centres, strict=True)
    ]
