"""Programs that join a process or a queue once the work is done, each ended by a deadline."""

import faulthandler
import multiprocessing
import os
import queue
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import Process, connection
from typing import TYPE_CHECKING, Any

from bench.experiments.programs import stacks, tell

if sys.version_info >= (3, 13):
    from queue import ShutDown
else:

    class ShutDown(Exception):
        """Python 3.13 has it; nothing raises this one."""


if TYPE_CHECKING:
    import multiprocessing.queues

    Numbers = queue.Queue[int | None]
    Results = multiprocessing.queues.Queue[bytes]

ITEMS, CONSUMERS = 5, 2

# How long a process may take to say where it stands, in seconds.
DUMP = 2.0


def put_bytes(results: "Results", size: int) -> None:
    results.put(bytes(size))


def join_then_get(results: "Results", size: int) -> bytes:
    worker = Process(target=put_bytes, args=(results, size))
    worker.start()
    worker.join()  # it has put its result
    return results.get()


def get_then_join(results: "Results", size: int) -> bytes:
    worker = Process(target=put_bytes, args=(results, size))
    worker.start()
    result = results.get()
    worker.join()
    return result


def consume(numbers: "Numbers", taken: list[int]) -> None:
    while (number := numbers.get()) is not None:
        taken.append(number)
        numbers.task_done()


def consume_all(numbers: "Numbers", taken: list[int]) -> None:
    while True:
        number = numbers.get()
        try:
            if number is None:
                break
            taken.append(number)
        finally:
            numbers.task_done()  # for the None, too


def consume_until_shut_down(numbers: "Numbers", taken: list[int]) -> None:
    while True:
        try:
            number = numbers.get()
        except ShutDown:  # once numbers.shutdown() was called
            break
        if number is not None:
            taken.append(number)
        numbers.task_done()


def through_a_process(way: str, size: str, patience: str) -> None:
    """Take a result of so many bytes from a process, which is joined first or last."""
    ways = {"join first": join_then_get, "get first": get_then_join}
    with deadline(float(patience), through_a_process, dict):
        ways[way](multiprocessing.Queue(), int(size))


def through_threads(way: str, patience: str) -> None:
    """Let threads consume some numbers, then join the queue."""
    ways = {
        "not all done": consume,
        "all done": consume_all,
        "shut down": consume_until_shut_down,
    }
    numbers: Numbers = queue.Queue()
    taken: list[int] = []
    for _ in range(CONSUMERS):
        threading.Thread(target=ways[way], args=(numbers, taken), daemon=True).start()
    for number in range(ITEMS):
        numbers.put(number)
    if sys.version_info >= (3, 13) and way == "shut down":
        numbers.shutdown()
    else:
        for _ in range(CONSUMERS):
            numbers.put(None)

    def state() -> dict[str, int]:
        return {"taken": len(taken), "left": numbers.qsize(), "undone": numbers.unfinished_tasks}

    with deadline(float(patience), through_threads, state):
        numbers.join()


@contextmanager
def deadline(
    seconds: float, program: Callable[..., None], state: Callable[[], Mapping[str, Any]]
) -> Iterator[None]:
    """Tell how long something takes; end this program, and say where it stands, if that is more.

    `state` is told, too.
    """

    def end() -> None:
        tell(ended=False, seconds=seconds, stood=_where(program.__name__), **state())
        children = multiprocessing.active_children()
        for child in children:
            os.kill(child.pid or 0, signal.SIGABRT)  # it says where it stands
        if children:
            connection.wait([child.sentinel for child in children], timeout=DUMP)
        os._exit(1)

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    began = time.perf_counter()
    yield
    watch.cancel()
    tell(ended=True, seconds=time.perf_counter() - began, stood=[], **state())


def _where(function: str) -> list[str]:
    """Where the thread stands that has called that function and in what, innermost first."""
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        for stack in stacks(file.read()):
            for depth, frame in enumerate(stack):
                if frame.endswith(f" in {function}"):
                    return stack[:depth]
    return []
