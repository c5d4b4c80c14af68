"""Doing things now and then."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """A function's latest value, asked for anew at most every `seconds`."""

    def __init__(
        self, seconds: float, ask: Callable[[], Value], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._ask, self._clock = seconds, ask, clock
        self._asked: float | None = None

    def __call__(self) -> Value:
        now = self._clock()
        if self._asked is None or now - self._asked >= self._seconds:
            self._value, self._asked = self._ask(), now
        return self._value
