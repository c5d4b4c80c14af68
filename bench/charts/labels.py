"""Where labels stand and where their lines break: pure functions on text and numbers."""

from collections.abc import Sequence


def wrapped(parts: Sequence[str], most: int, between: str) -> list[str]:
    """Parts joined into lines of at most `most` characters, broken between parts where it can be.

    A part that is longer than a line is broken at its spaces; a longer word stands alone.
    """
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{between}{part}" if lines else part
        if len(joined) <= most:
            lines[-1:] = [joined]
        else:
            lines += _filled(part.split(" "), most)
    return lines


def _filled(words: Sequence[str], most: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres for labels of these sizes, in the order given: none overlaps, none leaves the range.

    Each stays as near to where it is wanted as the others let it (least squares). Labels that
    together are larger than the range share it in proportion to their sizes.
    """
    squeeze = min(1.0, (high - low) / (sum(sizes) or 1.0))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    heights = [sizes[index] * squeeze for index in order]
    # Seen from the stack of all labels without gaps, they may only drift upwards from one to the
    # next: the nearest such sequence is an isotonic regression.
    stack = [sum(heights[:rank]) + height / 2 for rank, height in enumerate(heights)]
    drifts = _isotonic([wanted[index] - base for index, base in zip(order, stack, strict=True)])
    centres = [0.0] * len(wanted)
    for index, base, drift in zip(order, stack, drifts, strict=True):
        centres[index] = base + min(max(drift, low), high - sum(heights))
    return centres


def _isotonic(values: Sequence[float]) -> list[float]:
    """The nearest sequence that never falls: falling neighbours are pooled to their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
