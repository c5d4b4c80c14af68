"""Text made of words that come as often as words do: a few very often, most of them seldom."""

import functools
import itertools

SYLLABLES = ("ba", "den", "fir", "go", "lum", "mi", "nor", "pe", "sta", "tul")
WORDS = tuple("".join(parts) for parts in itertools.product(SYLLABLES, repeat=3))
WORDS_A_LINE = 12


@functools.lru_cache(maxsize=1)
def prose(length: int) -> str:
    """`length` words in lines, each begun with a capital and ended with a full stop.

    The same whenever and wherever it is made; kept, as every task of a process uses it.
    """
    import random

    # Of all that `random` offers, only this is promised to give the same numbers everywhere.
    draw = random.Random(length).random
    words = [WORDS[int(draw() ** 3 * len(WORDS))] for _ in range(length)]
    lines = (words[start : start + WORDS_A_LINE] for start in range(0, length, WORDS_A_LINE))
    return "".join(f"{' '.join(line).capitalize()}.\n" for line in lines)


def turned(text: str, number: int) -> str:
    """The text begun at another place, what came before it put at its end: another for each number.

    Much cheaper than other text, and as much work.
    """
    start = number * 997 % len(text)
    return text[start:] + text[:start]
