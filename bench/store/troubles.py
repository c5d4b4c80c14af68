"""What the disk or another program does to the database, as a sentence with what to do about it."""

import sqlite3
from pathlib import Path

from bench.errors import Refused, Unavailable

_FULL = (sqlite3.SQLITE_FULL,)
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SHUT = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


def trouble(error: sqlite3.Error) -> Unavailable:
    """Why the database does not work; its path is left out, since runs and pages tell this."""
    kind = _kind(error)
    if kind in _FULL:
        return Unavailable(
            "The disk of the lab's database is full: make room on it, "
            "or set BENCH_DATA to another folder."
        )
    if kind in _HELD:
        return Unavailable(
            f"Another program holds the lab's database ({error}): end it, or try again later."
        )
    if kind in _DAMAGED:
        return Unavailable(
            f"The lab's database is damaged ({error}): move it out of the data folder, which "
            "python -m bench settings tells, or set BENCH_DATA to another one."
        )
    return Unavailable(
        f"The lab's database does not work ({error}): make room on its disk, end what holds it, "
        "or set BENCH_DATA to another folder."
    )


def not_opened(error: OSError | sqlite3.Error, path: Path) -> Refused | Unavailable:
    """Why the database at that path cannot be opened."""
    if isinstance(error, OSError) or _kind(error) in _SHUT:
        bound, remedy = "a folder that can be written", "set BENCH_DATA to another one"
        return Refused("data folder", str(path.parent), bound, remedy)
    return trouble(error)


def _kind(error: sqlite3.Error) -> int:
    """The number of an error without what SQLite adds to it in detail."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
