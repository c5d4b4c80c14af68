"""Giving a run or a demonstration away: what its page offers to copy and to download."""

from typing import Any

import pytest

from bench.store import Store
from tests.factory import a_run, a_sweep, traced
from tests.keeping import keep_race, keep_run
from tests.pages.conftest import Kept, Open, widget


def codes(test: Any) -> list[str]:
    return [block.value for block in test.code]


def files(test: Any) -> list[str]:
    return [button.label for button in test.get("download_button")]


@pytest.fixture
def run(store: Store) -> str:
    """A run that is kept with its traces; its id."""
    return keep_run(store, traced(a_run()))


def test_a_run_has_its_link_a_picture_to_paste_and_a_frame(open_page: Open, run: str) -> None:
    link, picture, markdown, html, frame = codes(open_page("result.py", run=run))
    assert link.endswith(f"/result?run={run}")
    assert picture.endswith(f"/share/{run}/speedup.png")
    assert markdown.startswith("[![Processes × 2: 1.8")
    assert markdown.endswith(f"/share/{run}/speedup.png)]({link})")
    assert f'src="{picture}"' in html
    assert f'<iframe src="{link}&amp;embed=true"' in frame


def test_the_picture_is_the_one_that_was_chosen(open_page: Open, run: str) -> None:
    test = open_page("result.py", run=run)
    widget(test, f"mode-{run}").set_value("with pool start-up").run()
    widget(test, f"share-chart-{run}").set_value("timeline").run()
    widget(test, f"share-theme-{run}").set_value("dark").run()
    widget(test, f"share-kind-{run}").set_value("svg").run()
    assert not test.exception
    assert codes(test)[1].endswith(f"/share/{run}/timeline.svg?theme=dark&mode=cold")
    assert "Timeline, SVG" in files(test)


def test_where_people_log_in_there_are_downloads_and_no_addresses(
    open_page: Open, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = open_page("result.py", run=run)
    monkeypatch.setenv("BENCH_ACCESS", "login")
    monkeypatch.setenv("BENCH_ALLOW", "*")
    test.user = {"is_logged_in": True, "email": "ann@example.org"}
    test.run()
    assert len(codes(test)) == 2  # the link and the frame
    assert not any("/share/" in code for code in codes(test))
    assert "HTML report" in files(test)


def test_every_form_can_be_downloaded(open_page: Open, run: str) -> None:
    assert files(open_page("result.py", run=run)) == [
        "Speedup, PNG",
        "JSON",
        "CSV, a row a sample",
        "CSV, a row a contender",
        "Markdown",
        "HTML report",
        "pyperf JSON, a file an executor",
        "Chrome trace, for Perfetto",
    ]


def test_a_sweep_offers_what_it_has(open_page: Open, store: Store) -> None:
    test = open_page("result.py", run=(id_ := keep_run(store, a_sweep())))
    assert codes(test)[1].endswith(f"/share/{id_}/sweep.png")
    assert not [label for label in files(test) if "Chrome trace" in label]


def test_a_run_that_goes_on_cannot_be_given_away_yet(open_page: Open, kept: Kept) -> None:
    test = open_page("result.py", run=kept("running", rounds=2))
    assert not files(test)


def test_a_demonstration_has_the_same(open_page: Open, store: Store) -> None:
    id_ = keep_race(store)
    test = open_page("pitfalls.py", show="race", shown=id_)
    told = codes(test)
    assert any(code.endswith(f"?show=race&shown={id_}") for code in told)
    assert any(code.endswith(f"/share/{id_}/picture.png") for code in told)
    assert files(test) == ["Picture, PNG", "JSON", "Markdown", "HTML report"]
