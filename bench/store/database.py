"""Opening the database: its folder, its schema and its transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.errors import Unavailable
from bench.store.schema import STEPS, VERSION
from bench.store.troubles import not_opened, trouble

# How long a writer waits for another one, in seconds.
BUSY = 10.0


class Database:
    """One connection that a process's threads share, a statement or transaction at a time."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = _opened(path)

    def close(self) -> None:
        """Close the connection, once the statement under way has ended."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """Run one statement; all its rows."""
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
                raise  # a fault of the lab's own
            except sqlite3.DatabaseError as error:
                raise trouble(error) from error

    def row(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Row | None:
        """Run one statement; its first row, if any."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside are kept, or none; nobody else writes meanwhile.

        One inside another is part of it.
        """
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self.rows("BEGIN IMMEDIATE")
            try:
                yield
                self.rows("COMMIT")
            finally:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self.rows("ROLLBACK")

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Meanwhile nobody is waited for: who writes at that moment is met with Unavailable."""
        with self._lock:
            self.rows("PRAGMA busy_timeout = 0")
            try:
                yield
            finally:
                self.rows(f"PRAGMA busy_timeout = {1_000 * BUSY:.0f}")


def _opened(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=BUSY, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise not_opened(error, path) from error
    connection.row_factory = sqlite3.Row
    try:
        _prepare(connection)
    except sqlite3.Error as error:
        connection.close()
        raise not_opened(error, path) from error
    except Unavailable:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Take it through the steps that it lacks; one that lacks none is not written to."""
    connection.execute("PRAGMA journal_mode = WAL")
    # With a write-ahead log, NORMAL loses no committed sample when a process dies.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in STEPS[_version(connection) :]:
            for statement in statements.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:  # all steps, or none
            connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    """The steps that the database has been taken through. Raises Unavailable for more of them."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise Unavailable(
            f"The database has version {version}, this lab knows up to {VERSION}: "
            "use a newer lab or set BENCH_DATA to another folder."
        )
    return version
