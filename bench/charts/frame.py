"""The room that a chart of speedups against workers takes, and the ideal line in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.analysis.intervals import Interval
from bench.charts.axes import REACH, Axis
from bench.charts.series import Series
from bench.charts.strips import Strips, strips_of

# Workers and speedup.
Vertex = tuple[float, float]

# The ideal line is shown whole if it ends within this multiple of the highest interval's end; else
# it is cut off a little above that, as what was measured would lie flat at the bottom.
_WHOLE, _CUT = 1.5, 1.15

IDEAL = "ideal"


@dataclass(frozen=True)
class Frame:
    """From `first` to `last` workers; the strips; and the ideal line, as far as they hold it."""

    first: float
    last: float
    strips: Strips
    ideal: tuple[Vertex, ...]
    ideal_is_whole: bool

    @property
    def margin(self) -> float:
        """What the axis of workers is longer by at either end, in workers."""
        return 0.05 * (self.last - self.first)


def frame_of(
    counts: Sequence[int],
    series: Sequence[Series],
    noise: Interval | None,
    kind: str,
    usable: int | None,
    interpreters: Sequence[str] = ("",),
) -> Frame:
    """The frame for these numbers of workers: it holds all that was measured, and 1."""
    most = max(counts, default=1)
    first, last = (0.5, 1.5) if most == 1 else (1.0, float(most))
    ideal = ideal_line(kind, usable, most)
    speedups = [point.value for one in series for point in one.points]
    highest = max([1.0, *(speedup.estimate for speedup in speedups)])
    ends = [interval.high or 0.0 for interval in (*speedups, *([noise] if noise else []))]
    peak = max(highest, min(max(ends, default=0.0), REACH * highest))
    whole = not speedups or ideal[-1][1] <= _WHOLE * peak
    top = max(1.25, 1.06 * max(peak, ideal[-1][1]) if whole else _CUT * peak)
    labels = [(one.label, one.strip) for one in series]
    labels += [(IDEAL, strip) for strip in range(len(interpreters))]
    strips = strips_of(interpreters, Axis(0.0, top), labels)
    return Frame(first, last, strips, ideal if whole else ((1, 1), (top, top)), whole)


def ideal_line(kind: str, usable: int | None, most: int) -> tuple[Vertex, ...]:
    """What workers gain at best: as much as there are, in computing up to the usable CPUs."""
    if kind == "io" or usable is None or usable >= most:
        return (1, 1), (most, most)
    return (1, 1), (usable, usable), (most, usable)
