"""Those who watch take turns with what is timed.

    browser ──polls──► held, while something is timed ──one after the other──► the page's script
            ──clicks────────────────────────────────────────────────────────►

While a trial is timed, nothing new can be seen of its run, and looking takes CPU from it. Between
trials an interpreter starts, which nobody measures: that is when polls are answered. Whoever clicks
is answered at once.
"""

import asyncio
import time
from asyncio import FIRST_COMPLETED, Future, ensure_future
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A poll is held no longer than that, in seconds: a pass may take minutes.
PATIENCE = 10.0

# While one waits, it is asked so often whether something is timed (s). An interpreter takes 60 ms
# and more to start.
LOOK = 0.03

# What one poll takes, more or less (s): the next one looks again after that.
EACH = 0.015

# The name of what a browser asks again by itself; None for what people do.
PollOf = Callable[[bytes], str | None]


class Turns:
    """Lets those who wait go one after the other, while nothing is timed. `clock` gives seconds."""

    def __init__(
        self,
        timed: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._timed, self._clock, self._sleep = timed, clock, sleep
        self._door = asyncio.Lock()
        self._free = 0.0

    async def mine(self) -> None:
        """Wait until it is one's turn, or for as long as one's patience lasts."""
        until = self._clock() + PATIENCE
        async with self._door:
            while self._clock() < until and (wait := self._wait()):
                await self._sleep(wait)
            self._free = self._clock() + EACH

    def _wait(self) -> float:
        """How long to wait before it is asked again, in seconds; 0 if it is free."""
        return LOOK if self._timed() else max(0.0, self._free - self._clock())


class TakeTurns:
    """Holds polls that come through websockets until it is their turn."""

    def __init__(self, app: ASGIApp, turns: Turns, poll_of: PollOf) -> None:
        self._app, self._turns, self._poll_of = app, turns, poll_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        said = _Said(receive, self._turns, self._poll_of)
        try:
            await self._app(scope, said.next, send)
        finally:
            said.end()


class _Said:
    """What one browser says; of the polls of one name that are held, the last one is kept."""

    def __init__(self, receive: Receive, turns: Turns, poll_of: PollOf) -> None:
        self._receive, self._turns, self._poll_of = receive, turns, poll_of
        self._held: OrderedDict[str, Message] = OrderedDict()
        self._coming: Future[Message] | None = None
        self._turn: Future[None] | None = None

    async def next(self) -> Message:
        """What is to be passed on next."""
        while True:
            coming = self._coming = self._coming or ensure_future(self._receive())
            turn = self._turn
            if self._held and turn is None:
                turn = self._turn = ensure_future(self._turns.mine())
            await asyncio.wait([one for one in (coming, turn) if one], return_when=FIRST_COMPLETED)
            if coming.done():
                self._coming = None
                message = coming.result()
                name = self._poll_of(message.get("bytes") or b"")
                if name is None:
                    return message
                self._held[name] = message
            elif turn:
                self._turn = None
                turn.result()
                return self._held.popitem(last=False)[1]

    def end(self) -> None:
        for waiting in (self._coming, self._turn):
            if waiting:
                waiting.cancel()
