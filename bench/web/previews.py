"""Previews of links: what chat tools show of a run's page, in the head of the page itself.

The page comes empty from the server and is filled in by its script, which such tools do not run.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bench.analysis.results import results
from bench.analysis.swept import headline_of
from bench.analysis.words import about, work_in_words
from bench.errors import Refused, Unavailable
from bench.experiments import find_experiment
from bench.exports.escaping import one_line
from bench.store import Store
from bench.store.jobs import Mark

# The parameters that name a run, or a demonstration, in the address of a page.
NAMES = ("run", "shown")

# With these the server would answer with less than the whole page, or pack it.
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True)
class Preview:
    """A title, a sentence, and the path of a picture if there is one."""

    title: str
    sentence: str
    picture: str = ""


class Previews:
    """Adds a preview to pages whose address names a run or a demonstration."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self._app, self._store = app, store
        self._preview = lru_cache(maxsize=500)(self._told)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            named = parse_qs(scope["query_string"].decode("latin-1"))
            ids = [named[name][-1] for name in NAMES if name in named]
            found = await run_in_threadpool(self._find, ids) if ids else None
            if found:
                headers = [pair for pair in scope["headers"] if pair[0] not in _LEFT_OUT]
                tags = _tags(found, Request(scope))
                scope, send = {**scope, "headers": headers}, _Inserting(send, found.title, tags)
        await self._app(scope, receive, send)

    def _find(self, ids: Iterable[str]) -> Preview | None:
        try:
            for id_ in ids:
                if mark := self._store.runs.mark(id_) or self._store.demonstrations.mark(id_):
                    return self._preview(id_, mark)
        except (Refused, Unavailable):  # the page itself says so
            pass
        return None

    def _told(self, id_: str, mark: Mark) -> Preview | None:
        # Loads all charts, which no page needs before there is a run: not with the app.
        from bench.charts.gallery import answer_of
        from bench.exports.pictures import PICTURE

        if run := self._store.runs.find(id_):
            if not mark.ended:
                return Preview(f"{work_in_words(run.plan)}: {mark.state}", about(run))
            found = headline_of(run, results(run), "warm")
            return Preview(found, about(run), f"share/{id_}/{answer_of(run.plan)}.png")
        if shown := self._store.demonstrations.find(id_):
            experiment = find_experiment(shown.asked.experiment)
            if not shown.facts:
                return Preview(experiment.title, f"“{experiment.belief}”")
            judged = experiment.judge(shown.facts)
            sentence = f"“{experiment.belief}” {judged.verdict.capitalize()}. {judged.explanation}"
            return Preview(experiment.title, sentence, f"share/{id_}/{PICTURE}.png")
        return None


def _tags(preview: Preview, request: Request) -> str:
    """The preview as Open Graph; addresses are those that the page was asked for with."""
    told = {
        "og:site_name": "Speedup Lab",
        "og:type": "article",
        "og:title": preview.title,
        "og:description": preview.sentence,
        "og:url": str(request.url),
        "description": preview.sentence,
    }
    if preview.picture:
        told |= {
            "og:image": f"{request.base_url}{preview.picture}",
            "og:image:type": "image/png",
            "og:image:alt": preview.title,
            "twitter:card": "summary_large_image",
        }
    return "".join(f"{_tag(name, text)}\n" for name, text in told.items())


def _tag(name: str, text: str) -> str:
    key = "property" if name.startswith("og:") else "name"
    return f'<meta {key}="{name}" content="{html.escape(one_line(text))}">'


class _Inserting:
    """Passes an answer on; a page gets its title, and tags at the end of its head."""

    def __init__(self, send: Send, title: str, tags: str) -> None:
        self._send, self._title, self._tags = send, html.escape(one_line(title)), tags
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._whole()
        else:
            await self._send(message)

    async def _whole(self) -> None:
        page = self._body.decode()
        page = _TITLE.sub(lambda _: f"<title>{self._title}</title>", page, count=1)
        body = page.replace("</head>", f"{self._tags}</head>", 1).encode()
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    headers = dict(start["headers"])
    is_html: bool = headers.get(b"content-type", b"").startswith(b"text/html")
    return is_html and start["status"] == 200
