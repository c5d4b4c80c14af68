"""The queue: first in, first out, bounded."""

from dataclasses import replace

import pytest

from bench.access import OPERATOR, Who
from bench.demonstration import Asked
from bench.errors import Refused
from bench.samples import Run
from bench.settings import Settings
from bench.store import Store
from tests.build import a_plan, a_sample
from tests.store.states import at, state_of


def test_runs_are_claimed_first_in_first_out(store: Store) -> None:
    ids = [store.queue.submit(a_plan(seed=seed)) for seed in range(3)]
    claimed = [store.queue.claim() for _ in range(4)]
    assert [run and run.id for run in claimed] == [*ids, None]


def test_a_claimed_run_is_running(store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    run = store.queue.claim()
    assert run
    assert (run.id, run.state) == (id_, "running")
    assert run.started


def test_a_run_is_stamped_with_what_it_is_measured_on(store: Store) -> None:
    run = store.runs.stamp(store.queue.submit(a_plan()), {"cpus": {"usable": 2}})
    assert run
    assert run.environment == {"cpus": {"usable": 2}}


def test_a_run_is_claimed_by_one_of_two(store: Store, here: Settings) -> None:
    store.queue.submit(a_plan())
    other = Store(here)
    assert [store.queue.claim() is None, other.queue.claim() is None] == [False, True]
    other.close()


def test_it_is_known_whether_any_run_waits(store: Store) -> None:
    assert not store.queue.waits()
    store.queue.submit(a_plan())
    assert store.queue.waits()
    store.queue.claim()
    assert not store.queue.waits()


def test_twenty_may_wait_and_the_next_is_told_so(store: Store) -> None:
    for place in range(20):
        store.queue.submit(a_plan(), Who(f"browser {place}"))
    with pytest.raises(Refused) as refused:
        store.queue.submit(a_plan(), Who("one more"))
    assert str(refused.value) == (
        "queue is '20 waiting': it must be at most 20; try again when one has ended."
    )
    assert store.runs.count() == 20


def test_two_may_wait_for_one_browser_and_its_third_is_told_so(store: Store) -> None:
    for _ in range(2):
        store.queue.submit(a_plan(), Who("mine"))
    with pytest.raises(Refused) as refused:
        store.queue.submit(a_plan(), Who("mine"))
    assert str(refused.value) == (
        "your queue is '2 waiting': it must be at most 2; wait for one or stop it."
    )
    assert store.runs.count() == 2


def test_others_are_not_kept_from_waiting_by_one_browser(store: Store) -> None:
    for session in ("mine", "mine", "yours", "yours"):
        store.queue.submit(a_plan(), Who(session))
    assert store.runs.count() == 4


def test_a_set_of_experiments_takes_one_place(store: Store) -> None:
    asked = [Asked("race", {}, "3.11"), Asked("deadlock", {}, "3.11"), Asked("race", {}, "3.12")]
    batch = store.queue.submit_set(asked, Who("mine"))
    store.queue.submit(a_plan(), Who("mine"))
    with pytest.raises(Refused, match="your queue is '2 waiting'"):
        store.queue.submit(a_plan(), Who("mine"))
    assert [one.asked for one in store.demonstrations.of_batch(batch)] == asked


def test_a_set_is_stopped_as_a_whole_and_nothing_else_with_it(store: Store) -> None:
    other = store.queue.submit(a_plan())
    batch = store.queue.submit_set([Asked("race", {}, "3.11"), Asked("deadlock", {}, "3.11")])
    store.queue.stop_set(batch, OPERATOR)
    assert {one.state for one in store.demonstrations.of_batch(batch)} == {"stopped"}
    assert state_of(store, other) == "queued"


def test_a_running_run_does_not_count_as_waiting(store: Store) -> None:
    for _ in range(3):
        store.queue.submit(a_plan(), Who("mine"))
        store.queue.claim()
    assert store.runs.count() == 3


def test_the_bounds_are_settings(here: Settings) -> None:
    store = Store(replace(here, queue=1))
    store.queue.submit(a_plan())
    with pytest.raises(Refused, match="at most 1"):
        store.queue.submit(a_plan())
    store.close()


def ids_ahead(store: Store, id_: str) -> list[str]:
    return [run.id for run in store.queue.ahead(id_)]


def test_ahead_are_the_running_one_and_those_that_came_before(store: Store) -> None:
    ids = [store.queue.submit(a_plan()) for _ in range(4)]
    assert ids_ahead(store, ids[2]) == ids[:2]
    store.queue.claim()
    assert ids_ahead(store, ids[2]) == ids[:2]
    store.queue.stop(ids[1], OPERATOR)
    assert ids_ahead(store, ids[2]) == ids[:1]
    store.runs.end(ids[0], "done")
    assert ids_ahead(store, ids[2]) == []


def test_a_run_of_the_command_line_is_ahead_of_all_that_wait(store: Store) -> None:
    waiting = store.queue.submit(a_plan())
    running = store.runs.add(a_plan(), "running")
    assert ids_ahead(store, waiting) == [running]


def test_nobody_is_ahead_of_a_run_that_does_not_wait(store: Store) -> None:
    ids = [store.queue.submit(a_plan()) for _ in range(2)]
    store.queue.claim()
    store.runs.end(ids[0], "done")
    assert ids_ahead(store, ids[0]) == []
    assert ids_ahead(store, "0" * 12) == []


def test_a_running_run_whose_service_died_is_not_ahead(store: Store) -> None:
    store.runs.clock = at(1_000.0)
    store.queue.submit(a_plan())
    waiting = store.queue.submit(a_plan())
    store.queue.claim()
    store.runs.clock = at(2_000.0)
    assert ids_ahead(store, waiting) == []


def ended(store: Store, *, rounds: int = 1) -> str:
    """A run that is done, with so many rounds of its baseline."""
    id_ = store.runs.add(a_plan(), "running")
    for round_ in range(1, rounds + 1):
        store.runs.keep(id_, a_sample("sequential", round_))
    store.runs.end(id_, "done")
    return id_


def test_a_run_that_goes_on_waits_behind_those_that_came_first(store: Store) -> None:
    old = ended(store)
    new = store.queue.submit(a_plan())
    store.queue.submit_again(old)
    assert [run.id for run in store.queue.ahead(old)] == [new]
    first, second = store.queue.claim(), store.queue.claim()
    assert isinstance(first, Run)
    assert isinstance(second, Run)
    assert (first.id, second.id) == (new, old)
    assert len(second.samples) == 1


def test_a_run_that_goes_on_has_not_ended_and_is_not_asked_to_stop(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    store.runs.keep(id_, a_sample("sequential"))
    store.queue.stop(id_, OPERATOR)
    store.runs.end(id_, "stopped", "You did.")
    store.queue.submit_again(id_)
    run = store.queue.claim()
    assert run
    assert (run.ended, run.error) == (None, "")
    assert not store.queue.beat(id_)


def test_a_run_goes_on_only_if_it_has_ended_and_has_rounds(store: Store) -> None:
    for id_ in (
        store.queue.submit(a_plan()),
        store.runs.add(a_plan(), "running"),
        store.runs.add(a_plan(), "done"),
        "0" * 12,
    ):
        with pytest.raises(Refused, match="one that has ended and has rounds"):
            store.queue.submit_again(id_)


def test_a_run_that_goes_on_needs_room_in_the_queue(store: Store) -> None:
    id_ = ended(store)
    for _ in range(2):
        store.queue.submit(a_plan(), Who("me"))
    with pytest.raises(Refused, match="your queue"):
        store.queue.submit_again(id_, Who("me"))
    assert state_of(store, id_) == "done"


def test_a_set_of_plans_takes_one_place_keeps_its_order_and_is_stopped_together(
    store: Store,
) -> None:
    plans = [a_plan(seed=seed) for seed in range(3)]
    batch = store.queue.submit_set(plans, Who("mine"))
    store.queue.submit(a_plan(), Who("mine"))
    with pytest.raises(Refused, match="your queue is '2 waiting'"):
        store.queue.submit_set(plans, Who("mine"))
    assert [run.plan for run in store.runs.of_batch(batch)] == plans
    assert store.runs.of_batch(batch)[0].id == batch
    store.queue.stop_set(batch, Who("mine"))
    assert {run.state for run in store.runs.of_batch(batch)} == {"stopped"}


def test_a_set_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="set is 'empty'"):
        store.queue.submit_set([])
