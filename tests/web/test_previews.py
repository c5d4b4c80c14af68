"""Previews of links in the head of a run's page."""

import re
from dataclasses import replace
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bench.store import Store
from bench.web import Previews
from tests.exports.hostile import a_hostile_run
from tests.factory import a_run, a_sweep
from tests.keeping import keep_race, keep_run
from tests.web.calling import get

PAGE = f"<html><head><title>Streamlit</title></head><body>{'x' * 2_000}</body></html>"


@pytest.fixture
def app(store: Store) -> Starlette:
    """Pages as Streamlit serves them: all alike, packed, with a tag."""

    def page(request: Request) -> Response:
        if request.headers.get("if-none-match"):
            return Response(status_code=304)
        return HTMLResponse(PAGE, headers={"ETag": '"page"'})

    return Starlette(
        routes=[
            Route("/data", lambda _: JSONResponse("</head>")),
            Route("/{rest:path}", page),
        ],
        middleware=[Middleware(Previews, store=store), Middleware(GZipMiddleware)],
    )


def told(app: Starlette, address: str) -> dict[str, str]:
    """What a page's head says, as a chat tool reads it."""
    answer = get(app, address, accept_encoding="gzip", if_none_match='"page"')
    assert answer.code == 200
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "etag" not in answer.headers
    head, _, body = answer.text.partition("</head>")
    assert body == PAGE.partition("</head>")[2]
    found = re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', head)
    title = re.findall(r"<title>(.*?)</title>", head)
    return {"title": unescape(title[0])} | {name: unescape(text) for name, text in found}


@pytest.mark.parametrize("path", ["/result", "/lab", "/"])
def test_a_link_to_a_run_shows_its_answer_and_its_chart(
    app: Starlette, store: Store, path: str
) -> None:
    id_ = keep_run(store, a_run())
    head = told(app, f"{path}?run={id_}")
    assert head["title"] == head["og:title"]
    assert head["og:title"].startswith("Processes × 2: 1.8")
    assert head["og:description"].startswith("primes (limit 200,000) · CPython")
    assert head["og:image"] == f"http://lab.example:8501/share/{id_}/speedup.png"
    assert head["og:url"] == f"http://lab.example:8501{path}?run={id_}"
    assert head["twitter:card"] == "summary_large_image"


def test_a_sweep_is_shown_with_its_own_chart(app: Starlette, store: Store) -> None:
    id_ = keep_run(store, a_sweep())
    assert told(app, f"/result?run={id_}")["og:image"].endswith(f"/share/{id_}/sweep.png")


def test_a_run_that_goes_on_has_no_picture_yet(app: Starlette, store: Store) -> None:
    id_ = keep_run(store, a_run(), "running")
    head = told(app, f"/result?run={id_}")
    assert head["og:title"] == "primes (limit 200,000): running"
    assert "og:image" not in head
    store.runs.end(id_, "done")
    assert told(app, f"/result?run={id_}")["og:title"].startswith("Processes × 2")


def test_a_link_to_a_demonstration_shows_belief_verdict_and_picture(
    app: Starlette, store: Store
) -> None:
    id_ = keep_race(store)
    head = told(app, f"/pitfalls?show=race&shown={id_}")
    assert head["og:title"].startswith("Race condition")
    assert "“Threads that add to one counter" in head["og:description"]
    assert head["og:image"] == f"http://lab.example:8501/share/{id_}/picture.png"


def test_what_somebody_wrote_stays_within_its_tag(app: Starlette, store: Store) -> None:
    id_ = keep_run(store, a_hostile_run(), "failed", "<b>")
    page = get(app, f'/result?run={id_}&"><script>=1').text
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    "address", ["/", "/history?page=2", "/result?run=zzz", "/result?run=0123456789ab", "/x?run="]
)
def test_other_pages_stay_as_they_are(app: Starlette, address: str) -> None:
    assert get(app, address).text == PAGE
    assert get(app, address).headers["etag"] == '"page"'
    assert get(app, address, if_none_match='"page"').code == 304
    assert get(app, address, accept_encoding="gzip").headers["content-encoding"] == "gzip"


def test_what_is_no_page_stays_as_it_is(app: Starlette, store: Store) -> None:
    assert get(app, f"/data?run={keep_run(store, a_run())}").text == '"</head>"'


def test_a_sweep_of_work_that_is_gone_still_has_its_answer(app: Starlette, store: Store) -> None:
    run = a_sweep()
    id_ = keep_run(store, replace(run, plan=replace(run.plan, workload="gone")))
    assert "breaks even" in told(app, f"/result?run={id_}")["og:title"]
