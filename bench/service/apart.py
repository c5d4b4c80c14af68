"""The app gives way to what is measured: a lower priority, and a CPU apart.

    app's threads: niceness +10, and of 4 CPUs or more the last one alone
    spawner, a thread that stays as the app was started, on the others ──► service ──► trials

On Linux, priority and CPUs are those of a thread, and a process begins with those of the thread
that starts it; a priority once given away does not come back. So the service is started by a thread
that was there before the app gave way. Elsewhere the app gives nothing away.

Where the system shares CPUs out by session first (sched_autogroup), a niceness counts for nothing
against other sessions, as trials are: the session has one of its own. It is set if the app leads
its session, as a server's does; a terminal's session is its user's.
"""

import os
import re
import sys
import threading
from collections.abc import Callable, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import psutil

from bench.measure.child.affinity import measure_on
from bench.settings import Settings

Value = TypeVar("Value")

LOWEST = 19


class Spawner:
    """A thread that measuring is started from."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "spawner")
        self._thread = self._pool.submit(threading.get_native_id).result()

    def __enter__(self) -> "Spawner":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()

    def do(self, what: Callable[[], Value]) -> Value:
        """What a function gives that is called in that thread."""
        return self._pool.submit(what).result()

    def alone_stays(self, here: Settings) -> None:
        """Let all other threads of this process, and those they will start, give way."""
        if sys.platform != "linux":
            return
        session_gives_way(here.nice)
        own, measuring = split(os.sched_getaffinity(self._thread), here.apart)
        for thread in [one.id for one in psutil.Process().threads()]:
            if thread != self._thread:
                with suppress(ProcessLookupError):  # it has ended meanwhile
                    lower = os.getpriority(os.PRIO_PROCESS, thread) + here.nice
                    os.setpriority(os.PRIO_PROCESS, thread, min(LOWEST, lower))
                    os.sched_setaffinity(thread, own)
        if own != measuring:
            os.sched_setaffinity(self._thread, measuring)
            measure_on(measuring)


def session_gives_way(nice: int) -> None:
    """Lower the priority of this process's session, if it leads it and sessions have any."""
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            _autogroup(os.getpid()).write_text(str(nice))


def _session_nice(process: int) -> int | None:
    """The niceness of a process's session; None where sessions have none."""
    with suppress(OSError):
        told = re.search(r"nice (-?\d+)", _autogroup(process).read_text())
        return int(told[1]) if told else None
    return None


def _autogroup(process: int) -> Path:
    return Path(f"/proc/{process}/autogroup")


def split(cpus: Set[int], least: int) -> tuple[Set[int], Set[int]]:
    """The CPUs of the app, and those to measure on: all for both if they are fewer than `least`."""
    if len(cpus) < least:
        return cpus, cpus
    own = {max(cpus)}
    return own, cpus - own


def gives_way(app: int) -> dict[str, Any] | None:
    """How the app of that process number gives way now, as plain data; None if it is not known."""
    if sys.platform != "linux":
        return None
    try:
        nice, cpus = os.getpriority(os.PRIO_PROCESS, app), os.sched_getaffinity(app)
    except ProcessLookupError:
        return None
    return {"nice": nice, "session_nice": _session_nice(app), "cpus": sorted(cpus)}
