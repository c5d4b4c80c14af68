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
    return asked(app, "GET", address, **headers)


def asked(app: ASGIApp, method: str, address: str, **headers: str) -> Answer:
    """The answer to a request of that method."""
    start, *bodies = sent_by(app, address, {"type": "http", "method": method}, headers)
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(one.get("body", b"") for one in bodies))


def sent_by(
    app: ASGIApp, address: str, more: Mapping[str, str], headers: Mapping[str, str]
) -> list[Message]:
    """All that an application sends when it is called with that much more in its scope."""
    path, _, query = address.partition("?")
    given = {"host": "lab.example:8501", **{n.replace("_", "-"): v for n, v in headers.items()}}
    scope = {
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 1),
        **more,
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def call() -> None:
        await app(scope, receive, send)

    anyio.run(call)
    return sent
