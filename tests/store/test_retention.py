"""How long runs stay, and those that stay longer."""

from dataclasses import replace

import pytest

from bench.access import OPERATOR, Who
from bench.errors import Refused
from bench.settings import Settings
from bench.store import Store
from bench.store.retention import A_DAY, Retention
from tests.build import a_failure, a_plan, a_sample
from tests.keeping import keep_race


def bounded(store: Store, days: int = 36_500, most: int = 1_000_000) -> Retention:
    return Retention(store.database, store.runs, days, most)


def add(store: Store, ago: float = 0.0) -> str:
    """A run that ended so many days ago."""
    id_ = store.runs.add(a_plan(), "running")
    store.runs.keep(id_, a_sample())
    store.runs.end(id_, "done")
    moment = store.runs.clock() - ago * A_DAY
    store.database.rows("UPDATE runs SET ended = ? WHERE id = ?", (moment, id_))
    return id_


def left(store: Store) -> set[str]:
    return {entry.run.id for entry in store.history.page(1_000)}


def test_a_run_is_removed_when_its_days_are_over_with_all_that_it_has(store: Store) -> None:
    young, old = add(store, 9.9), add(store, 10.1)
    assert bounded(store, days=10).expire() == [old]
    assert left(store) == {young}
    assert store.database.rows("SELECT DISTINCT run FROM samples") != []
    assert store.runs.find(old) is None
    assert bounded(store, days=10).expire() == []


def test_the_newest_runs_stay(store: Store) -> None:
    ids = [add(store) for _ in range(50)]
    assert set(bounded(store, most=4).expire()) == set(ids[:-4])
    assert left(store) == set(ids[-4:])


def test_experiments_have_a_count_of_their_own(store: Store) -> None:
    shown, run = keep_race(store), add(store)
    later = keep_race(store)
    assert bounded(store, most=1).expire() == [shown]
    assert store.demonstrations.find(later)
    assert left(store) == {run}


def test_what_is_kept_stays_and_takes_no_place(store: Store) -> None:
    kept, old, newer = add(store, 99), add(store, 99), add(store)
    store.history.retain(kept, True, OPERATOR)
    assert bounded(store, days=10, most=1).expire() == [old]
    assert left(store) == {kept, newer}
    store.history.retain(kept, False, OPERATOR)
    assert bounded(store, days=10).expire() == [kept]


def test_what_goes_on_is_not_removed(store: Store) -> None:
    again = add(store, 99)
    store.queue.submit_again(again)
    waiting, running = store.queue.submit(a_plan()), store.runs.add(a_plan(), "running")
    assert bounded(store, days=1, most=1).expire() == []
    assert left(store) == {again, waiting, running}


def test_who_did_not_start_a_run_cannot_keep_it(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "done", "somebody")
    with pytest.raises(Refused):
        store.history.retain(id_, True, Who("somebody else"))
    store.history.retain(id_, True, Who("somebody"))
    entry = store.history.find(id_)
    assert entry
    assert entry.kept


def test_a_run_says_until_when_it_stays(store: Store, here: Settings) -> None:
    id_ = add(store)
    entry = store.history.find(id_)
    assert entry
    assert entry.run.ended
    assert store.retention.until(entry) == entry.run.ended + here.keep_days * A_DAY
    assert store.retention.until(replace(entry, kept=True)) is None
    waiting = store.history.find(store.queue.submit(a_plan()))
    assert waiting
    assert store.retention.until(waiting) is None


def test_what_was_measured_is_counted_and_removing_runs_takes_nothing_from_it(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    for outcome in (a_sample(), a_sample("control", 2, foreign=0.5), a_failure("threads × 2")):
        store.runs.keep(id_, outcome)
    store.runs.end(id_, "done")
    before = store.totals()
    assert (before.trials, before.failures, before.disturbed) == (2, 1, 1)
    assert before.seconds > 0
    store.history.delete(id_, OPERATOR)
    assert store.totals() == before
