"""What has changed, told from data alone."""

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bench.measure.child.state import fingerprint, prints, variables


class Photo:
    """An item with what can be pickled, what cannot, and itself."""

    def __init__(self) -> None:
        self.width, self.lock, self.tags = 1, threading.Lock(), ["a"]
        self.me = self

    def __reduce__(self) -> str:
        raise AssertionError("own code is not run")

    def __eq__(self, other: object) -> bool:
        raise AssertionError("own code is not run")

    __hash__ = None  # type: ignore[assignment]


class Slotted:
    __slots__ = ("tags",)

    def __init__(self) -> None:
        self.tags = ["a"]


CHANGES: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {
    "a list": (lambda: [-1, 2], lambda item: item.__setitem__(0, -2)),
    "a list in a tuple": (lambda: (1, [2]), lambda item: item[1].append(3)),
    "a dictionary": (lambda: {"a": {"b": 1}}, lambda item: item["a"].update(b=2)),
    "a set": (lambda: {1}, lambda item: item.add(2)),
    "bytes": (lambda: bytearray(9), lambda item: item.__setitem__(5, 1)),
    "an array": (lambda: np.zeros((1_000, 99)), lambda item: item.__iadd__(1)),
    "an attribute": (Photo, lambda item: setattr(item, "width", 2)),
    "what an attribute holds": (Photo, lambda item: item.tags.append("b")),
    "a new attribute": (Photo, lambda item: setattr(item, "thumbnail", 1)),
    "a slot": (Slotted, lambda item: item.tags.append("b")),
    "an object in a list": (lambda: [Photo()], lambda item: item[0].tags.append("b")),
}


@pytest.mark.parametrize(("make", "change"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_and_a_second_look_sees_none(
    make: Callable[[], Any], change: Callable[[Any], object]
) -> None:
    item = make()
    before = fingerprint(item)
    assert fingerprint(item) == before
    change(item)
    assert fingerprint(item) != before


def test_what_nobody_can_change_is_not_looked_at() -> None:
    assert set(prints([1, "a", None, b"x", 1.5])) == {0}
    assert prints(range(10**9)) == []


def test_looking_ends_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.measure.child.state.SECONDS", -1.0)
    assert prints([[1], [2]]) == []


def test_a_modules_variables_are_its_data_and_that_of_its_classes() -> None:
    module = ModuleType("mine")
    source = "import os\nCOUNT = 1\n_seen = []\nclass Seen:\n    n = 0\ndef task(item): ...\n"
    exec(source, vars(module))
    assert variables(module).keys() == {"COUNT", "_seen", "Seen.n"}
    assert variables(None) == {}
