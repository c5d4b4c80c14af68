"""Performed experiments are written as they happen and wait in the queue of runs."""

import pytest

from bench.access import Who
from bench.asking.experiments import ask
from bench.demonstration import Demonstration
from bench.errors import Refused
from bench.store import Store
from tests.build import a_plan

ASKED = ask("race", {"threads": 2})
EVENTS = [{"variant": "bare", "lost": 3}, {"variant": "locked", "lost": 0}]
FACTS = {"runs": 5, "lost": [1, 2], "ü": None}


def found(store: Store, id_: str) -> Demonstration:
    shown = store.demonstrations.find(id_)
    assert shown
    return shown


def test_a_demonstration_is_found_as_it_happened(store: Store) -> None:
    id_ = store.demonstrations.add(ASKED, "running", environment={"load": 1.0})
    for event in EVENTS:
        store.demonstrations.keep(id_, event)
    assert found(store, id_).facts is None
    store.demonstrations.tell(id_, FACTS, "what it printed")
    store.demonstrations.end(id_, "done")
    shown = found(store, id_)
    assert (shown.asked, shown.state, shown.environment) == (ASKED, "done", {"load": 1.0})
    assert (list(shown.events), shown.facts, shown.output) == (EVENTS, FACTS, "what it printed")


def test_runs_and_demonstrations_are_claimed_in_the_order_they_came(store: Store) -> None:
    first = store.queue.submit(ASKED)
    second = store.queue.submit(a_plan())
    assert [job.id for job in store.queue.ahead(second)] == [first]
    claimed = [store.queue.claim(), store.queue.claim()]
    assert [job and job.id for job in claimed] == [first, second]
    assert isinstance(claimed[0], Demonstration)


def test_one_bound_holds_for_both(store: Store) -> None:
    store.queue.submit(ASKED, Who("me"))
    store.queue.submit(a_plan(), Who("me"))
    with pytest.raises(Refused, match="your queue"):
        store.queue.submit(ASKED, Who("me"))


def test_lists_of_runs_hold_no_demonstrations(store: Store) -> None:
    id_ = store.demonstrations.add(ASKED, "done")
    run = store.runs.add(a_plan(), "done")
    assert [line.run.id for line in store.history.page(9)] == [run]
    assert (store.runs.count(), store.demonstrations.count()) == (1, 1)
    assert store.runs.find(id_) is None
    assert store.demonstrations.find(run) is None


def test_the_latest_of_an_experiment_has_facts_and_the_interpreter_asked_for(store: Store) -> None:
    old = store.demonstrations.add(ASKED, "done")
    store.demonstrations.tell(old, FACTS, "")
    store.demonstrations.add(ASKED, "failed")
    latest = store.demonstrations.latest_of("race", ASKED.interpreter)
    assert latest
    assert latest.id == old
    assert store.demonstrations.latest_of("race", "3.99") is None
    assert store.demonstrations.latest_of("deadlock") is None


def test_nothing_is_kept_of_a_demonstration_that_is_not_there(store: Store) -> None:
    with pytest.raises(LookupError):
        store.demonstrations.keep("0" * 12, {})
