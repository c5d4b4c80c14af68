"""The pages for those who use no mouse, see no colours, want no motion or have them read out.

The host's lock is held meanwhile, so that what waits stays waiting.
"""

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import Page

from bench.measure.processes.hostlock import host_lock
from bench.settings import settings
from bench.store import Store
from tests.browser.axe import CONTRAST, EXCUSED, Finding, findings
from tests.browser.conftest import App, free_port, running
from tests.browser.states import EMPTY, State, filled, make
from tests.browser.walking import still, turn

NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("accessibility")
    with host_lock(folder / "lock", "a test"), running(folder, free_port()) as started:
        yield started


@pytest.fixture(scope="module")
def store(app: App) -> Iterator[Store]:
    with Store(settings({"BENCH_DATA": str(app.data)})) as opened:
        yield opened


def test_no_page_in_any_state_has_a_grave_finding(new_page: NewPage, store: Store) -> None:
    import time
    found: dict[str, list[Finding]] = {}
    light, dark = new_page(), new_page(dark=True)
    for page in (light, dark):
        still(page)

    def walk(states: Sequence[State]) -> None:
        for state in states:
            for page, rules in ((light, ()), (dark, (CONTRAST,))):
                if "made" in globals(): store.queue.beat(made.running)
                t=time.time()
                turn(page, state)
                t2=time.time()
                found[f"{state.name}, {'dark' if rules else 'light'}"] = findings(page, rules)
                print(state.name, bool(rules), f"{t2-t:.2f} {time.time()-t2:.2f}")

    walk(EMPTY)
    global made
    made = make(store)
    walk(filled(made))
    import json, dataclasses
    json.dump({k:[dataclasses.asdict(f) for f in v] for k,v in found.items()}, open("/tmp/axe/found.json","w"), indent=1)
    grave = {name: [one for one in here if one.excuse is None] for name, here in found.items()}
    assert {name: here for name, here in grave.items() if here} == {}
    used = {one.excuse for here in found.values() for one in here}
    assert used == set(range(len(EXCUSED)))
