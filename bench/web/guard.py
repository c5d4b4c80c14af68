"""What browsers are told about every answer: what may run in it, who may show it, who hears of it.

Scripts come from the app itself, and nothing is asked of, or sent to, any other server: what slips
through all escaping still does nothing and reaches nobody.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Guard:
    """Adds these headers to answers that do not say otherwise themselves.

    `page` is the frame that the server gives every page in, whose own inline scripts may run;
    `embed` lists the origins whose pages may show this app within them, or * for all.
    """

    def __init__(self, app: ASGIApp, page: str, embed: Sequence[str] = ()) -> None:
        self._app, self._headers = app, _headers(page, embed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)


def _headers(page: str, embed: Sequence[str]) -> Mapping[str, str]:
    scripts = [_digest(script) for script in _SCRIPT.findall(page)]
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *scripts],
        # Streamlit styles what it draws as it draws it.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": embed or ["'self'"],
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {' '.join(policy[name])}" for name in policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    # Older browsers know this one alone, which cannot list origins.
    return headers if embed else headers | {"X-Frame-Options": "SAMEORIGIN"}


def _digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
