"""Which names the lab goes by, and whose pages may speak to it."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.web import Names
from tests.web.calling import asked, get, sent_by

WIKI = "https://wiki.example.org"


async def lab(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await PlainTextResponse("the lab")(scope, receive, send)


def at(*hosts: str, origins: tuple[str, ...] = ()) -> ASGIApp:
    return Names(lab, hosts, origins)


def opens(app: ASGIApp, **headers: str) -> bool:
    """Whether a websocket is accepted; one that is not is closed."""
    (sent,) = sent_by(app, "/_stcore/stream", {"type": "websocket"}, headers)
    assert sent["type"] in ("websocket.accept", "websocket.close")
    return bool(sent["type"] == "websocket.accept")


@pytest.mark.parametrize(
    "host",
    ["lab.example", "LAB.example:8501", "lab.example.", "a.b.lab.org", "localhost:1", "[::1]:8501"],
)
def test_it_answers_by_its_names_and_the_loopbacks(host: str) -> None:
    app = at("Lab.example", "*.lab.org")
    assert get(app, "/", host=host).text == "the lab"
    assert opens(app, host=host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "xlab.example",
        "lab.example.evil.example",
        "lab.org",
        "xlab.org",
        "",
        "[",
        "@",
    ],
)
def test_it_answers_by_no_other_name(host: str) -> None:
    app = at("lab.example", "*.lab.org")
    answer = get(app, "/", host=host)
    assert (answer.code, answer.text.partition(":")[0]) == (
        400,
        "This lab does not go by that name",
    )
    assert not opens(app, host=host)


def test_any_name_will_do_where_the_operator_says_so() -> None:
    assert get(at("*"), "/", host="anything.example").code == 200


def test_its_own_pages_speak_to_it_and_programs_do() -> None:
    app = at("*")
    assert opens(app, origin="http://lab.example:8501")
    assert opens(app, origin="https://lab.example:8501")  # a proxy before it has the certificate
    assert opens(app)
    assert asked(app, "PUT", "/", origin="http://lab.example:8501").code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://localhost:3000", "http://lab.example", "null", f"{WIKI}:444"],
)
def test_pages_of_other_origins_may_look_but_not_act(origin: str) -> None:
    app = at("*", origins=(WIKI,))
    assert not opens(app, origin=origin)
    assert asked(app, "PUT", "/", origin=origin).code == 403
    assert get(app, "/", origin=origin).code == 200


def test_the_operator_may_let_other_origins_act() -> None:
    assert opens(at("*", origins=(WIKI,)), origin=WIKI)
    assert opens(at("*", origins=("*",)), origin="http://evil.example")
