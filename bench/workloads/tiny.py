"""Tasks so short that handing them over costs more than doing them."""

from typing import Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.turns import turn, turns_for

# A task's number and its turns.
Spin = tuple[int, int]


def add_one(number: int) -> int:
    """The next number."""
    return number + 1


@workload(
    "tiny",
    seconds=lambda count: count * 5e-8,
    presets={"small": {"count": 1_000}, "article": {"count": 100}},
)
def tiny(
    count: Annotated[int, Between(100, 100_000), "How many numbers."] = 1_000,
) -> Work[int, int]:
    """Add one to numbers

    The least there is to do, so that whatever else is seen is what handing over a task costs.
    """
    return Work(task=add_one, items=range(count), reduce=sum)


def spin_for(item: Spin) -> int:
    """Turn a loop so many times."""
    number, turns = item
    return turn(turns, number)


@workload(
    "tiny",
    seconds=lambda count, length: count * (length * 1e-6 + 2e-7),
    presets={
        "small": {"count": 1_000, "length": 100.0},
        "ten milliseconds": {"count": 100, "length": 10_000.0},
    },
)
def spin(
    count: Annotated[int, Between(1, 100_000), "How many tasks."] = 1_000,
    length: Annotated[float, Between(0.1, 1_000_000.0, "µs"), "How long each task is."] = 100.0,
) -> Work[Spin, int]:
    """Compute for a chosen number of microseconds

    A loop in Python, which keeps the GIL. It is counted, 25 turns a microsecond, and so takes
    longer on a slower machine.
    """
    turns = turns_for(length)
    return Work(task=spin_for, items=[(n, turns) for n in range(count)], reduce=sum)
