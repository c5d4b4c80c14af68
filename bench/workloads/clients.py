"""HTTP clients for the workloads that download: one for threads, one for coroutines.

A program has its client loaded before it begins to download, so builders call `load_clients`.
"""

import functools
import threading
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

    import aiohttp
    import requests

PACKAGES = ("requests", "aiohttp")

# Longest that an answer may take, in seconds.
PATIENCE = 60


def load_clients() -> None:
    """Import both clients."""
    import aiohttp  # noqa: F401
    import requests  # noqa: F401


@functools.cache
def of_thread() -> threading.local:
    """What each thread keeps for itself: made once a process, and never sent to another one."""
    return threading.local()


def session_of_thread() -> "requests.Session":
    """This thread's own session: requests does not promise that one may be shared."""
    mine = of_thread()
    if not hasattr(mine, "session"):
        import requests

        mine.session = requests.Session()
        # No proxy may stand before a server on this machine.
        mine.session.trust_env = False
    return mine.session  # type: ignore[no-any-return]  # threads keep anything


def fetch(url: str) -> bytes:
    """The body of a page, through requests. Raises requests.HTTPError."""
    response = session_of_thread().get(url, timeout=PATIENCE)
    response.raise_for_status()
    return response.content


Sessions = AsyncGenerator["aiohttp.ClientSession", None]

of_loop: "dict[asyncio.AbstractEventLoop, Sessions]" = {}


async def sessions_of_loop() -> Sessions:
    """One and the same session, again and again, until the event loop ends.

    A session belongs to its loop and must be closed on it, but tasks are not told of its end.
    Asynchronous generators are: `asyncio.run` and `asyncio.Runner` close those still open.
    """
    import asyncio

    import aiohttp

    # Its own limit of 100 connections would stand in the executor's way.
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    session = aiohttp.ClientSession(connector=connector, timeout=timeout)
    try:
        while True:
            yield session
    finally:
        del of_loop[asyncio.get_running_loop()]
        await session.close()
        await asyncio.sleep(0)  # its sockets are closed in the loop's next turn


async def afetch(url: str) -> bytes:
    """The body of a page, through aiohttp. Raises aiohttp.ClientResponseError."""
    import asyncio

    loop = asyncio.get_running_loop()
    if loop not in of_loop:
        of_loop[loop] = sessions_of_loop()
    session = await anext(of_loop[loop])
    async with session.get(url) as response:
        response.raise_for_status()
        return await response.read()
