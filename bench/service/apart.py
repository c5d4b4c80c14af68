"""The app gives way to what is measured: a lower priority, and CPUs of its own where there are many.

    app: niceness +10, on 4 CPUs or more only the last one ──► pages, pictures, exports
    spawner: a thread that is as the app was started       ──► service ──► trials

Priority and CPUs belong to threads on Linux, and a child has those of the thread that starts it; a
priority once given away does not come back. So the service is started by a thread that was there
before the app gave way. Elsewhere nothing is given, and the stamp of a run says so.
"""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from bench.measure.cpus import measure_on
from bench.settings import Settings

Value = TypeVar("Value")

# With fewer CPUs than that, one of them is too much to take from the measurements.
LEAST_CPUS = 4


class Spawner:
    """A thread from which measuring is started. Call `as_it_was` to do something in it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "spawner")
        self._native: int = self._thread.submit(_native_id).result()

    def as_it_was(self, do: Callable[[], Value]) -> Value:
        return self._thread.submit(do).result()

    def close(self) -> None:
        self._thread.shutdown()

    def give_way(self, settings: Settings, least_cpus: int = LEAST_CPUS) -> None:
        """Let all other threads of this process, and those to come, give way to measuring."""
        if sys.platform != "linux":
            return
        others = [int(task.name) for task in Path("/proc/self/task").iterdir()]
        others.remove(self._native)
        measuring, own = split(os.sched_getaffinity(self._native), least_cpus)
        if not settings.apart or not own:
            own = frozenset()
        for thread in others:
            with suppress(ProcessLookupError):  # it has ended since
                os.setpriority(os.PRIO_PROCESS, thread, settings.nice)
                if own:
                    os.sched_setaffinity(thread, own)
        if own:
            os.sched_setaffinity(self._native, measuring)
            measure_on(measuring)


def split(cpus: set[int], least: int = LEAST_CPUS) -> tuple[frozenset[int], frozenset[int]]:
    """The CPUs to measure on and those of the app: the last one, or none of its own."""
    if len(cpus) < least:
        return frozenset(cpus), frozenset()
    last = max(cpus)
    return frozenset(cpus - {last}), frozenset({last})


def _native_id() -> int:
    import threading

    return threading.get_native_id()


def beside(app: int | None) -> Mapping[str, Any] | None:
    """How an app of that process number gives way now, for the stamp of a run; None without one."""
    if app is None or sys.platform != "linux":
        return None
    try:
        cpus = sorted(os.sched_getaffinity(app))
        return {"nice": os.getpriority(os.PRIO_PROCESS, app), "cpus": cpus}
    except ProcessLookupError:
        return None
