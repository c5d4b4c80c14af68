"""The app's side of the service: start it with the app, start it again if it dies, end it."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bench.measure.child import python_path

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
    command: tuple[str, ...] = COMMAND, *, pause: Pause = asyncio.sleep
) -> AsyncIterator[None]:
    """Keep a measuring service running while the context lasts."""
    keeper = asyncio.create_task(_keep(command, pause))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


async def _keep(command: tuple[str, ...], pause: Pause) -> None:
    seconds = FIRST_PAUSE
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await _serve(command)
        if loop.time() - began > LONG:
            seconds = FIRST_PAUSE
        await pause(seconds)
        seconds = min(LONGEST_PAUSE, 2 * seconds)


async def _serve(command: tuple[str, ...]) -> None:
    """Run one service until it dies, or until the caller is cancelled: then it is ended."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": python_path()},
        )
    except OSError as error:
        log.error("the service cannot be started: %s", error)
        return
    log.info("service %d started", process.pid)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        await _end(process)
        raise
    log.error("service %d ended with exit code %s; it is started again", process.pid, code)


async def _end(process: asyncio.subprocess.Process) -> None:
    assert process.stdin
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()
    log.info("service %d ended", process.pid)
