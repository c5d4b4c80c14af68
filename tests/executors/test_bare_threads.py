"""Threads by hand: as many as there are workers, all ended, and an error that stops the rest."""

import threading

import pytest

from bench.executors import find_executor
from tests.watching import PATIENCE

THREADS = find_executor("bare-threads")


def test_as_many_threads_work_at_once_as_there_are_workers() -> None:
    together = threading.Barrier(4)
    with THREADS.open(4, chunk="one") as run:
        assert sorted(run(lambda _: together.wait(PATIENCE), range(4))) == [0, 1, 2, 3]


def test_all_threads_are_there_before_the_first_pass_and_gone_after_the_last() -> None:
    before = threading.active_count()
    with THREADS.open(5):
        assert threading.active_count() == before + 5
    assert threading.active_count() == before


def test_after_an_error_what_has_not_begun_is_left_out() -> None:
    raised, begun = threading.Event(), []

    def task(item: int) -> None:
        begun.append(item)
        if item == 0:
            raise SystemExit("enough")
        assert raised.wait(PATIENCE)

    with THREADS.open(2, chunk="one") as run:
        with pytest.raises(SystemExit, match="enough"):
            list(run(task, range(100)))
        raised.set()
    assert len(begun) <= 3


def test_a_pass_that_is_not_read_to_its_end_harms_no_later_one() -> None:
    with THREADS.open(2, chunk="one") as run:
        part = run(abs, range(-50, 0))
        assert next(part) == 50
        assert list(run(abs, [-1, -2])) == [1, 2]


def test_threads_that_cannot_all_be_started_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    before, start = threading.active_count(), threading.Thread.start
    started: list[threading.Thread] = []

    def start_two(thread: threading.Thread) -> None:
        if len(started) == 2:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_two)
    with pytest.raises(RuntimeError, match="new thread"), THREADS.open(5):
        pass
    assert len(started) == 2
    assert threading.active_count() == before
