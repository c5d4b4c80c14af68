"""What somebody might try with a running app: markup, forged messages, other names and origins.

The host's lock is held meanwhile, so that what is queued stays queued.
"""

from collections.abc import Callable
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import InvalidStatus

from bench.access import OPERATOR, Who
from bench.store import Store
from pages.parts import shared
from tests.browser.conftest import App
from tests.browser.forged import FORGED, click, is_offered
from tests.browser.talking import ids, talk
from tests.build import a_plan
from tests.exports.hostile import FORMULA, IMAGE, LINK, SCRIPT, a_hostile_run
from tests.keeping import keep_run

NewPage = Callable[..., Page]

NAME = "<svg onload=alert(1)> ![x](http://example.org/x.png)"
NOTE = f"{SCRIPT}\n{IMAGE}\n{LINK}\n{FORMULA}\n$\\href{{javascript:alert(1)}}{{x}}$ :material/x:"
LABEL = "<b onclick=alert(1)>"

EVIL = "http://evil.example"


@pytest.fixture(scope="module")
def app(idle_app: App) -> App:
    return idle_app


@pytest.fixture(scope="module")
def hostile(store: Store) -> str:
    """A run in which all that people and work can say is hostile; its id."""
    id_ = keep_run(store, a_hostile_run(), "failed", f"{SCRIPT} {IMAGE} {LINK}")
    store.history.describe(id_, NAME, NOTE, [LABEL], OPERATOR)
    return id_


def test_nothing_that_people_say_acts_on_any_page(
    new_page: NewPage, app: App, hostile: str
) -> None:
    pages = {
        f"/result?run={hostile}": "What it was measured on",
        f"/history?q={quote(NAME)}": LABEL,
        f"/compare?a={hostile}&b={quote(IMAGE)}": "Compare",
        f"/result?run={quote(IMAGE + SCRIPT)}": "There is no such run",
        f"/pitfalls?show={quote(IMAGE)}&set={quote(SCRIPT)}": "There is no such set",
    }
    page, asked, happened = watched(new_page)
    for address, said in pages.items():
        page.goto(f"{app.url}{address}")
        expect(page.get_by_text(said).first).to_be_visible(timeout=30_000)
        assert happened == []
        elsewhere = [url for url in asked if not url.startswith((app.url, "data:", "blob:"))]
        assert elsewhere == []
        assert page.locator("a[href*='example.org'], a[href^='javascript']").count() == 0
        assert page.locator("img[src*='example'], svg[onload], b[onclick]").count() == 0


def watched(new_page: NewPage) -> tuple[Page, list[str], list[str]]:
    """A page, what it will ask servers for, and what will run in it that should not."""
    page, asked, happened = new_page("about:blank"), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: happened.append(dialog.message))
    page.on("pageerror", lambda error: happened.append(str(error)))
    return page, asked, happened


def test_a_page_elsewhere_cannot_show_the_app_within_it(browser: Browser, app: App) -> None:
    page = browser.new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.set_content(f"<iframe src='{app.url}/lab'></iframe>")
    page.close()


def test_a_session_starts_and_stops_its_own(app: App, store: Store) -> None:
    with talk(app.url) as session:
        session.run("lab", "", click(ids(session.run("lab"))["run"]))
        id_ = store.history.page(1)[0].run.id
        assert state_of(store, id_) == "queued"
        stop = ids(session.run("result", f"run={id_}"))[f"stop-{id_}"]
        session.run("result", f"run={id_}", click(stop))
    assert state_of(store, id_) == "stopped"


def state_of(store: Store, id_: str) -> str:
    mark = store.runs.mark(id_)
    assert mark
    return mark.state


@pytest.mark.parametrize("key", FORGED)
def test_what_no_form_offers_is_not_started(app: App, store: Store, key: str) -> None:
    before = {entry.run.id for entry in store.history.page(50)}
    with talk(app.url) as session:
        found = ids(session.run("lab"))
        session.run("lab", "", FORGED[key](found[key]), click(found["run"]))
    for entry in store.history.page(50):
        if entry.run.id not in before:
            plan = entry.run.plan
            store.queue.stop(entry.run.id, OPERATOR)
            assert is_offered(plan)


def test_a_button_that_is_closed_does_nothing_when_it_is_pressed_all_the_same(
    app: App, store: Store
) -> None:
    id_ = store.queue.submit(a_plan(), Who("somebody else"))
    with talk(app.url) as session:
        stop = ids(session.run("result", f"run={id_}"))[f"stop-{id_}"]
        session.run("result", f"run={id_}", click(stop))
        # Nor does a widget that calls itself by the name of what tells who is there.
        mine = WidgetState(id=shared.SESSION, string_value="somebody else")
        session.run("result", f"run={id_}", mine, click(stop))
    assert state_of(store, id_) == "queued"
    store.queue.stop(id_, OPERATOR)


@pytest.mark.parametrize("frame", [b"\xff\xff\xff", b"\x00" * 30_000_000], ids=["noise", "huge"])
def test_noise_ends_its_own_session_and_no_other(app: App, frame: bytes) -> None:
    with talk(app.url) as other:
        other.run("lab")
        with talk(app.url) as session:
            session.run("lab")
            session.send(frame)
            assert session.closed() in (1002, 1009)
        assert other.run("lab")


@pytest.mark.parametrize("headers", [{"Origin": EVIL}, {"Origin": "http://localhost:3000"}])
def test_pages_of_other_origins_open_no_session(app: App, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused, talk(app.url, headers):
        pass
    assert refused.value.response.status_code == 403


def test_the_app_answers_by_its_own_name_alone_and_guards_every_answer(app: App) -> None:
    for path in ("/", "/share/x.json", "/_stcore/health", "/_stcore/agent/openapi.json"):
        there = requests.get(app.url + path, timeout=30)
        assert there.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in there.headers["content-security-policy"]
        assert (
            requests.get(app.url + path, headers={"Host": EVIL[7:]}, timeout=30).status_code == 400
        )


def test_a_file_that_no_page_asked_for_is_not_taken(app: App) -> None:
    address = f"{app.url}/_stcore/upload_file/nobody/x"
    answer = requests.put(address, files={"file": b"x" * 3_000_000}, timeout=30)
    assert answer.status_code in (400, 403, 413)


def test_no_path_leads_out_of_what_is_served(app: App) -> None:
    for path in ("/app/static/..%2f..%2fapp.py", "/app/static/%2e%2e/site.py", "/media/..%2fx"):
        answer = requests.get(app.url + path, timeout=30)
        assert answer.status_code in (400, 403, 404) or "<title>Streamlit" in answer.text
        assert "import streamlit" not in answer.text


def test_no_driver_other_than_a_browser_is_let_in(app: App) -> None:
    answer = requests.post(f"{app.url}/_stcore/agent/interact", json={}, timeout=30)
    assert answer.status_code >= 400
