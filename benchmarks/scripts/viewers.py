"""Watches a run as browsers do: `viewers.py URL RUN COUNT`, until its standard input ends.

Each viewer is a websocket that speaks Streamlit's own messages: it asks for the run's page, and
then for each part of the page that asks to be asked again, as often as that says. It says so when
all are watching, and at the end in JSON what they saw. It keeps out of the way of what is measured.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp

from bench.service.apart import session_gives_way

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# So many open the page at a time, and a viewer is asked for no longer than that, in seconds.
AT_ONCE, PATIENCE = 4, 60.0


@dataclass
class Seen:
    """What all viewers saw: when polls were answered and how late (s), bytes, and what went wrong.

    A poll that is not answered before the next one is due is counted as missed.
    """

    waits: list[float] = field(default_factory=list)
    received: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def as_json(self) -> Mapping[str, object]:
        return {
            "polls": len(self.waits),
            "waits": self.waits,
            "missed": self.missed,
            "bytes": self.received,
            "errors": self.errors,
            "cpu_s": time.process_time(),
        }


class Viewer:
    """One browser's side of a session."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        query: str,
        seen: Seen,
        name: str = "result",
    ) -> None:
        self._socket, self._name, self._query, self._seen = socket, name, query, seen
        self._page = ""
        self._hashes: set[str] = set()
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._asked: dict[str, float] = {}

    async def open(self) -> None:
        """Ask for the page; it is there when the whole script has run once."""
        await self._ask()
        async for message in self._messages():
            self._take(message)
            if _is_end(message):
                return

    async def turn(self, name: str, query: str) -> None:
        """Go to another page of that name; it is there when its script has run."""
        self.rest()
        self._page, self._name, self._query = "", name, query
        await self.open()

    async def watch(self) -> None:
        """Read what comes, and ask again when it is time."""
        try:
            async for message in self._messages():
                self._take(message)
        finally:
            for timer in self._timers.values():
                timer.cancel()

    async def _ask(self, fragment: str = "") -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._page
        state.page_name = "" if self._page else self._name
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment)
        state.cached_message_hashes.extend(self._hashes)
        state.context_info.timezone = "UTC"
        await self._socket.send_bytes(asked.SerializeToString())

    async def _messages(self) -> "AsyncIterator[ForwardMsg]":
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async for frame in self._socket:
            if frame.type is not aiohttp.WSMsgType.BINARY:
                continue
            self._seen.received += len(frame.data)
            yield ForwardMsg.FromString(frame.data)

    def _take(self, message: "ForwardMsg") -> None:
        if message.metadata.cacheable and message.hash:
            self._hashes.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self.rest()
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self._every(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "script_finished":
            for fragment in list(self._asked):
                self._seen.waits.append(time.monotonic() - self._asked.pop(fragment))
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            self._seen.errors.append(message.delta.new_element.exception.message[:200])

    def _every(self, fragment: str, seconds: float) -> None:
        async def asking() -> None:
            while True:
                await asyncio.sleep(seconds)
                if fragment in self._asked:
                    self._seen.missed += 1
                    continue
                self._asked[fragment] = time.monotonic()
                await self._ask(fragment)

        if old := self._timers.pop(fragment, None):
            old.cancel()
        self._timers[fragment] = asyncio.create_task(asking())

    def rest(self) -> None:
        """Ask for no part of the page again."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._asked.clear()


def _is_end(message: "ForwardMsg") -> bool:
    """Whether the page is there: one that begins again at once is not."""
    again = message.FINISHED_EARLY_FOR_RERUN
    return message.WhichOneof("type") == "script_finished" and message.script_finished != again


async def connected(session: aiohttp.ClientSession, url: str) -> aiohttp.ClientWebSocketResponse:
    """A new session of the app at that address."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    return await session.ws_connect(address, protocols=("streamlit",), origin=url, max_msg_size=0)


async def watched(url: str, run: str, count: int) -> Seen:
    """What so many viewers see until standard input ends."""
    seen, gate = Seen(), asyncio.Semaphore(AT_ONCE)

    async def one(session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        # Who is connected must read, or the server takes it for gone.
        async with gate, asyncio.timeout(PATIENCE):
            socket = await connected(session, url)
            viewer = Viewer(socket, f"run={run}", seen)
            await viewer.open()
        watching.append(asyncio.create_task(viewer.watch()))
        return socket

    watching: list[asyncio.Task[None]] = []
    limit = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=limit) as session:
        sockets = await asyncio.gather(*(one(session) for _ in range(count)))
        sys.stdout.write("watching\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        seen.errors += [f"closed with {one.close_code}" for one in sockets if one.closed]
        for socket in sockets:
            await socket.close()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*watching)
    return seen


if __name__ == "__main__":
    os.nice(19)
    session_gives_way(19)
    url, run, count = sys.argv[1:]
    sys.stdout.write(json.dumps(asyncio.run(watched(url, run, int(count))).as_json()) + "\n")
