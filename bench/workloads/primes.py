"""Counting primes: pure Python arithmetic that keeps the GIL."""

import itertools
from typing import Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload

# Enough ranges that 16 workers still get 16 each.
RANGES = 256

Range = tuple[int, int]


def is_prime(number: int) -> bool:
    """Whether a number is prime, by trial division with 2, 3 and numbers of the form 6k ± 1."""
    if number < 4:
        return number > 1
    if number % 2 == 0 or number % 3 == 0:
        return False
    divisor = 5
    while divisor * divisor <= number:
        if number % divisor == 0 or number % (divisor + 2) == 0:
            return False
        divisor += 6
    return True


def count_primes(numbers: Range) -> int:
    """How many primes there are from `numbers[0]` up to, not including, `numbers[1]`."""
    low, high = numbers
    return sum(is_prime(number) for number in range(low, high))


def ranges(limit: int, parts: int = RANGES) -> list[Range]:
    """The numbers below `limit` in `parts` ranges of nearly equal width, with none left out."""
    cuts = [limit * part // parts for part in range(parts + 1)]
    return list(itertools.pairwise(cuts))


@workload(
    "cpu",
    seconds=lambda limit: 7e-10 * limit**1.5 + 1.5e-7 * limit,
    presets={"small": {"limit": 200_000}, "article": {"limit": 2_000_000}},
    tasks=lambda limit: RANGES,  # noqa: ARG005
)
def primes(
    limit: Annotated[
        int, Between(1_000, 5_000_000), "Count the primes below this number."
    ] = 200_000,
) -> Work[Range, int]:
    """Count the primes below a limit

    Pure Python arithmetic, which keeps the GIL. Its ranges are uneven by nature: large numbers cost
    more.
    """
    return Work(task=count_primes, items=ranges(limit), reduce=sum)
