"""How often one person starts something: bounded, kept over restarts, forgotten after an hour."""

from dataclasses import replace

import pytest

from bench.access import NOBODY, OPERATOR, Who
from bench.errors import Refused
from bench.settings import Settings
from bench.store import Store
from bench.store.starts import Starts
from tests.build import a_plan

ANN = Who("s1", "ann@example.org")


def at(store: Store, seconds: float) -> Starts:
    store.starts.clock = lambda: seconds
    return store.starts


def kept(store: Store) -> int:
    return len(store.database.rows("SELECT * FROM starts"))


def test_the_eleventh_in_a_minute_is_told_when_to_try_again(store: Store) -> None:
    for second in range(10):
        at(store, 1_000 + second).count(ANN)
    with pytest.raises(Refused) as refused:
        at(store, 1_010).count(ANN)
    assert str(refused.value) == (
        "your starts is '10 in the last minute': it must be at most 10; try again in 50 s."
    )
    at(store, 1_060).count(ANN)


def test_an_hour_has_a_bound_of_its_own(here: Settings) -> None:
    with Store(replace(here, starts_hour=3)) as store:
        for second in (0, 100, 200):
            at(store, 1_000 + second).count(ANN)
        with pytest.raises(Refused, match=r"3 in the last hour.* at most 3; try again in 55 min"):
            at(store, 1_300).count(ANN)
        at(store, 4_600).count(ANN)


def test_a_person_is_counted_in_whatever_session_and_after_a_restart(here: Settings) -> None:
    strict = replace(here, starts_minute=1)
    guest = Who("one", client="192.0.2.1")
    with Store(strict) as store:
        at(store, 1_000).count(ANN)
        at(store, 1_000).count(guest)
    with Store(strict) as store:
        for same in (replace(ANN, session="two", client="192.0.2.9"), replace(guest, session="2")):
            with pytest.raises(Refused):
                at(store, 1_001).count(same)
        at(store, 1_001).count(Who("two", client="192.0.2.2"))


def test_what_was_refused_is_not_counted_and_not_started(here: Settings) -> None:
    with Store(replace(here, starts_minute=1, queue=2)) as store:
        store.queue.submit(a_plan())
        store.queue.submit(a_plan(), ANN)
        for _ in range(2):
            with pytest.raises(Refused, match="queue is"):
                store.queue.submit(a_plan(), Who("other"))
        store.queue.claim()
        with pytest.raises(Refused, match="your starts"):
            store.queue.submit(a_plan(), ANN)
        assert (store.runs.count(), kept(store)) == (2, 1)


def test_the_operator_and_nobody_are_not_counted(store: Store) -> None:
    for _ in range(20):
        store.starts.count(OPERATOR)
        store.starts.count(NOBODY)
    assert kept(store) == 0


def test_nothing_is_kept_of_anybody_for_longer_than_an_hour(store: Store) -> None:
    at(store, 1_000).count(ANN)
    at(store, 4_601).count(Who("other"))
    assert kept(store) == 1
