"""Big Fibonacci numbers: additions of numbers with up to millions of bits, which keep the GIL."""

import math
from typing import Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload


def number(n: int) -> int:
    """The n-th Fibonacci number, by n additions."""
    one, next_one = 0, 1
    for _ in range(n):
        one, next_one = next_one, one + next_one
    return one


def digits(value: int) -> int:
    """How many decimal digits a positive number has.

    `str` takes time that grows with the square of the length, and from 3.11 on refuses numbers of
    more than 4,300 digits. The logarithm is off by less than a part in 10**14; so near to a power
    of ten that this matters, the power itself decides.
    """
    log = math.log10(value)
    nearest = round(log)
    if abs(log - nearest) > 1e-12 * (nearest + 1):
        return math.floor(log) + 1
    return nearest + 1 if value >= 10**nearest else nearest


def count_digits(n: int) -> int:
    """How many digits the n-th Fibonacci number has."""
    return digits(number(n)) if n else 1


def _seconds(first: int, step: int, count: int) -> float:
    return sum(7e-12 * n * n + 5e-8 * n for n in range(first, first + step * (count - 1) + 1, step))


@workload(
    "cpu",
    seconds=_seconds,
    presets={
        "small": {"first": 50_000, "step": 10_000, "count": 6},
        "article": {"first": 500_000, "step": 100_000, "count": 6},
    },
)
def fibonacci(
    first: Annotated[int, Between(0, 2_000_000), "Which Fibonacci number comes first."] = 50_000,
    step: Annotated[int, Between(1, 1_000_000), "How far the next one is from it."] = 10_000,
    count: Annotated[int, Between(1, 1_000), "How many of them."] = 6,
) -> Work[int, int]:
    """Compute big Fibonacci numbers and count their digits

    A loop of additions in Python, which keeps the GIL. Tasks are few and uneven: the last takes
    longest, and alone it may decide how long all take.
    """
    return Work(task=count_digits, items=[first + step * place for place in range(count)])
