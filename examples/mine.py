from typing import Annotated

import bench


def steps(number: int) -> int:
    """How many steps lead from a number to 1, each to its half or to 3n + 1."""
    return 1 + steps(3 * number + 1 if number % 2 else number // 2) if number > 1 else 0


@bench.workload("cpu")
def collatz(limit: Annotated[int, bench.Between(10, 1_000_000)] = 50_000) -> bench.Work:
    """Find the longest way down to 1"""
    return bench.Work(task=steps, items=range(1, limit), reduce=max)


numbers = range(1, 5_000)
