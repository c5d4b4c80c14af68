"""Exports by address: /share/RUN.json, /share/RUN/times.svg?theme=dark, /share/RUN/trace.json …

An export of what has ended is kept and carries a tag: who has it already is told so. It may still
change, as a run can go on or be deleted; so it is asked for again after a few minutes.
"""

import re
from collections.abc import Hashable, Mapping
from functools import cached_property
from hashlib import sha256
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.digest import code_digest
from bench.errors import Refused, Unavailable
from bench.measure.own.work import own_work
from bench.store import Store
from bench.web.shelf import Busy, Made, Shelf

# How long an answer may be used without asking again, in seconds.
FRESH = 300

_ADDRESS = re.compile(r"([0-9a-z]{12})(\.[a-z]+|/[a-z-]+\.[a-z]+)")

# What a browser may do with a file that it shows by itself: nothing beyond drawing it.
_POLICIES = {
    "image/svg+xml": "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
    "text/html": "sandbox allow-scripts",
}

NO_ADDRESS = "There is nothing at this address: exports of a run are at /share/RUN.json and alike."
NO_RUN = "There is no such run. It may have been deleted, or the link was cut short."
CLOSED = (
    "Exports by address are closed here, as runs are for people who are logged in: download them "
    "from the page of the run."
)
BUSY = "Too many exports are being made: try again in a few seconds."


class NotFound(LookupError):
    """There is nothing at an address; the sentence says why."""


def share_routes(store: Store, shelf: Shelf | None = None) -> list[Route]:
    """The addresses below /share of what that store has."""
    shares = _Shares(store, shelf or Shelf())
    # A plain function: Starlette calls it in a thread, off the event loop.
    return [Route("/share/{rest:path}", shares.answer)]


def closed_routes() -> list[Route]:
    """The same addresses where they are for nobody: each says so, whatever there is."""
    return [Route("/share/{rest:path}", lambda _: _sentence(CLOSED, 403))]


class _Shares:
    def __init__(self, store: Store, shelf: Shelf) -> None:
        self._store, self._shelf = store, shelf

    @cached_property
    def _code(self) -> str:
        return code_digest()

    def answer(self, request: Request) -> Response:
        """The export at an address, or a sentence that says why there is none."""
        try:
            return self._found(request)
        except NotFound as reason:
            return _sentence(str(reason), 404)
        except Refused as refusal:
            return _sentence(str(refusal), 400)
        except Busy:
            return _sentence(BUSY, 503, {"Retry-After": "3"})
        except Unavailable as reason:
            return _sentence(str(reason), 503)

    def _found(self, request: Request) -> Response:
        address = _ADDRESS.fullmatch(request.path_params["rest"])
        if address is None:
            raise NotFound(NO_ADDRESS)
        id_, end = address.groups()
        texts = _texts(request)
        mark = self._store.runs.mark(id_) or self._store.demonstrations.mark(id_)
        if mark is None:
            raise NotFound(NO_RUN)
        if not mark.ended:
            return _given(self._shelf.make(None, lambda: self._made(id_, end, texts)), "")
        key = (self._code, mark, end, tuple(sorted(texts.items())))
        tag = _tag(key)
        if tag in _tags(request):
            return Response(status_code=304, headers=_headers(tag))
        kept = self._shelf.find(key)
        return _given(kept or self._shelf.make(key, lambda: self._made(id_, end, texts)), tag)

    def _made(self, id_: str, end: str, texts: Mapping[str, str]) -> Made:
        # Loads all charts, which no page needs before there is a run: not with the app.
        from bench.exports.formats import Job, file_name, formats_of, whole
        from bench.exports.look import look_of

        own_work()  # the run may be of it
        job: Job | None = self._store.runs.find(id_, traces=True)
        job = job or self._store.demonstrations.find(id_)
        if job is None:
            raise NotFound(NO_RUN)
        there = formats_of(job)
        if end not in there:
            known = ", ".join(there)
            raise NotFound(f"There is no {end} of this run; there are {known}.")
        look = look_of(texts, there[end].takes)
        try:
            content = whole(job, there[end], look)
        except Refused as refusal:
            raise NotFound(str(refusal)) from refusal
        return Made(file_name(id_, end), there[end].media_type, content)


def _texts(request: Request) -> dict[str, str]:
    """The parameters of an address. Raises Refused for one that is given twice."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    texts = dict(pairs)
    if len(texts) < len(pairs):
        raise Refused("parameter", pairs[-1][0], "given once")
    return texts


def _given(made: Made, tag: str) -> Response:
    headers = {
        **_headers(tag),
        "Content-Disposition": f'inline; filename="{made.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    if made.media_type in _POLICIES:
        headers["Content-Security-Policy"] = _POLICIES[made.media_type]
    return Response(made.content, headers=headers, media_type=made.media_type)


def _headers(tag: str) -> dict[str, str]:
    if not tag:  # it goes on
        return {"Cache-Control": "no-store"}
    return {"Cache-Control": f"public, max-age={FRESH}", "ETag": tag}


def _tag(key: Hashable) -> str:
    return f'"{sha256(repr(key).encode()).hexdigest()[:24]}"'


def _tags(request: Request) -> list[str]:
    """What the client has already; a proxy that packs an answer marks its tag as weak."""
    given = request.headers.get("if-none-match", "").split(",")
    return [tag.strip().removeprefix("W/") for tag in given]


def _sentence(text: str, code: int, headers: Mapping[str, str] | None = None) -> Response:
    plain = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})}
    return PlainTextResponse(f"{text}\n", code, headers=plain)
