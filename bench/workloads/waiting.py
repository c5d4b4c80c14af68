"""Waiting and nothing else: the case whose speedup is known before it is measured."""

import time
from typing import Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload

# A task's number and how long it waits, in seconds.
Wait = tuple[int, float]


def wait(item: Wait) -> int:
    """Sleep; its task's number."""
    number, delay = item
    time.sleep(delay)
    return number


async def await_(item: Wait) -> int:
    """Sleep as a coroutine; its task's number."""
    import asyncio

    number, delay = item
    await asyncio.sleep(delay)
    return number


@workload(
    "io",
    seconds=lambda count, delay: count * (delay + 1e-4),
    presets={
        "small": {"count": 32, "delay": 0.05},
        "article": {"count": 50, "delay": 0.1},
        "exact": {"count": 400, "delay": 0.05},
    },
)
def waiting(
    count: Annotated[int, Between(1, 100_000), "How many tasks wait."] = 32,
    delay: Annotated[float, Between(0.001, 10.0, "s"), "How long each one waits."] = 0.05,
) -> Work[Wait, int]:
    """Wait, and do nothing else

    Sleeping lets the GIL go. With one task at a time the speedup is known: the number of tasks over
    how many one worker gets at most. What is missing from it is what the executor costs.
    """
    return Work(task=wait, items=[(n, delay) for n in range(count)], reduce=sum, atask=await_)
