"""Visits an app as browsers do: `visitors.py URL COUNT`, with pages to turn to on standard input.

So many open the first page, one after the other, from when the app answers; it says `at` which
moment of the system's clock all were there. Then the first of them turns to each page that a line
names (`name` and `query`, in JSON), and the seconds until the page's script had run are told in a
line each. What went wrong is told with them.
"""

import asyncio
import json
import sys
import time
from collections.abc import Mapping

import aiohttp

from benchmarks.scripts.viewers import Seen, Viewer, connected

# How often an app is tried that does not answer yet, and how long a page may take, in seconds.
AGAIN, PATIENCE = 0.02, 60.0


async def visited(url: str, count: int) -> None:
    seen = Seen()
    limit = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=limit) as session, asyncio.TaskGroup() as reading:
        first = await _there(session, url, seen)
        first.rest()
        others = []
        for _ in range(count - 1):
            # Who is connected must read, or the server takes it for gone.
            viewer = await _there(session, url, seen)
            others.append(reading.create_task(viewer.watch()))
        _say({"at": time.monotonic(), "errors": seen.errors})
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            began = time.perf_counter()
            async with asyncio.timeout(PATIENCE):
                await first.turn(asked["name"], asked["query"])
            _say({"seconds": time.perf_counter() - began, "errors": seen.errors})
        for other in others:
            other.cancel()


async def _there(session: aiohttp.ClientSession, url: str, seen: Seen) -> Viewer:
    """A visitor for whom the first page is there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                socket = await connected(session, url)
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(AGAIN)
            else:
                viewer = Viewer(socket, "", seen, "")
                await viewer.open()
                return viewer


def _say(told: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    url, count = sys.argv[1:]
    # What is imported when it is first used would be taken for the app's own time.
    import streamlit.proto.BackMsg_pb2
    import streamlit.proto.ForwardMsg_pb2  # noqa: F401

    _say({"ready": True})
    asyncio.run(visited(url, int(count)))
