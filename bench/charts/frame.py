"""The room that a speedup chart takes: its axes, the ideal line in it, and where labels stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis.intervals import Interval
from bench.charts.labels import spread, wrapped
from bench.charts.series import Series, Vertex

HEIGHT = 320
LINE_HEIGHT = 16

# The longest line of a label in characters.
WIDE_LINE, NARROW_LINE = 36, 19

# The ideal line is shown whole if it ends within this multiple of the highest interval's end; else
# it is cut off a little above that, as what was measured would lie flat at the bottom.
_WHOLE, _CUT = 1.5, 1.15

# The interval of two rounds may reach many times as far as its estimate: the axis ends at this
# multiple of the highest estimate.
_REACH = 2.0


@dataclass(frozen=True)
class Frame:
    """Axes from `first` to `last` workers and from 0 to `top`, `height` pixels high."""

    first: float
    last: float
    top: float
    height: int
    ideal: tuple[Vertex, ...]

    @property
    def margin(self) -> float:
        """What the axis of workers is longer by at either end, in workers."""
        return 0.05 * (self.last - self.first)

    @property
    def ideal_is_whole(self) -> bool:
        """Whether the ideal line stays within the axes to its end."""
        return self.ideal[-1][1] <= self.top

    def units(self, pixels: float) -> float:
        """A height in pixels as a speedup."""
        return pixels * self.top / self.height


@dataclass(frozen=True)
class Label:
    """What stands at the right of a line that ends at `end`; the executor gives its colour."""

    text: str
    end: Vertex
    executor: str = ""


@dataclass(frozen=True)
class Placed:
    """A label's lines, their centre, and the height of the first line's middle, as speedups."""

    lines: tuple[str, ...]
    centre: float
    first: float


def frame_of(
    counts: Sequence[int],
    series: Sequence[Series],
    noise: Interval | None,
    kind: str,
    usable: int | None,
) -> Frame:
    """The frame for these numbers of workers: it holds all that was measured, and 1."""
    most = max(counts, default=1)
    first, last = (0.5, 1.5) if most == 1 else (1.0, float(most))
    ideal = ideal_line(kind, usable, most)
    speedups = [point.speedup for one in series for point in one.points]
    highest = max([1.0, *(speedup.estimate for speedup in speedups)])
    ends = [interval.high or 0.0 for interval in (*speedups, *([noise] if noise else []))]
    peak = max(highest, min(max(ends, default=0.0), _REACH * highest))
    whole = not speedups or ideal[-1][1] <= _WHOLE * peak
    top = 1.06 * max(peak, ideal[-1][1]) if whole else _CUT * peak
    lines = sum(len(wrapped([one.label], NARROW_LINE, " ")) for one in series) + 1
    return Frame(first, last, max(top, 1.25), max(HEIGHT, LINE_HEIGHT * lines), ideal)


def ideal_line(kind: str, usable: int | None, most: int) -> tuple[Vertex, ...]:
    """What workers gain at best: as much as there are, in computing up to the usable CPUs."""
    if kind == "io" or usable is None or usable >= most:
        return (1, 1), (most, most)
    return (1, 1), (usable, usable), (most, usable)


def placed(labels: Sequence[Label], frame: Frame, longest_line: int) -> list[Placed]:
    """Where each label stands, broken into lines of that length: as near to its line as it can."""
    lines = [tuple(wrapped([label.text], longest_line, " ")) for label in labels]
    heights = [frame.units(LINE_HEIGHT * len(broken)) for broken in lines]
    centres = spread([label.end[1] for label in labels], heights, 0, frame.top)
    return [
        Placed(broken, centre, centre + frame.units(LINE_HEIGHT * (len(broken) - 1) / 2))
        for broken, centre in zip(lines, centres, strict=True)
    ]
