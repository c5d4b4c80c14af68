"""An OpenID Connect provider on the loopback: discovery, authorize, token, keys and logout.

It asks who one is, and believes it. What it gives out is signed (RS256) and good for one use, for
the client, address and verifier that it was asked for with.
"""

import socket
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from secrets import token_urlsafe
from urllib.parse import parse_qsl, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "lab", "the lab's own secret"

# Who may be chosen, with what the provider says of them.
PEOPLE: Mapping[str, Mapping[str, object]] = {
    "ann@example.org": {"email_verified": True},
    "eve@elsewhere.net": {"email_verified": True},
}


@dataclass(frozen=True)
class Asked:
    """What a code was given for."""

    email: str
    redirect: str
    nonce: str
    challenge: str


class Provider:
    """One provider at an address."""

    def __init__(self, url: str) -> None:
        self._url, self._key = url, RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self._codes: dict[str, Asked] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route(
                    "/jwks", lambda _: JSONResponse({"keys": [self._key.as_dict(private=False)]})
                ),
                Route("/logout", lambda r: RedirectResponse(r.query_params[BACK])),
            ]
        )

    def _discovery(self, _: Request) -> Response:
        names = {"authorization": "authorize", "token": "token", "end_session": "logout"}
        return JSONResponse(
            {f"{name}_endpoint": f"{self._url}/{path}" for name, path in names.items()}
            | {
                "issuer": self._url,
                "jwks_uri": f"{self._url}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
        links = []
        for email in PEOPLE:
            code = token_urlsafe()
            self._codes[code] = Asked(
                email, asked["redirect_uri"], asked["nonce"], asked["code_challenge"]
            )
            back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            links.append(f'<p><a href="{escape(back)}">{email}</a></p>')
        return HTMLResponse(f"<h1>Who are you?</h1>{''.join(links)}")

    async def _token(self, request: Request) -> Response:
        given = dict(parse_qsl((await request.body()).decode()))
        asked = self._codes.pop(given["code"])
        basic = "Basic " + b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = sha256(given["code_verifier"].encode()).digest()
        assert request.headers["authorization"] == basic
        assert given["redirect_uri"] == asked.redirect
        assert urlsafe_b64encode(digest).decode().rstrip("=") == asked.challenge
        now = int(time.time())
        claims = {
            "iss": self._url,
            "aud": CLIENT,
            "sub": asked.email,
            "nonce": asked.nonce,
            "iat": now,
            "exp": now + 600,
            "email": asked.email,
            **PEOPLE[asked.email],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self._key)
        return JSONResponse(
            {"access_token": token_urlsafe(), "token_type": "Bearer", "id_token": signed}
        )


BACK = "post_logout_redirect_uri"


@contextmanager
def provider() -> Iterator[str]:
    """A provider that runs while the context lasts; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(Provider(url).app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join()
