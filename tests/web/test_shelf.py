"""What is made once and kept, within bounds."""

import threading

import pytest

from bench.web.shelf import Busy, Made, Shelf


def made(size: int) -> Made:
    return Made("x", "text/plain", b"x" * size)


def test_what_is_kept_is_not_made_again() -> None:
    shelf, calls = Shelf(), list[int]()

    def make() -> Made:
        calls.append(1)
        return made(3)

    assert shelf.make("a", make) == shelf.make("a", make) == shelf.find("a")
    assert len(calls) == 1


def test_without_a_key_nothing_is_kept() -> None:
    shelf, calls = Shelf(), list[int]()

    def make() -> Made:
        calls.append(1)
        return made(3)

    shelf.make(None, make)
    shelf.make(None, make)
    assert len(calls) == 2


def test_what_nobody_asked_for_the_longest_makes_room() -> None:
    shelf = Shelf(most_bytes=10)
    for key in ("a", "b", "c"):
        shelf.make(key, lambda: made(3))
    shelf.find("a")
    shelf.make("d", lambda: made(3))
    assert [shelf.find(key) is not None for key in ("a", "b", "c", "d")] == [
        True,
        False,
        True,
        True,
    ]


def test_what_is_larger_than_the_shelf_is_given_and_not_kept() -> None:
    shelf = Shelf(most_bytes=10)
    assert shelf.make("a", lambda: made(11)) == made(11)
    assert shelf.find("a") is None


def test_who_comes_when_many_wait_is_told_and_who_waits_gets_it() -> None:
    shelf = Shelf(most_waiting=0)
    began, go_on = threading.Event(), threading.Event()

    def slowly() -> Made:
        began.set()
        go_on.wait(30)
        return made(3)

    first = threading.Thread(target=shelf.make, args=("a", slowly))
    first.start()
    assert began.wait(30)
    with pytest.raises(Busy):
        shelf.make("b", lambda: made(3))
    go_on.set()
    first.join(30)
    assert shelf.find("a")
    assert shelf.make("b", lambda: made(3)) == made(3)


def test_what_fails_is_not_kept_and_stops_nobody() -> None:
    shelf = Shelf(most_waiting=0)

    def fails() -> Made:
        raise LookupError

    for _ in range(3):
        with pytest.raises(LookupError):
            shelf.make("a", fails)
    assert shelf.make("a", lambda: made(3)) == made(3)


def test_who_asks_for_what_is_being_made_gets_that_however_many_they_are() -> None:
    shelf, begun, go_on, calls = Shelf(most_waiting=1), threading.Event(), threading.Event(), []

    def make() -> Made:
        calls.append(1)
        begun.set()
        go_on.wait(60)
        return made(3)

    got: list[Made] = []
    readers = [threading.Thread(target=lambda: got.append(shelf.make("a", make))) for _ in range(9)]
    for reader in readers:
        reader.start()
    begun.wait(60)
    go_on.set()
    for reader in readers:
        reader.join(60)
    assert (len(got), len(calls)) == (9, 1)
