"""The app's side of the service: start it with the app, start it again if it dies, end it."""

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from bench.measure.processes.running import python_path
from bench.service.apart import Spawner
from bench.settings import Settings

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bench", "work", "--lifeline")

# A service that dies at once is started again ever more slowly: the pauses, in seconds.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

# One that has lived that long, in seconds, has not died at once.
LONG = 30.0

# How long a service may take to end after its lifeline, in seconds.
GRACE = 5.0

Pause = Callable[[float], Awaitable[None]]


@asynccontextmanager
async def service_kept_alive(
    command: tuple[str, ...] = COMMAND,
    *,
    beside: Settings | None = None,
    after: float = 0.0,
    pause: Pause = asyncio.sleep,
) -> AsyncIterator[None]:
    """Keep a measuring service running while the context lasts, from `after` seconds on.

    This process gives way to it as the settings say that it runs `beside`.
    """
    with Spawner() as spawner:
        if beside:
            spawner.alone_stays(beside)
        keeper = asyncio.create_task(_keep(command, spawner, after, pause))
        try:
            yield
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper


async def _keep(command: tuple[str, ...], spawner: Spawner, after: float, pause: Pause) -> None:
    seconds = FIRST_PAUSE
    loop = asyncio.get_running_loop()
    if after:
        await pause(after)
    while True:
        began = loop.time()
        await _serve(command, spawner)
        if loop.time() - began > LONG:
            seconds = FIRST_PAUSE
        await pause(seconds)
        seconds = min(LONGEST_PAUSE, 2 * seconds)


async def _serve(command: tuple[str, ...], spawner: Spawner) -> None:
    """Run one service until it dies, or until the caller is cancelled: then it is ended."""
    try:
        process = spawner.do(partial(_started, command))
    except OSError as error:
        log.error("the service cannot be started: %s", error)
        return
    log.info("service %d started", process.pid)
    assert process.stdin
    ending = asyncio.ensure_future(asyncio.to_thread(process.wait))
    try:
        code = await asyncio.shield(ending)
    except asyncio.CancelledError:
        process.stdin.close()
        await _end(process, ending)
        raise
    process.stdin.close()
    log.error("service %d ended with exit code %s; it is started again", process.pid, code)


def _started(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": python_path()},
    )


async def _end(process: subprocess.Popen[bytes], ending: asyncio.Future[int]) -> None:
    """Wait until a service that has lost its lifeline is gone; one that stays is killed."""
    try:
        await asyncio.wait_for(asyncio.shield(ending), GRACE)
    except TimeoutError:
        process.kill()
        await ending
    log.info("service %d ended", process.pid)
