"""Looking at processes, and waiting for what must happen without saying when."""

import contextlib
import os
import time
from collections.abc import Callable

import psutil

# So long that only something that never happens reaches it, in seconds.
PATIENCE = 30.0


def eventually(happened: Callable[[], object], what: str = "it") -> None:
    """Wait until something happens. Fails if it does not."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, f"{what} did not happen within {PATIENCE:g} s"
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    """Whether a process has ended, be it reaped or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def living_in_group(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    found = []
    for pid in psutil.pids():
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(pid) == group and not is_gone(pid):
                found.append(pid)
    return found


def living_with(name: str, value: str) -> list[psutil.Process]:
    """The other processes that were started with that value in their environment, or inherit it."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            other = process.pid != os.getpid() and not is_gone(process.pid)
            if other and process.environ().get(name) == value:
                found.append(process)
    return found
