"""Names, notes, labels, deleting and the trend on a run's own page."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from bench.access import OPERATOR
from bench.samples import Run
from bench.store import Store
from pages.parts import shared
from tests.factory import PROCESSES_WIN, a_run
from tests.pages.conftest import Kept, Open, widget
from tests.pages.test_result import specs, words

MACHINE = {"cpus": {"model": "AMD EPYC", "usable": 2}, "memory_bytes": 25_000_000_000}


def mine(store: Store, test: AppTest, run: Run | None = None) -> str:
    """A run that this page's session began; its id."""
    made = run or a_run()
    test.session_state[shared.SESSION] = "mine"
    id_ = store.runs.add(made.plan, "running", "mine")
    for sample in made.samples:
        store.runs.keep(id_, sample)
    store.runs.end(id_, "done")
    return id_


def shown(test: AppTest, id_: str) -> AppTest:
    """The same session on that run's page."""
    test.query_params["run"] = id_
    return test.run()


def test_who_began_a_run_can_name_it(open_page: Open, store: Store) -> None:
    test = open_page("result.py")
    id_ = mine(store, test)
    shown(test, id_)
    widget(test, f"name-{id_}").set_value("before the update")
    widget(test, f"note-{id_}").set_value("one\n**two**")
    widget(test, f"labels-{id_}").set_value("nightly, old")
    widget(test, f"save-{id_}").click().run()
    entry = store.history.find(id_)
    assert entry
    assert (entry.title, entry.note, entry.labels) == (
        "before the update",
        "one\n**two**",
        ("nightly", "old"),
    )
    said = words(test)
    assert "**before the update**" in said
    assert "one  \n**two**" in said
    assert not any("**two**" in element.value for element in test.markdown)


def test_what_may_not_be_said_is_refused_and_nothing_of_it_is_kept(
    open_page: Open, store: Store
) -> None:
    test = open_page("result.py")
    id_ = mine(store, test)
    shown(test, id_)
    widget(test, f"name-{id_}").set_value("fine")
    widget(test, f"labels-{id_}").set_value("a, \u202eb")
    widget(test, f"save-{id_}").click().run()
    assert "remove U+202E" in words(test)
    entry = store.history.find(id_)
    assert entry
    assert entry.title == ""


def test_who_began_a_run_can_delete_it_after_a_question(open_page: Open, store: Store) -> None:
    test = open_page("result.py")
    id_ = mine(store, test)
    shown(test, id_)
    assert "cannot be undone" in words(test)
    assert store.runs.find(id_)
    widget(test, f"confirm-{id_}").click().run()
    assert store.runs.find(id_) is None
    assert not test.exception


def test_others_find_no_form_but_see_what_it_is_called(
    open_page: Open, kept: Kept, store: Store
) -> None:
    id_ = kept()
    store.history.describe(id_, "of somebody", "", ["theirs"], OPERATOR)
    test = open_page("result.py", run=id_)
    assert "**of somebody**" in words(test)
    popovers = [block.proto.popover for block in test.get("popover")]
    assert popovers
    assert all(popover.disabled for popover in popovers)


def test_the_same_plan_on_the_same_machine_is_shown_over_time(open_page: Open, kept: Kept) -> None:
    slow = a_run({**PROCESSES_WIN, "processes × 2": (1.71 * 1.3, 0.07)}, seed=9)
    runs = [*(a_run(seed=seed) for seed in range(4)), slow]
    ids = [kept(run=replace(run, environment=MACHINE)) for run in runs]
    test = open_page("result.py", run=ids[-1])
    said = words(test)
    assert "The 5 runs of this plan on this machine" in said
    assert "Processes × 2: 0.7" in said
    assert "lower by more than they differ from each other" in said
    assert specs(test)[-1]["description"].startswith("Lines of the speedup of 4 contenders over 5")
    widget(test, f"trend-of-{ids[-1]}").set_value("time").run()
    assert "slower by more than they differ from each other" in words(test)
    assert "Too few runs before" in words(open_page("result.py", run=ids[1]))


def test_the_first_run_of_a_plan_has_no_trend(open_page: Open, kept: Kept) -> None:
    assert "Over time" not in words(open_page("result.py", run=kept()))


def test_who_began_a_run_can_keep_it_when_its_time_is_over(open_page: Open, store: Store) -> None:
    test = open_page("result.py")
    id_ = mine(store, test)
    shown(test, id_)
    said = [caption.value for caption in test.caption]
    assert any(one.startswith("This run is kept until 20") for one in said)
    widget(test, f"keep-{id_}").set_value(True).run()
    entry = store.history.find(id_)
    assert entry
    assert entry.kept
    assert any("stays until somebody deletes it" in caption.value for caption in test.caption)
    assert widget(open_page("result.py", run=id_), f"keep-{id_}").disabled
