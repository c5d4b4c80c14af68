"""What older versions gave away still opens: run files and links, kept as they were then.

A file or a link in tests/fixtures stays as it is: what is new gets new ones beside it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from bench.asking.experiments import ask
from bench.exports.json_run import run_json
from bench.imports.bringing import bring_in
from bench.settings import settings
from bench.store import Store
from bench.web import share_routes
from pages.parts import shared
from tests.exports.schema import SCHEMA
from tests.keeping import keep_race
from tests.pages.conftest import SITE
from tests.web.calling import get

FOLDER = Path(__file__).parent / "fixtures"
FILES = {path.stem: path for path in sorted((FOLDER / "v1").glob("*.json"))}
LINKS: dict[str, list[str]] = json.loads((FOLDER / "links.json").read_text(encoding="utf-8"))


@pytest.fixture
def store() -> Store:
    """The store that the pages use, too."""
    return shared.store()


def kept(store: Store, name: str) -> str:
    return bring_in(store, settings(), FILES[name].read_bytes())


def figures(plain: Any, figure: str) -> dict[tuple[str, str], dict[str, float | None]]:
    """What a file tells of each contender, warm and cold: its time or speedup, to twelve digits."""
    return {
        (one["name"], mode): {
            end: None if value is None else float(f"{value:.12g}") for end, value in told.items()
        }
        for one in plain["analysis"]["contenders"]
        for mode in ("warm", "cold")
        if (told := one[mode][figure])
    }


@pytest.mark.parametrize("name", FILES)
def test_an_old_file_opens_with_its_figures(name: str, store: Store) -> None:
    before = json.loads(FILES[name].read_text(encoding="utf-8"))
    run = store.runs.find(kept(store, name), traces=True)
    assert run
    now = run_json(run)
    assert figures(now, "seconds") == figures(before, "seconds")
    # Later versions may estimate speedups better: not so that they contradict what was told.
    told = figures(before, "speedup")
    assert figures(now, "speedup").keys() == told.keys()
    for one, speedup in figures(now, "speedup").items():
        low, estimate, high = told[one]["low"], speedup["estimate"], told[one]["high"]
        assert low is None or high is None or estimate is None or low <= estimate <= high
    for key in ("state", "error", "created", "plan", "samples", "failures"):
        for one, other in zip(parts(now[key]), parts(before[key]), strict=True):
            # Keys may be added since.
            assert not isinstance(other, dict) or one.items() >= other.items()
            assert isinstance(other, dict) or one == other
    assert before.keys() <= set(SCHEMA["properties"])


def parts(plain: Any) -> list[Any]:
    return plain if isinstance(plain, list) else [plain]


@pytest.mark.parametrize("link", LINKS["pages"])
def test_an_old_link_to_a_page_shows_it(link: str, store: Store) -> None:
    test = AppTest.from_file(str(SITE), default_timeout=30).run()
    page, _, query = filled(link, store).lstrip("/").partition("?")
    asked = dict(pair.split("=", 1) for pair in query.split("&") if pair)
    if page:
        test.switch_page(str(SITE.parent / f"{page}.py"))
    for name, value in asked.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    assert not test.error
    assert f'url_path="{page or "lab"}"' in SITE.read_text(encoding="utf-8")


@pytest.mark.parametrize("link", LINKS["share"])
def test_an_old_address_of_an_export_answers(link: str, store: Store) -> None:
    app = Starlette(routes=share_routes(store))
    answer = get(app, filled(link, store))
    assert answer.code == 200
    assert answer.body


def filled(link: str, store: Store) -> str:
    """The link with ids of runs that were kept in files, and of a demonstration."""
    for name in FILES:
        if f"{{{name}}}" in link:
            link = link.replace(f"{{{name}}}", kept(store, name))
    if "{again}" in link:
        link = link.replace("{again}", kept(store, "plain"))
    return link.replace("{race}", keep_race(store)) if "{race}" in link else link


def test_the_experiments_of_old_links_are_known() -> None:
    for link in LINKS["pages"]:
        if "show=" in link:
            name = link.partition("show=")[2].partition("&")[0]
            assert ask(name, {}).experiment == name
