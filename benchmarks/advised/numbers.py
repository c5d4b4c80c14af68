"""Long decimal fractions, and arrays that are sorted."""

from decimal import Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def root(number: int) -> str:
    """The end of a square root, by Newton's steps: C code that keeps the GIL."""
    context = Context(prec=1_500)
    value, guess = Decimal(number), Decimal(number)
    for _ in range(60):
        guess = context.divide(context.add(guess, context.divide(value, guess)), Decimal(2))
    return str(guess)[-12:]


roots = list(range(2, 122))


def spread(seed: int) -> float:
    """The middle half of many numbers, sorted: NumPy lets the GIL go."""
    numbers: np.ndarray = _made(seed)
    numbers.sort()
    return float(round(numbers[3 * len(numbers) // 4] - numbers[len(numbers) // 4], 9))


def _made(seed: int) -> "np.ndarray":
    import numpy as np

    return np.random.default_rng(seed).normal(size=150_000)


seeds = list(range(40))
