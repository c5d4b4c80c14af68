"""Work that tells its steps through a pipe, from wherever it runs, and the watch over it."""

import asyncio
import multiprocessing
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

# How long a step takes, in seconds.
PAUSE = 0.01

# After how long work that has not begun, or that has not ended, never will, in seconds.
PATIENCE = 10.0


@dataclass(frozen=True)
class Job:
    """What work does: so many steps, and what it tidies up at its end."""

    steps: int
    channel: Connection

    def do(self) -> None:
        self.channel.send(("step", time.monotonic()))
        time.sleep(PAUSE)

    async def do_soon(self) -> None:
        self.channel.send(("step", time.monotonic()))
        await asyncio.sleep(PAUSE)

    def tidy_up(self) -> None:
        self.channel.send(("finally", time.monotonic()))


def work(job: Job) -> None:
    try:
        for _ in range(job.steps):
            job.do()
    finally:
        job.tidy_up()


def looking(job: Job, stop: threading.Event) -> None:
    try:
        for _ in range(job.steps):
            if stop.is_set():
                return
            job.do()
    finally:
        job.tidy_up()


async def awaiting(job: Job) -> None:
    try:
        for _ in range(job.steps):
            await job.do_soon()
    finally:
        job.tidy_up()


async def stubborn(job: Job) -> None:
    for _ in range(job.steps):
        with suppress(asyncio.CancelledError):
            await job.do_soon()
    job.tidy_up()


class Watch:
    """Watches one piece of work: when it was cancelled, and what it did after that."""

    def __init__(self, steps: int) -> None:
        self._reader, writer = multiprocessing.Pipe(duplex=False)
        self.job = Job(steps, writer)
        self.told: list[tuple[str, float]] = []
        self.cancelled = self.let_go = 0.0

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()
        self.job.channel.close()

    def wait(self) -> None:
        """Return as soon as the work is under way."""
        if not self._reader.poll(PATIENCE):
            raise TimeoutError("The work has not begun.")
        self._begun()

    async def soon(self) -> None:
        """As `wait`, for others on the event loop."""
        while not self._reader.poll():
            await asyncio.sleep(0)
        self._begun()

    def _begun(self) -> None:
        self.told.append(self._reader.recv())
        self.cancelled = time.monotonic()

    def over(self) -> dict[str, Any]:
        """What the work did, once it is over; times in ms from when it was cancelled."""
        ended = time.monotonic()
        while self._reader.poll():
            self.told.append(self._reader.recv())
        steps = sum(what == "step" for what, _ in self.told)
        tidied = [at for what, at in self.told if what == "finally"]
        return {
            "steps": steps,
            "stopped": steps < self.job.steps,
            "finally": bool(tidied),
            "ms": 1e3 * ((tidied[0] if tidied else ended) - self.cancelled),
            "let_go_ms": 1e3 * (self.let_go - self.cancelled) if self.let_go else None,
        }
