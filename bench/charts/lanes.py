"""What tasks do over time as a picture no larger than a word: a bar a lane, as a small SVG.

Pale is a task's whole span and solid its part on a CPU, as in the timeline of a run.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bench.charts.theme import Palette, colour_of

# Of the picture, in pixels; a single lane is no higher than `_HIGH`.
WIDTH, HEIGHT = 180, 36
_HIGH, _GAP, _PALE = 16.0, 2.0, 0.3


def lanes(drawn: Sequence[str], palette: Palette) -> str:
    """A lane a string: - for waiting, # for computing, a space for nothing."""
    high = min(_HIGH, (HEIGHT - _GAP * (len(drawn) - 1)) / len(drawn))
    top = (HEIGHT - len(drawn) * (high + _GAP) + _GAP) / 2
    bars = "".join(
        bar
        for place, lane in enumerate(drawn)
        for bar in _bars(lane, top + place * (high + _GAP), high, palette)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{bars}</svg>'
    )


def _bars(lane: str, y: float, high: float, palette: Palette) -> Iterator[str]:
    step, at = WIDTH / len(lane), 0
    for sign, stretch in groupby(lane):
        count = len(list(stretch))
        if sign != " ":
            opacity = 1 if sign == "#" else _PALE
            yield (
                f'<rect x="{at * step:.1f}" y="{y:.1f}" width="{count * step:.1f}" '
                f'height="{high:.1f}" fill="{colour_of("threads", palette)}" '
                f'fill-opacity="{opacity}"/>'
            )
        at += count
