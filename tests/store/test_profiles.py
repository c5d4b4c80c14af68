"""Profiles wait in the queue of runs, and are kept with what was found."""

import pytest

from bench.access import Who
from bench.errors import Refused
from bench.profiles import Profiling
from bench.store import Store
from tests.build import a_plan
from tests.profiled import WANTED, a_profile


def test_a_profile_is_found_as_it_was_made(store: Store) -> None:
    id_ = store.profiles.add(WANTED, "running")
    store.profiles.tell(id_, a_profile(), "what it printed")
    store.profiles.end(id_, "done")
    found = store.profiles.find(id_)
    assert found
    assert (found.wanted, found.state, found.output) == (WANTED, "done", "what it printed")
    assert found.profile == a_profile()


def test_it_waits_its_turn_and_takes_a_place(store: Store) -> None:
    first = store.queue.submit(WANTED, Who("me"))
    second = store.queue.submit(a_plan(), Who("me"))
    assert [job.id for job in store.queue.ahead(second)] == [first]
    with pytest.raises(Refused, match="your queue"):
        store.queue.submit(WANTED, Who("me"))
    claimed = store.queue.claim()
    assert isinstance(claimed, Profiling)
    assert (claimed.id, claimed.state) == (first, "running")


def test_it_is_no_run_and_no_demonstration(store: Store) -> None:
    id_ = store.profiles.add(WANTED, "done")
    assert store.history.page(9) == []
    assert store.runs.find(id_) is None
    assert store.demonstrations.find(id_) is None
