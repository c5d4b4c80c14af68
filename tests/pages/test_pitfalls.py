"""The Pitfalls page: cards, one experiment with its code, and what was observed."""

from typing import Any

import pytest

from bench.asking.experiments import ask
from bench.experiments import all_experiments
from bench.store import Store
from tests.experiments.performing import performed
from tests.pages.conftest import Open, widget

ASKED = ask("race", {"threads": 2, "increments": 1_000})


def words(test: Any) -> str:
    """All that the page says, without Markdown's escapes."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "error", "info")
    texts = [block.value for kind in kinds for block in test.get(kind)]
    return "\n".join(texts).replace("\\", "")


@pytest.fixture
def shown(store: Store) -> str:
    """A performed experiment; its id."""
    id_ = store.demonstrations.add(ASKED, "running")
    events, facts = performed("race", threads=2, increments=1_000)
    for event in events:
        store.demonstrations.keep(id_, event)
    store.demonstrations.tell(id_, facts, "")
    store.demonstrations.end(id_, "done")
    return id_


def test_all_of_them_are_queued_with_one_click_and_told_in_a_table(
    open_page: Open, store: Store
) -> None:
    test = open_page("pitfalls.py")
    widget(test, "show-all").click().run()
    batch = test.query_params["set"]
    pitfalls = [one for one in all_experiments().values() if one.group == "pitfalls"]
    asked = [one.asked.experiment for one in store.demonstrations.of_batch(batch)]
    assert asked == [one.name for one in pitfalls]
    assert f"0 of {len(pitfalls)} shown" in test.get("progress")[0].proto.text
    widget(test, f"stop-{batch}").click().run()
    assert {one.state for one in store.demonstrations.of_batch(batch)} == {"stopped"}


def test_a_link_to_a_set_shows_its_verdicts(open_page: Open, shown: str) -> None:
    test = open_page("pitfalls.py", set=shown)
    assert test.get_by_key("show-all")
    assert words(test).count(f"here, on {ASKED.interpreter}") == 2  # in the table and on the card


def test_shared_data_and_patterns_are_on_a_page_of_their_own(open_page: Open) -> None:
    said = words(open_page("patterns.py"))
    for one in all_experiments().values():
        assert (one.title in said) == (one.group != "pitfalls")


def test_there_is_a_card_with_its_belief_for_each_pitfall(open_page: Open) -> None:
    said = words(open_page("pitfalls.py"))
    for one in all_experiments().values():
        if one.group == "pitfalls":
            assert one.title in said
            assert one.belief in said
    assert "Not shown here yet" in said


def test_a_link_shows_one_with_the_code_that_runs(open_page: Open) -> None:
    test = open_page("pitfalls.py", show="race")
    assert "counter.value += 1" in test.code[0].value
    assert not widget(test, "run-race").disabled


def test_running_queues_what_the_form_says(open_page: Open, store: Store) -> None:
    test = open_page("pitfalls.py", show="race")
    widget(test, "race.threads").set_value(3).run()
    widget(test, "run-race").click().run()
    job = store.queue.claim()
    assert job
    shown = store.demonstrations.find(job.id)
    assert shown
    assert shown.asked.parameters["threads"] == 3


def test_what_was_observed_stands_with_its_verdict_and_picture(open_page: Open, shown: str) -> None:
    test = open_page("pitfalls.py", show="race", shown=shown)
    assert "Updates lost" in test.get("vega_lite_chart")[0].proto.spec
    assert "With a lock none is lost" in words(test)


def test_the_latest_is_shown_without_being_named(open_page: Open, shown: str) -> None:  # noqa: ARG001
    assert open_page("pitfalls.py", show="race").get("vega_lite_chart")


@pytest.mark.parametrize(
    "query", [{"show": "nonsense"}, {"set": "0" * 12}, {"show": "race", "shown": "0" * 12}]
)
def test_a_link_to_nothing_says_so(open_page: Open, query: dict[str, str]) -> None:
    assert "There is no such" in words(open_page("pitfalls.py", **query))


def test_one_that_failed_says_why_and_what_it_printed(open_page: Open, store: Store) -> None:
    id_ = store.demonstrations.add(ASKED, "running")
    store.demonstrations.tell(id_, None, "<b>what it printed</b>")
    store.demonstrations.end(id_, "failed", "It <i>broke</i>.")
    test = open_page("pitfalls.py", show="race", shown=id_)
    assert "It <i>broke</i>." in words(test)
    assert any("<b>what it printed</b>" in block.value for block in test.code)
