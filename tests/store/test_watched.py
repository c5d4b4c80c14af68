"""However many watch, what they watch is read once a second; and what has ended, once."""

import threading
from collections.abc import Callable

import pytest

from bench.access import OPERATOR
from bench.store import Store
from bench.store.watched import MOST_LOOKS, Watched
from tests.build import a_plan, a_sample
from tests.keeping import keep_race


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watched(store: Store, clock: Clock) -> Watched:
    return Watched(store.runs, store.demonstrations, clock)


@pytest.fixture
def reads(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that were read from the database, in order."""
    found: list[str] = []
    find: Callable[..., object] = store.runs.find

    def counted(id_: str) -> object:
        found.append(id_)
        return find(id_)

    monkeypatch.setattr(store.runs, "find", counted)
    return found


def test_what_goes_on_is_read_once_a_second_however_many_look(
    store: Store, clock: Clock, reads: list[str]
) -> None:
    watched = Watched(store.runs, store.demonstrations, clock)
    id_ = store.runs.add(a_plan(), "running")
    viewers = [threading.Thread(target=watched.run, args=(id_,)) for _ in range(20)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    assert reads == [id_]
    store.runs.keep(id_, a_sample())
    store.queue.beat(id_)
    clock.now += 0.9
    run = watched.run(id_)
    assert run
    assert run.samples == ()
    clock.now += 0.2
    run = watched.run(id_)
    assert run
    assert len(run.samples) == 1
    assert reads == [id_, id_]


def test_what_has_ended_is_read_again_only_if_it_goes_on(
    store: Store, clock: Clock, reads: list[str]
) -> None:
    watched = Watched(store.runs, store.demonstrations, clock)
    id_ = store.runs.add(a_plan(), "done")
    for _ in range(3):
        clock.now += 60
        assert watched.run(id_)
    assert reads == [id_]
    store.runs.go_on(id_, "queued")
    run = watched.run(id_)
    assert run
    assert run.state == "queued"


def test_what_is_deleted_is_not_shown_any_more(watched: Watched, store: Store) -> None:
    id_ = store.runs.add(a_plan(), "done")
    assert watched.run(id_)
    store.database.rows("DELETE FROM runs")
    assert watched.run(id_) is None
    assert watched.run("no such run") is None


def test_who_has_done_something_to_a_job_sees_it_at_once(watched: Watched, store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    assert watched.run(id_)
    store.queue.stop(id_, OPERATOR)
    watched.forget(id_)
    run = watched.run(id_)
    assert run
    assert run.state == "stopped"


def test_demonstrations_are_watched_alike(watched: Watched, store: Store) -> None:
    shown = watched.demonstration(keep_race(store))
    assert shown
    assert shown.facts
    assert watched.demonstration("0" * 12) is None


def test_the_more_watch_the_less_often_each_may_look(watched: Watched, clock: Clock) -> None:
    def looking(count: int) -> float:
        return max(watched.pace("a run", f"viewer {number}") for number in range(count))

    assert looking(MOST_LOOKS) == 1.0
    assert looking(5 * MOST_LOOKS) == 5.0
    assert looking(10 * MOST_LOOKS) == 10.0
    assert looking(15 * MOST_LOOKS) == 20.0
    assert watched.viewers() == 15 * MOST_LOOKS
    assert watched.pace("another run", "viewer 0") == 1.0
    # Those who have not looked for long have gone.
    clock.now += 1_000
    assert looking(1) == 1.0
    assert watched.viewers() == 1
