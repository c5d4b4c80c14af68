"""What stays behind when an executor is closed. Standard library, and psutil where it is there."""

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# They live until the interpreter ends, whoever started them; Dask's threads wait for more work.
KEPT_PROCESSES = ("resource_tracker", "forkserver")
KEPT_THREADS = ("IO loop", "Profile", "Dask-", "AsyncProcess")


@contextmanager
def nothing_left() -> Iterator[None]:
    """Fails if threads or child processes are there afterwards that were not before."""
    before = _threads() | _processes()
    yield
    left = (_threads() | _processes()) - before
    assert not left, f"left behind: {sorted(left)}"


def _threads() -> set[str]:
    return {
        f"thread {thread.ident} {thread.name}"
        for thread in threading.enumerate()
        if not thread.name.startswith(KEPT_THREADS)
    }


def _processes() -> set[str]:
    try:
        import psutil
    except ImportError:  # another interpreter than the app's
        return {f"process {process.pid}" for process in multiprocessing.active_children()}
    found = set()
    for process in psutil.Process().children(recursive=True):
        try:
            command = " ".join(process.cmdline())
            if process.status() != psutil.STATUS_ZOMBIE:
                found.add(f"process {process.pid} {command}")
        except psutil.NoSuchProcess:
            continue
    return {one for one in found if not any(name in one for name in KEPT_PROCESSES)}
