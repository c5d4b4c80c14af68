"""The program that `shutdown` signals: a few tasks on fewer workers, ended in one of several ways.

It tells what happens on its standard output, a line of JSON each, with the moment.
"""

import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from multiprocessing.managers import SyncManager
from signal import SIGINT, SIGTERM, alarm, default_int_handler, signal
from threading import Event
from typing import Any

WORKERS = 3

# Each task takes so many steps: between two of them it can look whether it should stop.
STEPS = 5


def say(task: int, **told: Any) -> None:
    """One line in one piece, whichever thread or process writes it."""
    line = json.dumps({"task": task, "at": time.monotonic(), **told})
    os.write(1, f"{line}\n".encode())


@dataclass(frozen=True)
class Task:
    """Work in steps of so many seconds, that says when a step begins and on which worker."""

    number: int
    pause: float

    def do(self, step: int) -> None:
        say(self.number, step=step, pid=os.getpid(), thread=threading.get_ident())
        time.sleep(self.pause)


Tasks = Sequence[Task]


def never_looks(task: Task) -> None:
    for step in range(STEPS):
        task.do(step)


def looks(task: Task, stop: Event) -> None:
    for step in range(STEPS):
        if stop.is_set():
            return
        task.do(step)


def no_handler(pool: Executor, tasks: Tasks) -> None:
    with pool:
        for task in tasks:
            pool.submit(never_looks, task)


def handler_alone(pool: Executor, tasks: Tasks, stop: Event) -> None:
    for number in (SIGINT, SIGTERM):
        signal(number, lambda *_: stop.set())
    with pool:
        for task in tasks:
            pool.submit(never_looks, task)


def event(pool: Executor, tasks: Tasks, stop: Event) -> None:
    for number in (SIGINT, SIGTERM):
        signal(number, lambda *_: stop.set())
    with pool:
        for task in tasks:
            pool.submit(looks, task, stop)


def cancel_futures(pool: Executor, tasks: Tasks) -> None:
    signal(SIGTERM, default_int_handler)
    with pool:
        try:
            wait([pool.submit(never_looks, task) for task in tasks])
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)


def event_and_cancel(pool: Executor, tasks: Tasks, stop: Event) -> None:
    signal(SIGTERM, default_int_handler)  # raises KeyboardInterrupt, too
    with pool:
        try:
            wait([pool.submit(looks, task, stop) for task in tasks])
        except KeyboardInterrupt:
            stop.set()  # those that run see it
            pool.shutdown(cancel_futures=True)


# The ways to end, and whether each takes an event.
WAYS: dict[str, tuple[Callable[..., None], bool]] = {
    "no handler": (no_handler, False),
    "handler alone": (handler_alone, True),
    "event": (event, True),
    "cancel_futures": (cancel_futures, False),
    "event and cancel_futures": (event_and_cancel, True),
}


class Telling(Executor):
    """Tells when each task was submitted, and how its future has ended."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        number = args[0].number
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(partial(_tell_end, number))
        say(number, submitted=True)
        return future


def _tell_end(number: int, future: Future[Any]) -> None:
    if future.cancelled():
        say(number, ended="cancelled")
    elif error := future.exception():
        say(number, ended=type(error).__name__)
    else:
        say(number, ended="returned")


class Threads(Telling, ThreadPoolExecutor):
    """Threads that tell."""


class Processes(Telling, ProcessPoolExecutor):
    """Processes that tell."""


def main(kind: str, way: str, count: str, step: str, seconds: str) -> None:
    """Do so many tasks with steps of so many seconds each; after `seconds` the system ends it."""
    limit = int(seconds)
    alarm(limit)
    signal(SIGINT, default_int_handler)  # what a shell starts in the background ignores it
    run, takes_event = WAYS[way]
    tasks = [Task(number, float(step)) for number in range(int(count))]
    if kind == "threads":
        run(Threads(WORKERS), tasks, *([Event()] if takes_event else []))
        return
    pool = Processes(WORKERS, initializer=alarm, initargs=(limit,))
    if not takes_event:
        run(pool, tasks)
        return
    manager = SyncManager(ctx=multiprocessing.get_context())
    manager.start(alarm, (limit,))
    with manager:
        run(pool, tasks, manager.Event())
