"""Who may look, and who may start things, as the pages show it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bench.access import VIEW
from pages.parts import shared
from tests.pages.conftest import SITE, Kept, widget
from tests.pages.test_result import words

ANN = {"is_logged_in": True, "email": "Ann@example.org"}
EVE = {"is_logged_in": True, "email": "eve@elsewhere.net"}
NOT_VOUCHED = ANN | {"email_verified": False}

# Each page's buttons that start something.
STARTS = {
    "lab.py": "run",
    "pitfalls.py": "show-all",
    "patterns.py": "show-all",
    "machine.py": "check",
}

See = Callable[..., AppTest]


@pytest.fixture
def see(monkeypatch: pytest.MonkeyPatch) -> Iterator[See]:
    """A function that opens a page as somebody, in a lab of that access."""

    def seen(page: str, access: str, user: dict[str, Any] | None = None, **query: str) -> AppTest:
        monkeypatch.setenv("BENCH_ACCESS", access)
        if access == "login":
            monkeypatch.setenv("BENCH_ALLOW", "example.org")
        test = AppTest.from_file(str(SITE), default_timeout=30)
        if user:
            test.user = user
        test.run()
        test.switch_page(str(SITE.parent / page))
        for name, value in query.items():
            test.query_params[name] = value
        assert not test.run().exception
        return test

    yield seen
    shared.store().close()


@pytest.mark.parametrize(("page", "key"), STARTS.items())
def test_where_it_is_for_viewing_nothing_can_be_started_and_why_is_said(
    see: See, page: str, key: str
) -> None:
    button = widget(see(page, "view"), key)
    assert (button.disabled, button.help) == (True, VIEW)


def test_where_it_is_for_viewing_a_run_is_shown_and_left_as_it_is(see: See, kept: Kept) -> None:
    id_ = kept()
    test = see("result.py", "view", run=id_)
    assert "Processes × 2: 1.8" in words(test)
    assert widget(test, f"continue-{id_}").disabled
    assert all(one.proto.popover.disabled for one in test.get("popover"))


@pytest.mark.parametrize("page", ["lab.py", "history.py", "result.py", "machine.py"])
def test_who_is_not_logged_in_sees_the_way_in_alone(see: See, kept: Kept, page: str) -> None:
    test = see(page, "login", run=kept())
    assert [button.label for button in test.button] == ["Log in"]
    assert words(test) == "Speedup Lab\nLog in to see what was measured here."


def test_who_is_logged_in_and_listed_starts_runs_as_that_address(see: See) -> None:
    test = see("lab.py", "login", ANN)
    widget(test, "run").click().run()
    assert shared.store().queue.owner(test.query_params["run"]) == "ann@example.org"
    assert "Ann@example.org" in [one.value for one in test.text]


@pytest.mark.parametrize("user", [EVE, NOT_VOUCHED])
def test_who_is_logged_in_and_not_listed_looks_on(
    see: See, user: dict[str, Any], kept: Kept
) -> None:
    assert "Processes × 2: 1.8" in words(see("result.py", "login", user, run=kept()))
    button = widget(see("lab.py", "login", user), "run")
    assert button.disabled
    assert "list" in button.help
