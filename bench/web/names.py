"""Which names the lab goes by, and whose pages may speak to it through a reader's browser.

A page elsewhere could let a name of its own point here, or speak across origins. Both are refused
before anything else looks at them: Streamlit would ask another server for its own address first.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# Nobody elsewhere can have these names; a health check on the machine itself uses them.
LOOPBACK = ("localhost", "127.0.0.1", "::1")

NOT_MY_NAME = (
    "This lab does not go by that name: its operator lists its names in server.allowedHosts."
)
NOT_MY_PAGE = (
    "Pages of other origins may not speak to this lab, unless its operator lists them in "
    "server.corsAllowedOrigins."
)

# Methods that change nothing.
_READING = ("GET", "HEAD", "OPTIONS")


class Names:
    """Refuses requests for other hosts, and those that other origins' pages make to act here.

    `hosts` are names, `*.example.org` for all below one, or `*` for any; the loopback's are always
    among them. `origins` are such as https://wiki.example.org, or `*`; the lab's own is always one.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], origins: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts = (*LOOPBACK, *(host.lower().rstrip(".") for host in hosts))
        self._origins = tuple(origin.lower().rstrip("/") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", "").lower(), headers.get("origin", "").lower()
        acts = scope["type"] == "websocket" or scope["method"] not in _READING
        if not self._is_mine(host):
            await _refuse(scope, receive, send, NOT_MY_NAME, 400)
        elif acts and not self._may_act(origin, host):
            await _refuse(scope, receive, send, NOT_MY_PAGE, 403)
        else:
            await self._app(scope, receive, send)

    def _is_mine(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return any(
            one == "*" or name == one or (one.startswith("*.") and name.endswith(one[1:]))
            for one in self._hosts
        )

    def _may_act(self, origin: str, host: str) -> bool:
        # Only browsers tell an origin, and only they can be made to act for somebody else.
        own = not origin or origin.partition("://")[2] == host
        return own or origin in self._origins or "*" in self._origins


async def _refuse(scope: Scope, receive: Receive, send: Send, sentence: str, code: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(f"{sentence}\n", code)(scope, receive, send)
