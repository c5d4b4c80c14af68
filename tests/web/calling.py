"""Asking an ASGI application for an address, without a server."""

from collections.abc import Mapping
from typing import NamedTuple

import anyio
from starlette.types import ASGIApp, Message


class Answer(NamedTuple):
    """What an application answers."""

    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def get(app: ASGIApp, address: str, **headers: str) -> Answer:
    """The answer to a GET; a header's name has underscores for its hyphens."""
    path, _, query = address.partition("?")
    given = {"host": "lab.example:8501", **{n.replace("_", "-"): v for n, v in headers.items()}}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 1),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def call() -> None:
        await app(scope, receive, send)

    anyio.run(call)
    start, *bodies = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(one.get("body", b"") for one in bodies))
