"""Every page in every state, as axe-core and a screen reader find it.

The host's lock is held meanwhile, so that what waits stays waiting.
"""

from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser

from bench.errors import Unavailable
from bench.store import Store
from tests.browser.axe import CONTRAST, EXCUSED, Finding, findings
from tests.browser.conftest import App
from tests.browser.states import EMPTY, Made, State, filled, make
from tests.browser.walking import charts, still, turn


@pytest.fixture(scope="module")
def app(idle_app: App) -> App:
    return idle_app


@dataclass
class Walk:
    """What was met on the way through all states, by the state's name and theme."""

    made: Made
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    charts: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def walk(browser: Browser, app: App, store: Store) -> Walk:
    """All states: those of an empty lab first, then those that what is made up brings it to."""
    pages = {theme: browser.new_page(color_scheme=theme) for theme in ("light", "dark")}
    found, drawn = dict[str, list[Finding]](), dict[str, list[str]]()

    def pass_by(state: State) -> None:
        for theme, page in pages.items():
            if theme == "light" or state.dark:
                turn(page, state)
                name = f"{state.name}, {theme}"
                found[name] = findings(page, [CONTRAST] if theme == "dark" else [])
                drawn[name] = charts(page)

    for page in pages.values():
        page.goto(app.url)
        still(page)
    for state in EMPTY:
        pass_by(state)
    made = make(store)
    for state in filled(made):
        with suppress(Unavailable):  # somebody else writes: it was alive a moment ago
            store.queue.beat(made.running)
        pass_by(state)
    for page in pages.values():
        page.close()
    return Walk(made, found, drawn)


def test_no_page_in_any_state_has_a_grave_finding(walk: Walk) -> None:
    ours = {
        name: [one for one in found if one.excuse is None] for name, found in walk.findings.items()
    }
    assert {name: found for name, found in ours.items() if found} == {}


def test_what_is_excused_is_still_there_to_be_excused(walk: Walk) -> None:
    used = {one.excuse for found in walk.findings.values() for one in found}
    assert [one for place, one in enumerate(EXCUSED) if place not in used] == []


def test_every_chart_is_read_out_as_a_sentence(walk: Walk) -> None:
    assert sum(map(len, walk.charts.values())) > 20
    for name, said in walk.charts.items():
        for sentence in said:
            assert sentence, name
            assert " " in sentence, name
