"""What browsers are told that an answer may do; in a real browser, see tests/browser."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.web import Guard
from tests.web.calling import Answer, get

PAGE = "<html><script>\n  begin = 1\n</script><script src='./x.js'></script></html>"
# Of the script within it, as `openssl dgst -sha256 -binary | base64` has it.
DIGEST = "'sha256-FsJwAjPHWBG5buhZ9lOcn9NDafHbrVqiOr9x3CWIWEc='"


def own(_: object) -> Response:
    return PlainTextResponse("", headers={"Content-Security-Policy": "sandbox"})


def answer(address: str = "/", embed: tuple[str, ...] = ()) -> Answer:
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse("")), Route("/own", own)],
        middleware=[Middleware(Guard, page=PAGE, embed=embed)],
    )
    return get(app, address)


def policy(embed: tuple[str, ...] = ()) -> dict[str, str]:
    told = answer(embed=embed).headers["content-security-policy"]
    return dict(part.strip().partition(" ")[::2] for part in told.split(";"))


def test_scripts_are_the_apps_own_files_and_those_that_stand_in_its_page() -> None:
    assert policy()["script-src"] == f"'self' {DIGEST}"
    assert policy()["default-src"] == "'self'"
    assert policy()["object-src"] == policy()["base-uri"] == "'none'"


@pytest.mark.parametrize("address", ["/", "/own", "/nothing"])
def test_every_answer_is_guarded(address: str) -> None:
    headers = answer(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "content-security-policy" in headers


def test_an_answer_with_a_policy_of_its_own_keeps_it() -> None:
    assert answer("/own").headers["content-security-policy"] == "sandbox"


def test_no_other_origin_shows_the_app_within_its_page_unless_it_is_listed() -> None:
    assert policy()["frame-ancestors"] == "'self'"
    origins = ("https://wiki.example.org", "http://127.0.0.1:3000")
    assert policy(origins)["frame-ancestors"] == " ".join(origins)
    assert policy(("*",))["frame-ancestors"] == "*"
    assert "x-frame-options" not in answer(embed=origins).headers
