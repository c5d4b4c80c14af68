"""What many look at while it changes: read once for all of them, and they look less often.

    viewer ─┐
    viewer ─┼─► Watched ──at most once a second──► runs, demonstrations
    viewer ─┘

Reading and drawing cost CPU on the machine that measures. What goes on is read at most once a
second, whoever asks; what has ended is kept, and read again only if it was changed since.
"""

import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bench.demonstration import Demonstration
from bench.samples import Run
from bench.store.demonstrations import Demonstrations
from bench.store.jobs import Mark
from bench.store.runs import Runs

# How old may be what goes on, in seconds.
FRESH = 1.0

# So many runs, and demonstrations, are kept; those that nobody looked at the longest go first.
MOST_KEPT = 64

# All viewers of a job together look so many times a second.
MOST_LOOKS = 10

# A viewer who has not looked for so many of its own intervals, or so long (s), has gone.
GONE, GONE_S = 3.0, 30.0

Job = TypeVar("Job", bound=Run | Demonstration)


@dataclass
class _Kept(Generic[Job]):
    """One job as it was last read; `lock` is held by the one who reads it anew."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    job: Job | None = None
    mark: Mark | None = None
    read: float = 0.0


class Watched:
    """The jobs of a store for those who watch them. `clock` gives seconds."""

    def __init__(
        self,
        runs: Runs,
        demonstrations: Demonstrations,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runs: _Shelf[Run] = _Shelf(runs.find, runs.mark, clock)
        self._shown: _Shelf[Demonstration] = _Shelf(demonstrations.find, demonstrations.mark, clock)
        self._clock = clock
        self._guard = threading.Lock()
        self._viewers: dict[str, dict[str, float]] = {}

    def run(self, id_: str) -> Run | None:
        """The run of that id, without its traces; None if there is none."""
        return self._runs.look(id_)

    def demonstration(self, id_: str) -> Demonstration | None:
        """The demonstration of that id; None if there is none."""
        return self._shown.look(id_)

    def forget(self, id_: str) -> None:
        """Let the next one who looks see what has just been done to a job."""
        self._runs.forget(id_)
        self._shown.forget(id_)

    def pace(self, id_: str, viewer: str) -> float:
        """How often a viewer of a job may look, in seconds: 1, 2, 5, 10 … the more, the rarer."""
        now = self._clock()
        with self._guard:
            viewers = self._viewers.setdefault(id_, {})
            seconds = _pace(len(viewers.keys() | {viewer}))
            gone = now - max(GONE_S, GONE * seconds)
            for other in [name for name, looked in viewers.items() if looked < gone]:
                del viewers[other]
            viewers[viewer] = now
            for other in [name for name, them in self._viewers.items() if not _any(them, gone)]:
                del self._viewers[other]
            return _pace(len(viewers))

    def viewers(self) -> int:
        """How many watch what goes on."""
        with self._guard:
            return len({viewer for viewers in self._viewers.values() for viewer in viewers})


class _Shelf(Generic[Job]):
    """The jobs of one kind, as they were last read."""

    def __init__(
        self,
        find: Callable[[str], Job | None],
        mark: Callable[[str], Mark | None],
        clock: Callable[[], float],
    ) -> None:
        self._find, self._mark, self._clock = find, mark, clock
        self._guard = threading.Lock()
        self._kept: OrderedDict[str, _Kept[Job]] = OrderedDict()

    def look(self, id_: str) -> Job | None:
        """The job as it is, or was at most `FRESH` seconds ago; None if none has that id."""
        kept = self._place(id_)
        with kept.lock:
            now = self._clock()
            if kept.job and kept.job.active and now - kept.read < FRESH:
                return kept.job
            # The mark first: what changes meanwhile is seen the next time.
            mark = self._mark(id_)
            if mark is None:
                self.forget(id_)
                return None
            if mark != kept.mark:
                kept.job = self._find(id_)
            kept.mark, kept.read = mark, now
            return kept.job

    def forget(self, id_: str) -> None:
        with self._guard:
            self._kept.pop(id_, None)

    def _place(self, id_: str) -> _Kept[Job]:
        with self._guard:
            kept = self._kept.setdefault(id_, _Kept())
            self._kept.move_to_end(id_)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return kept


def _pace(viewers: int) -> float:
    paces = (step * 10.0**power for power in itertools.count() for step in (1, 2, 5))
    return next(pace for pace in paces if viewers <= MOST_LOOKS * pace)


def _any(viewers: dict[str, float], since: float) -> bool:
    return any(looked >= since for looked in viewers.values())
