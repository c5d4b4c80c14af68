"""The pages with an empty store of their own, through Streamlit's own test driver."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bench.samples import Run, State
from bench.store import Store
from pages.parts import shared
from tests.factory import a_run

SITE = Path(__file__).parents[2] / "pages" / "site.py"

Open = Callable[..., AppTest]
Kept = Callable[..., str]


def widget(test: AppTest, key: str) -> Any:
    """The widget with that key, whatever its kind: the driver's own types do not tell."""
    return test.get_by_key(key)


def read(shown: str) -> str:
    """What a reader sees of text that was made plain."""
    return shown.replace("\\", "").replace("\u2060", "")


@pytest.fixture
def store() -> Iterator[Store]:
    """The store that the pages use."""
    used = shared.store()
    yield used
    used.close()


@pytest.fixture
def open_page(store: Store) -> Open:  # noqa: ARG001  the pages open the same one
    """A function that opens a page with query parameters."""

    def opened(page: str = "", **query: str) -> AppTest:
        test = AppTest.from_file(str(SITE), default_timeout=30)
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
        if page:
            test.switch_page(str(SITE.parent / page))
            for name, value in query.items():
                test.query_params[name] = value
            test.run()
        assert not test.exception
        return test

    return opened


@pytest.fixture
def kept(store: Store) -> Kept:
    """A function that keeps a made-up run in a state, with its first rounds; its id."""

    def keep(
        state: State = "done",
        run: Run | None = None,
        error: str = "",
        rounds: int = 5,
        owner: str = "",
    ) -> str:
        made = run or a_run()
        first: State = state if state in ("queued", "running") else "running"
        id_ = store.runs.add(made.plan, first, owner, made.environment)
        if first == "running":
            store.queue.beat(id_)
            for outcome in made.outcomes:
                if outcome.round <= rounds:
                    store.runs.keep(id_, outcome)
        if first != state:
            store.runs.end(id_, state, error)
        return id_

    store.queue.service_beat(1)
    return keep
