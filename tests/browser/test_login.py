"""Logging in for real: a provider, the app and a browser, each by its own address."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.settings import settings
from bench.store import Store
from tests.browser.axe import findings
from tests.browser.conftest import App, free_port, running
from tests.factory import a_run
from tests.keeping import keep_run

pytest.importorskip("authlib", reason="logging in needs Authlib")
pytest.importorskip("httpx", reason="logging in needs httpx")

COOKIES = "0123456789abcdef0123456789abcdef-signs"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with a provider of its own, where those of example.org may start things."""
    from tests.browser.provider import CLIENT, SECRET, provider

    folder, port = tmp_path_factory.mktemp("login"), free_port()
    with provider() as url:
        auth = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": COOKIES,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{url}/.well-known/openid-configuration",
        }
        secrets = folder / "secrets.toml"
        lines = [f"{name} = {json.dumps(value)}" for name, value in auth.items()]
        secrets.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
        more = {"BENCH_ACCESS": "login", "BENCH_ALLOW": "example.org"}
        with running(folder, port, STREAMLIT_SECRETS_FILES=str(secrets), **more) as started:
            yield started


def kept(app: App) -> Store:
    return Store(settings({"BENCH_DATA": str(app.data)}))


def log_in(context: BrowserContext, app: App, email: str) -> Page:
    """Log in as somebody, through the provider's page."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(app.url)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name=email).click()
    expect(page.get_by_text(email)).to_be_visible()
    return page


def test_who_is_listed_logs_in_runs_and_logs_out(browser: Browser, app: App) -> None:
    with kept(app) as store:
        shown = keep_run(store, a_run())
    context = browser.new_context()
    page = log_in(context, app, "ann@example.org")
    page.get_by_text("rigorous", exact=True).click()
    expect(page.get_by_text(re.compile(r"at most about 5 min")).first).to_be_visible()
    page.locator(".st-key-run button").click()
    page.wait_for_url(re.compile(r"run=[0-9a-z]{12}"))
    id_ = page.url.partition("run=")[2]
    with kept(app) as store:
        assert store.queue.owner(id_) == "ann@example.org"

    # Another browser, the same login: what she started is still hers to stop.
    other = browser.new_context()
    there = log_in(other, app, "ann@example.org")
    there.goto(f"{app.url}/result?run={id_}")
    there.locator("[class*=st-key-stop-]").get_by_role("button").click()
    expect(there.get_by_text("What it was measured on")).to_be_visible(timeout=60_000)

    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    page.goto(f"{app.url}/result?run={shown}")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    expect(page.get_by_text("Processes × 2")).to_have_count(0)
    context.close()
    other.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_to_log_in_has_no_grave_finding(
    browser: Browser, app: App, theme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=theme)
    page.goto(app.url)
    expect(page.get_by_role("button", name="Log in")).to_be_visible(timeout=30_000)
    assert findings(page) == []
    page.close()


def test_who_is_not_listed_looks_and_starts_nothing(browser: Browser, app: App) -> None:
    context = browser.new_context()
    page = log_in(context, app, "eve@elsewhere.net")
    expect(page.locator(".st-key-run button").last).to_be_disabled()
    context.close()


def test_without_a_login_no_address_tells_anything(app: App) -> None:
    with kept(app) as store:
        id_ = keep_run(store, a_run())
    there = requests.get(f"{app.url}/share/{id_}.json", timeout=30)
    assert there.status_code == 403
    page = requests.get(f"{app.url}/result?run={id_}", timeout=30)
    assert "og:title" not in page.text


def test_no_secret_is_logged(app: App) -> None:
    from tests.browser.provider import SECRET

    log = Path(app.data / "app.log").read_text(encoding="utf-8")
    assert "service" in log
    for secret in (SECRET, COOKIES, "id_token", "ann@example.org"):
        assert secret not in log
