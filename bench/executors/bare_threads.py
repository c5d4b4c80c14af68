"""Threads started, handed work over a queue and joined by hand, without a pool.

run ──► todo ──► thread 1 … thread n ──► done ──► in the order of the items
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from queue import SimpleQueue
from threading import Thread
from typing import Any

from bench.executors.chunks import Chunk, chunk_size, in_order, slices
from bench.executors.seam import Map, Way

# A chunk's place among its pass's chunks, its results, and what it raised instead.
Done = tuple[int, list[Any], BaseException | None]


@dataclass
class _Pass:
    """One map: where its results go, and whether nobody wants them any more."""

    task: Callable[[Any], Any]
    done: "SimpleQueue[Done]" = field(default_factory=SimpleQueue)
    dropped: bool = False


Job = tuple[_Pass, int, Sequence[Any]]
Todo = SimpleQueue[Job | None]


class BareThreads(Way):
    name = "bare-threads"
    title = "Threads by hand (threading.Thread)"
    kind = "threads"
    most = 2_000

    @contextmanager
    def open(self, workers: int, *, chunk: Chunk = "many") -> Iterator[Map]:
        todo: Todo = SimpleQueue()
        threads: list[Thread] = []

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            size = chunk_size(chunk, len(items), workers)
            return chain.from_iterable(_results(todo, _Pass(task), slices(items, size)))

        try:
            for _ in range(workers):
                thread = Thread(target=_work, args=(todo,))
                thread.start()
                threads.append(thread)
            yield run
        finally:
            for _ in threads:
                todo.put(None)
            for thread in threads:
                thread.join()


def _work(todo: Todo) -> None:
    while job := todo.get():
        current, place, items = job
        if current.dropped:
            continue
        try:
            current.done.put((place, [current.task(item) for item in items], None))
        except BaseException as error:  # noqa: BLE001  raised again where the map is read
            current.done.put((place, [], error))


def _results(todo: Todo, current: _Pass, chunks: Iterator[Sequence[Any]]) -> Iterator[list[Any]]:
    count = 0
    for place, items in enumerate(chunks):
        todo.put((current, place, items))
        count += 1
    try:
        yield from in_order(_finished(current.done) for _ in range(count))
    finally:
        current.dropped = True


def _finished(done: "SimpleQueue[Done]") -> tuple[int, list[Any]]:
    place, results, error = done.get()
    if error:
        raise error
    return place, results


executor = BareThreads()
