"""A run's speedups as a picture no larger than a word: a bar a contender, as a small SVG."""

from collections.abc import Sequence

from bench.charts.theme import Palette, colour_of

# Of the picture, and of the most that a bar and what is between two of them takes, in pixels.
WIDTH, HEIGHT = 96, 24
_BAR, _GAP = 10.0, 2.0


def sparkline(speedups: Sequence[tuple[str, float | None]], palette: Palette) -> str:
    """A bar for each executor with its speedup (None: no bar), over a line at 1 for sequential."""
    top = max([1.25, *(speedup for _, speedup in speedups if speedup)])
    step = min(_BAR + _GAP, WIDTH / max(1, len(speedups)))
    bars = [
        f'<rect x="{place * step:.1f}" y="{HEIGHT * (1 - speedup / top):.1f}" '
        f'width="{max(1.0, step - _GAP):.1f}" height="{HEIGHT * speedup / top:.1f}" '
        f'fill="{colour_of(executor, palette)}"/>'
        for place, (executor, speedup) in enumerate(speedups)
        if speedup
    ]
    one = HEIGHT * (1 - 1 / top)
    line = (
        f'<line x1="0" x2="{WIDTH}" y1="{one:.1f}" y2="{one:.1f}" '
        f'stroke="{palette.secondary}" stroke-width="1" stroke-dasharray="2 2"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(bars)}{line}</svg>'
    )
