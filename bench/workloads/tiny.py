"""Tasks so short that handing them over costs more than doing them."""

from typing import Annotated

from bench.errors import Refused
from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.turns import turn, turns_for

# A task's number, its turns, and what it is handed besides.
Spin = tuple[int, int, bytes]

# All that the tasks are handed together, in bytes.
MOST_PAYLOAD = 1_000_000_000


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
    """Turn a loop so many times; the number that came of it and the bytes that arrived, added."""
    number, turns, payload = item
    return turn(turns, number) + len(payload)


def possible(count: int, payload: int, **_: object) -> None:
    """Raises Refused for payloads that would fill the memory."""
    if count * payload > MOST_PAYLOAD:
        raise Refused(
            "spin.payload",
            payload,
            f"at most {MOST_PAYLOAD // count:,} bytes for each of {count:,} tasks",
        )


@workload(
    "tiny",
    seconds=lambda count, length, **_: count * (length * 1e-6 + 2e-7),
    presets={
        "small": {"count": 1_000, "length": 100.0},
        "ten milliseconds": {"count": 100, "length": 10_000.0},
    },
    check=possible,
)
def spin(
    count: Annotated[int, Between(1, 100_000), "How many tasks."] = 1_000,
    length: Annotated[float, Between(0.1, 1_000_000.0, "µs"), "How long each task is."] = 100.0,
    payload: Annotated[
        int, Between(0, 10_000_000, "bytes"), "What is handed to each task besides."
    ] = 0,
) -> Work[Spin, int]:
    """Compute for a chosen number of microseconds

    A loop in Python, which keeps the GIL. It is counted, 25 turns a microsecond, and so takes
    longer on a slower machine. A payload is nothing to threads, but is copied to processes.
    """
    turns = turns_for(length)
    # Each has bytes of its own: a pickle holds the same object only once.
    items = [(number, turns, bytes(payload)) for number in range(count)]
    return Work(task=spin_for, items=items, reduce=sum)
