"""A run's speedups as a picture no larger than a word: a bar a contender, as a small SVG."""

from collections.abc import Sequence

from bench.charts.theme import Palette, colour_of

# Of the bars of all, of the picture, and of a bar, the gap behind it and the edge, in pixels.
WIDTH, HEIGHT = 96, 26
_BAR, _GAP, _EDGE = 10.0, 2.0, 4.0


def sparkline(speedups: Sequence[tuple[str, float | None]], palette: Palette) -> str:
    """A bar for each executor with its speedup (None: no bar), over a line at 1 for sequential."""
    top = max([1.25, *(speedup for _, speedup in speedups if speedup)])
    step = min(_BAR + _GAP, WIDTH / max(1, len(speedups)))
    room = HEIGHT - 2 * _EDGE
    bars = [
        f'<rect x="{_EDGE + place * step:.1f}" y="{_EDGE + room * (1 - speedup / top):.1f}" '
        f'width="{max(1.0, step - _GAP):.1f}" height="{room * speedup / top:.1f}" '
        f'fill="{colour_of(executor, palette)}"/>'
        for place, (executor, speedup) in enumerate(speedups)
        if speedup
    ]
    one = _EDGE + room * (1 - 1 / top)
    end = 2 * _EDGE + step * len(speedups) - _GAP
    line = (
        f'<line x1="0" x2="{end:.1f}" y1="{one:.1f}" y2="{one:.1f}" '
        f'stroke="{palette.text}" stroke-width="1" stroke-dasharray="2 2"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{end:.0f}" height="{HEIGHT}" '
        f'viewBox="0 0 {end:.1f} {HEIGHT}">{"".join(bars)}{line}</svg>'
    )
