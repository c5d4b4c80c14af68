"""Jobs that are asked to stop, by whom they may be."""

import pytest

from bench.access import OPERATOR, Who
from bench.demonstration import Asked
from bench.errors import Denied, Refused
from bench.store import Store
from tests.build import a_plan
from tests.store.states import state_of


def test_a_waiting_run_is_stopped_at_once_and_never_claimed(store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    store.queue.stop(id_, OPERATOR)
    assert state_of(store, id_) == "stopped"
    assert store.queue.claim() is None


def test_a_running_run_is_told_to_stop_with_its_next_beat(store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    store.queue.claim()
    assert store.queue.beat(id_) is False
    store.queue.stop(id_, OPERATOR)
    assert state_of(store, id_) == "running"
    assert store.queue.beat(id_) is True


def test_a_run_that_has_ended_cannot_be_stopped(store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    store.queue.claim()
    store.runs.end(id_, "done")
    store.queue.stop(id_, OPERATOR)
    assert state_of(store, id_) == "done"


@pytest.mark.parametrize("id_", ["", "0" * 12, "' OR 1=1 --", "%"])
def test_stopping_no_run_stops_none(store: Store, id_: str) -> None:
    waiting = store.queue.submit(a_plan())
    with pytest.raises(Refused, match="the id of a kept run"):
        store.queue.stop(id_, OPERATOR)
    assert state_of(store, waiting) == "queued"


def test_who_started_a_run_stops_it_and_nobody_else_does(store: Store) -> None:
    id_ = store.queue.submit(a_plan(), Who("mine"))
    for other in (Who("yours"), Who(""), Who("yours", client="192.0.2.1")):
        with pytest.raises(Denied, match="Only who started this"):
            store.queue.stop(id_, other)
    assert state_of(store, id_) == "queued"
    store.queue.stop(id_, Who("mine"))
    assert state_of(store, id_) == "stopped"


def test_what_nobody_in_particular_started_is_stopped_by_the_operator_alone(store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    with pytest.raises(Denied):
        store.queue.stop(id_, Who(""))
    store.queue.stop(id_, OPERATOR)
    assert state_of(store, id_) == "stopped"


def test_a_set_of_somebody_else_is_not_stopped_in_part(store: Store) -> None:
    asked = [Asked("race", {}, "3.11"), Asked("deadlock", {}, "3.11")]
    batch = store.queue.submit_set(asked, Who("mine"))
    with pytest.raises(Denied):
        store.queue.stop_set(batch, Who("yours"))
    assert {one.state for one in store.demonstrations.of_batch(batch)} == {"queued"}
    store.queue.stop_set(batch, Who("mine"))
    assert {one.state for one in store.demonstrations.of_batch(batch)} == {"stopped"}


def test_a_run_that_is_gone_is_told_to_stop(store: Store) -> None:
    assert store.queue.beat("0" * 12) is True
