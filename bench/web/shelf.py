"""What was made for one answer and serves the next; and only one thing is made at a time.

Drawing a chart costs CPU on the machine that measures. So nothing is made twice while there is
room for it: who asks for what is being made gets that. Who comes for something else when much waits
to be made already is told to come again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

# So many bytes are kept: a hundred pictures and a dozen reports.
MOST_BYTES = 48_000_000

# So many things wait while one is made.
MOST_WAITING = 8


@dataclass(frozen=True)
class Made:
    """A file: its name, media type and content."""

    name: str
    media_type: str
    content: bytes


class Busy(RuntimeError):
    """Too many wait already."""


class Shelf:
    """Files by key; those that nobody has asked for the longest make room for others."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_waiting: int = MOST_WAITING) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._being_made: dict[Hashable, Future[Made]] = {}
        self._guard = threading.Lock()
        self._turn = threading.Lock()
        self._room = threading.BoundedSemaphore(most_waiting + 1)

    def find(self, key: Hashable) -> Made | None:
        """What was kept under a key, if it still is."""
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def make(self, key: Hashable | None, make: Callable[[], Made]) -> Made:
        """What is kept under a key, or is made now and kept; without a key it is not kept.

        Raises Busy, and what making raises.
        """
        if key is None:
            with self._in_turn():
                return make()
        with self._guard:
            other = self._being_made.get(key)
            mine = other or self._being_made.setdefault(key, Future())
        if other:
            return other.result()
        try:
            with self._in_turn():
                made = self.find(key) or make()
                self._keep(key, made)
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(made)
            return made
        finally:
            with self._guard:
                del self._being_made[key]

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            with self._turn:
                yield
        finally:
            self._room.release()

    def _keep(self, key: Hashable, made: Made) -> None:
        with self._guard:
            self._kept[key] = made
            while self._kept and sum(len(one.content) for one in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
