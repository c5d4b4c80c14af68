"""One measurement at a time on a host, whoever asks: a lock that dies with its holder."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.errors import Unavailable

# How often a waiting process looks again, in seconds.
LOOK_AGAIN = 0.2


@contextmanager
def host_lock(
    path: Path,
    holder: str,
    *,
    waiting: Callable[[str], None] = lambda _: None,
    give_up: Callable[[], bool] = lambda: False,
) -> Iterator[bool]:
    """Hold the host's lock, told as `holder` to those who wait; yields whether it was got.

    While another process holds it, `waiting` is told who, once for each. It yields False as soon
    as `give_up` says so. Raises Unavailable if the file cannot be opened.
    """
    descriptor = _opened(path)
    told = None
    try:
        while not (got := _try(descriptor)) and not give_up():
            other = _told(descriptor)
            if other != told:
                waiting(other)
                told = other
            time.sleep(LOOK_AGAIN)
        if got:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{holder} (process {os.getpid()})".encode(), 0)
        yield got
    finally:
        os.close(descriptor)


def holder(path: Path) -> str:
    """Who holds the host's lock now, empty if nobody; it is not taken, nor made."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return ""
    try:
        # Shared: two that look at once do not see each other.
        return "" if _try(descriptor, fcntl.LOCK_SH) else _told(descriptor)
    finally:
        os.close(descriptor)


def _told(descriptor: int) -> str:
    told = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
    return told or "another process"


def _try(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened(path: Path) -> int:
    """The lock's file: everybody's, as everybody on the host must wait for everybody else."""
    try:
        # A file of another user's in a shared folder may be opened, but not with O_CREAT.
        return os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _no_lock(path, error) from error
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        os.fchmod(descriptor, 0o666)
    except OSError as error:
        raise _no_lock(path, error) from error
    return descriptor


def _no_lock(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        f"The lock file {path} cannot be opened ({error.strerror}): set BENCH_LOCK to another."
    )
