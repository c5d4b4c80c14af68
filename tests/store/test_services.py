"""What services say of themselves, and what dead ones left behind."""

from bench.store import Store
from tests.build import a_plan, a_sample
from tests.store.states import at, state_of


def test_what_a_dead_service_left_running_is_swept_with_its_samples_kept(store: Store) -> None:
    ids = [store.queue.submit(a_plan()) for _ in range(2)]
    store.queue.claim()
    store.runs.keep(ids[0], a_sample("control"))
    assert store.queue.sweep() == [ids[0]]
    assert state_of(store, ids[0]) == "interrupted"
    assert state_of(store, ids[1]) == "queued"
    swept = store.runs.find(ids[0])
    assert swept
    assert len(swept.samples) == 1


def test_a_swept_run_ended_with_its_last_heartbeat(store: Store) -> None:
    store.runs.clock = at(1_000.0)
    id_ = store.queue.submit(a_plan())
    store.queue.claim()
    store.runs.clock = at(1_004.0)
    store.queue.beat(id_)
    store.runs.clock = at(9_000.0)
    store.queue.sweep()
    swept = store.runs.find(id_)
    assert swept
    assert swept.ended == 1_004.0


def test_nothing_left_behind_is_nothing_to_sweep(store: Store) -> None:
    store.queue.submit(a_plan())
    assert store.queue.sweep() == []


def test_a_service_is_alive_as_long_as_it_says_so(store: Store) -> None:
    store.runs.clock = at(1_000.0)
    assert store.queue.service() is None
    store.queue.service_beat(11)
    assert store.queue.service() == ""
    store.runs.clock = at(1_011.0)
    assert store.queue.service() is None


def test_a_service_says_for_whom_it_waits(store: Store) -> None:
    store.queue.service_beat(11, "python -m bench run primes (process 12)")
    assert store.queue.service() == "python -m bench run primes (process 12)"
    store.queue.service_beat(11)
    assert store.queue.service() == ""


def test_the_latest_service_speaks_for_all(store: Store) -> None:
    store.runs.clock = at(1_000.0)
    store.queue.service_beat(11, "an old one")
    store.runs.clock = at(1_001.0)
    store.queue.service_beat(12)
    assert store.queue.service() == ""
