"""Cutting items into chunks, so that a worker is handed several tasks at a time."""

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, TypeVar

from bench.forms import Between, OneOf

Item = TypeVar("Item")
Result = TypeVar("Result")

Chunk = Annotated[
    int | str,
    OneOf("many", "one", "even"),
    Between(1, 1_000_000),
    "Tasks handed over at a time: many (four chunks a worker), one task, "
    "an even share (one chunk a worker), or a number of tasks.",
]

# As multiprocessing.Pool cuts by default: each chunk costs what handing over costs, and with uneven
# items a worker that drew dear ones is helped by the others only if chunks are left to share out.
CHUNKS_A_WORKER = 4

# Up to so many tasks a worker go one by one: of so few, chunks would leave workers without any.
FEW_A_WORKER = 16


def chunk_size(chunk: int | str, tasks: int, workers: int) -> int:
    """How many of `tasks` items go into a chunk; at least one."""
    if chunk == "one":
        return 1
    if isinstance(chunk, int):
        return chunk
    if chunk == "many" and tasks <= workers * FEW_A_WORKER:
        return 1
    chunks = workers if chunk == "even" else workers * CHUNKS_A_WORKER
    return max(1, -(-tasks // chunks))


def in_chunks(
    run: Callable[
        [Callable[[Sequence[Item]], list[Result]], Iterable[Sequence[Item]]], Iterator[list[Result]]
    ],
    task: Callable[[Item], Result],
    items: Sequence[Item],
    size: int,
) -> Iterator[Result]:
    """Map `task` over `items` with a map that is handed slices of `size` items."""
    return itertools.chain.from_iterable(run(functools.partial(each, task), slices(items, size)))


def slices(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in slices of `size`, the last one perhaps shorter."""
    return (items[start : start + size] for start in range(0, len(items), size))


def each(task: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The task's results for a slice."""
    return [task(item) for item in items]


def in_order(finished: Iterable[tuple[int, Result]]) -> Iterator[Result]:
    """Results that come in any order with their places (0, 1, …): each in its turn."""
    early: dict[int, Result] = {}
    turn = 0
    for place, result in finished:
        if place != turn:
            early[place] = result
            continue
        yield result
        turn += 1
        while turn in early:
            yield early.pop(turn)
            turn += 1
