"""Who ran which task when: one pass that is traced, and never a timed one.

Each task is wrapped so that it tells, with its result, its span: start, end, process, thread and
CPU seconds. Its clock is the system's monotonic one, which all processes of a machine share.
Standard library only, as trials use it.
"""

import functools
import inspect
import os
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from bench.executors.seam import Map
from bench.measure.child.tree import memory
from bench.work import Staged, Work

# More are thinned out: every second one is kept, or every third one, and so on.
MOST_SPANS = 2_000

# Process, thread, start, end, CPU seconds (None for a coroutine: its thread serves others, too).
Span = tuple[int, int, float, float, float | None]


@dataclass(frozen=True)
class Told:
    """A result with the spans of what led to it: one, or one a stage."""

    result: Any
    spans: tuple[Span, ...]


def told(task: Callable[[Any], Any], item: Any) -> Told:
    """A task's result and its span."""
    earlier: tuple[Span, ...] = ()
    if isinstance(item, Told):
        item, earlier = item.result, item.spans
    start, cpu = time.perf_counter(), time.thread_time()
    result = task(item)
    cpu, end = time.thread_time() - cpu, time.perf_counter()
    return Told(result, (*earlier, (os.getpid(), threading.get_native_id(), start, end, cpu)))


async def atold(task: Callable[[Any], Awaitable[Any]], item: Any) -> Told:
    """A coroutine's result and its span."""
    start = time.perf_counter()
    result = await task(item)
    end = time.perf_counter()
    return Told(result, ((os.getpid(), threading.get_native_id(), start, end, None),))


def wrapped(task: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The task as one that tells its spans; one in two stages stays in two stages."""
    if isinstance(task, Staged):
        return Staged(wait=wrapped(task.wait), compute=wrapped(task.compute))
    return functools.partial(atold if inspect.iscoroutinefunction(task) else told, task)


def traced(
    opened: AbstractContextManager[Map], work: Work[Any, Any], *, piped: bool
) -> dict[str, Any]:
    """One pass with spans, and what the executor holds and sends, as a trial tells it.

    `spans` are lists: worker (numbered as they began), stage, start and end (seconds from the
    pass's start), CPU seconds. If its items go through multiprocessing's pipes (`piped`), a pass
    without spans before it counts the bytes.
    """
    with opened as run:
        pipes = _Pipes()
        if piped:
            with _counted(pipes):
                list(run(work.task, work.items))
        held = memory()
        start = time.perf_counter()
        results = list(run(wrapped(work.task), work.items))
        end = time.perf_counter()
    kept = results[:: -(-len(results) // MOST_SPANS) or 1]
    spans = sorted(
        ((span, stage) for one in kept for stage, span in enumerate(one.spans)),
        key=lambda pair: pair[0][2],
    )
    workers = list(dict.fromkeys(span[:2] for span, _ in spans))
    return {
        "pass_s": end - start,
        "tasks": len(results),
        "workers": len(workers),
        "spans": [
            [
                workers.index(span[:2]),
                stage,
                round(span[2] - start, 7),
                round(span[3] - start, 7),
                None if span[4] is None else round(span[4], 7),
            ]
            for span, stage in spans
        ],
        "memory_bytes": held,
        "sent_bytes": pipes.sent,
        "received_bytes": pipes.received,
    }


@dataclass
class _Pipes:
    """Bytes that went through this process's ends of multiprocessing's pipes; None: none did."""

    sent: int | None = None
    received: int | None = None


@contextmanager
def _counted(pipes: _Pipes) -> Iterator[None]:
    """Count what goes through pipes meanwhile: pools pickle into them, whatever their library."""
    from multiprocessing import connection

    base: Any = connection.Connection
    send, receive = base._send_bytes, base._recv_bytes

    def counted_send(self: Any, buffer: Sequence[Any]) -> None:
        send(self, buffer)
        pipes.sent = (pipes.sent or 0) + len(buffer)

    def counted_receive(self: Any, *size: Any) -> Any:
        received = receive(self, *size)
        pipes.received = (pipes.received or 0) + received.getbuffer().nbytes
        return received

    base._send_bytes, base._recv_bytes = counted_send, counted_receive
    try:
        yield
    finally:
        base._send_bytes, base._recv_bytes = send, receive
