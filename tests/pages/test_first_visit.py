"""Before anybody has run anything: what the lab is, one button, and an example to look at."""

import pytest
from streamlit.testing.v1 import AppTest

from bench.guides.example import EXAMPLE, example
from bench.store import Store
from pages.parts.example_view import CAPTIONS
from tests.pages.conftest import Kept, Open, read, widget

WELCOME = "All ways in turn"


def said(test: AppTest) -> str:
    return read("\n".join(one.value for one in (*test.markdown, *test.caption)))


def examples(test: AppTest) -> list[str]:
    """The links to the example."""
    asked = [link.proto.query_string for link in test.get("page_link")]
    return [query for query in asked if query == f"run={EXAMPLE}"]


def test_a_first_visit_says_what_the_lab_does_and_what_its_button_will_do(open_page: Open) -> None:
    test = open_page()
    assert WELCOME in said(test)
    assert "Count the primes below a limit: sequentially, and with threads and processes" in said(
        test
    )
    assert not widget(test, "run").disabled
    assert len(examples(test)) == 1


def test_the_form_is_folded_away_but_for_a_link_that_fills_it_in(open_page: Open) -> None:
    for query, expanded in (({}, False), ({"form": "1"}, True)):
        folded, *_ = open_page(**query).expander
        assert folded.proto.expanded == expanded


def test_once_there_is_a_run_the_form_comes_first(open_page: Open, kept: Kept) -> None:
    kept()
    test = open_page()
    assert WELCOME not in said(test)
    assert not examples(test)


@pytest.mark.parametrize("page", ["history.py", "result.py"])
def test_pages_that_have_nothing_to_show_yet_lead_to_the_example(
    open_page: Open, page: str
) -> None:
    assert len(examples(open_page(page))) == 1


def test_the_example_is_marked_explained_and_in_no_list(open_page: Open, store: Store) -> None:
    test = open_page("result.py", run=EXAMPLE)
    assert read(test.header[0].value).startswith("Processes × 2: 1.")
    told = said(test)
    assert "It comes with the lab" in told
    assert all(read(caption) in told for caption in CAPTIONS.values())
    assert len(test.get("vega_lite_chart")) == 3
    assert store.history.count() == store.runs.count() == 0


def test_the_example_cannot_be_changed_continued_or_given_away(open_page: Open) -> None:
    test = open_page("result.py", run=EXAMPLE)
    assert not test.button
    assert not test.get("download_button")
    assert not test.get("popover")
    widget(test, f"mode-{example().id}").set_value("with pool start-up").run()
    assert not test.exception
