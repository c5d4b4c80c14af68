"""The interpreters that this process knows: asked for once, whoever waits for the answer."""

import threading
from collections.abc import Iterator

import pytest

from bench.measure.host import known
from bench.measure.host.interpreters import Interpreter
from tests.watching import eventually


class Machine:
    """One that does not answer before it is let; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked, self.answers = 0, threading.Event()

    def find(self, *_: object) -> list[Interpreter]:
        self.asked += 1
        self.answers.wait()
        return [Interpreter("3.99", "/usr/bin/python3.99")]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    machine = Machine()
    monkeypatch.setattr(known, "_known", {})
    monkeypatch.setattr(known, "_asker", None)
    monkeypatch.setattr(known, "LATER", 0.0)
    monkeypatch.setattr(known, "find_interpreters", machine.find)
    yield machine
    machine.answers.set()
    eventually(lambda: not known._asking.locked())


def test_who_does_not_wait_is_told_the_answer_once_it_is_there(slow: Machine) -> None:
    assert known.known_by_now() is None
    eventually(lambda: slow.asked == 1)
    assert known.known_by_now() is None
    slow.answers.set()
    eventually(lambda: known.known_by_now() is not None)
    assert list(known.known_interpreters()) == ["3.99"]
    assert slow.asked == 1


def test_who_waits_gets_the_answer_to_the_question_that_is_under_way(slow: Machine) -> None:
    known.known_by_now()
    eventually(lambda: slow.asked == 1)
    told: list[str] = []
    waiting = threading.Thread(target=lambda: told.extend(known.known_interpreters()))
    waiting.start()
    slow.answers.set()
    waiting.join()
    assert told == ["3.99"]
    assert slow.asked == 1


def test_many_who_do_not_wait_may_ask_at_once(slow: Machine) -> None:
    start, told = threading.Barrier(16), list[object]()

    def ask() -> None:
        start.wait()
        told.append(known.known_by_now())

    asking = [threading.Thread(target=ask) for _ in range(16)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert told == [None] * 16
    assert slow.asked == 1


def test_who_does_not_wait_is_answered_before_anything_takes_the_cpus(
    slow: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "LATER", 3_600.0)
    assert known.known_by_now() is None
    assert slow.asked == 0
    assert isinstance(known._asker, threading.Timer)
    known._asker.cancel()
    known._asker.join()


def test_kept_answers_are_asked_for_at_once(slow: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "LATER", 3_600.0)
    known._kept().parent.mkdir(parents=True, exist_ok=True)
    known._kept().write_text("{}")
    known.known_by_now()
    eventually(lambda: slow.asked == 1)
