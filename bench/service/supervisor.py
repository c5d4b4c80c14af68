"""The app's side of the service: start it with the app, start it again if it dies, end it."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bench", "work", "--lifeline")

# A service that dies at once is started again ever more slowly, up to this many seconds.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

# How long a service may take to end after its lifeline, in seconds.
GRACE = 5.0


@asynccontextmanager
async def service_kept_alive(command: tuple[str, ...] = COMMAND) -> AsyncIterator[None]:
    """Keep a measuring service running while the context lasts."""
    keeper = asyncio.create_task(_keep(command))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


async def _keep(command: tuple[str, ...]) -> None:
    pause = FIRST_PAUSE
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, start_new_session=True
        )
        log.info("service %d started", process.pid)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        log.error("service %d ended with exit code %s; it is started again", process.pid, code)
        pause = (
            FIRST_PAUSE if loop.time() - began > LONGEST_PAUSE else min(LONGEST_PAUSE, pause * 2)
        )
        await asyncio.sleep(pause)


async def _end(process: asyncio.subprocess.Process) -> None:
    assert process.stdin
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()
    log.info("service %d ended", process.pid)
