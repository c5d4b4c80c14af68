"""What the hardware itself allows: independent processes that share nothing, not even a queue.

         ┌─ deal ─► worker 0: items 0, n, 2n, …     ─► ready ─┐
parent ──┼─ deal ─► worker 1: items 1, n+1, 2n+1, … ─► ready ─┼──► go, to all ──► results, once
         └─ deal ─► …                                        ─┘

All have their shares before any begins, and each sends all its results together. It keeps its
share, so a second pass over the same items (which must not have changed) is work alone.
"""

import multiprocessing
import pickle
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias

from bench.executors.chunks import each
from bench.executors.processes import START_METHODS, StartMethod
from bench.executors.seam import Map, Way

Line: TypeAlias = "Connection[Any, Any]"

# A value; or what was raised, with its traceback as the worker's process tells it.
Answer = tuple[Any, BaseException | None, str]

GO, STOP = pickle.dumps("go"), pickle.dumps("stop")


class InWorker(Exception):
    """The cause of an exception from a worker: where in the worker's process it was raised."""


class Ceiling(Way):
    name = "ceiling"
    title = "Independent processes (the hardware's limit)"
    kind = "processes"
    piped = True

    @contextmanager
    def open(self, workers: int, *, start_method: StartMethod = START_METHODS[0]) -> Iterator[Map]:
        context: Any = multiprocessing.get_context(start_method)
        lines: list[Line] = []
        team: list[BaseProcess] = []
        try:
            for _ in range(workers):
                line, far_end = context.Pipe()
                lines.append(line)
                process = context.Process(target=_serve, args=(far_end,), daemon=True)
                process.start()
                team.append(process)
                far_end.close()  # the worker's alone, so that the line ends with the worker
            _answers(lines)  # each tells that it has started
            yield _over(lines)
        except BaseException:
            for process in team:
                process.terminate()
            raise
        finally:
            for line in lines:
                with suppress(OSError):  # it may have ended
                    line.send_bytes(STOP)
                line.close()
            for process in team:
                process.join()
                process.close()


def _over(lines: Sequence[Line]) -> Map:
    workers = len(lines)
    dealt: tuple[object, object] = (None, None)

    def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        nonlocal dealt
        if dealt[0] is not task or dealt[1] is not items:
            dealt = (None, None)
            shares = [
                pickle.dumps((task, [items[place] for place in range(first, len(items), workers)]))
                for first in range(workers)
            ]
            _asked(lines, shares)
            dealt = (task, items)
        results: list[Any] = [None] * len(items)
        for first, share in enumerate(_asked(lines, [GO] * workers)):
            results[first::workers] = share
        return iter(results)

    return run


def _asked(lines: Sequence[Line], messages: Sequence[bytes]) -> list[Any]:
    """Every worker's answer to its message. Raises what a worker raised."""
    for line, message in zip(lines, messages, strict=True):
        line.send_bytes(message)
    return _answers(lines)


def _answers(lines: Sequence[Line]) -> list[Any]:
    answers = [_answer(line) for line in lines]  # all are read, so that no line is left behind
    for _, error, told in answers:
        if error:
            raise error from InWorker(f"\n{told}")
    return [value for value, _, _ in answers]


def _answer(line: Line) -> Answer:
    try:
        data = line.recv_bytes()
    except (EOFError, OSError):
        return None, BrokenExecutor("A worker process ended before it had its results."), ""
    try:
        answer: Answer = pickle.loads(data)
    except Exception as error:  # noqa: BLE001  it is raised with the other workers' errors
        return None, error, ""
    return answer


def _serve(line: Line) -> None:
    """A worker: it answers that it has started, then every message until it is told to stop."""
    answer: Answer = (None, None, "")
    dealt: tuple[Callable[[Any], Any], list[Any]] = (repr, [])
    while True:
        _send(line, answer)
        try:
            data = line.recv_bytes()
        except EOFError:  # the parent is gone
            return
        if data == STOP:
            return
        try:
            if data == GO:
                answer = (each(*dealt), None, "")
            else:
                dealt = pickle.loads(data)
                answer = (None, None, "")
        except BaseException as error:  # noqa: BLE001  the parent raises it
            answer = (None, error, traceback.format_exc())


def _send(line: Line, answer: Answer) -> None:
    """Send an answer; where it cannot be pickled, why not."""
    try:
        data = pickle.dumps(answer)
    except Exception as error:  # noqa: BLE001  the parent raises it
        unsaid = answer[1]
        told = (
            RuntimeError(f"A task raised {unsaid!r}, which cannot be pickled") if unsaid else error
        )
        data = pickle.dumps((None, told, answer[2] or traceback.format_exc()))
    line.send_bytes(data)


executor = Ceiling()
