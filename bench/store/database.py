"""Opening the database: its folder, its schema and its transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.errors import Refused, Unavailable
from bench.store.schema import STEPS, VERSION

# How long a writer waits for another one, in seconds.
BUSY = 10.0


class Database:
    """One connection that a process's threads share, a statement or transaction at a time."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = _opened(path)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """Run one statement; all its rows."""
        with self._lock, _told():
            return self._connection.execute(sql, values).fetchall()

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
            except BaseException:
                self.rows("ROLLBACK")
                raise
            self.rows("COMMIT")


@contextmanager
def _told() -> Iterator[None]:
    """What the disk or another program does to the database, as a sentence."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of the lab's own
    except sqlite3.DatabaseError as error:
        raise Unavailable(
            f"The database does not work ({error}): make room on its disk, end what holds it, "
            "or set BENCH_DATA to another folder."
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    remedy = "set BENCH_DATA to another one"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=BUSY, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.OperationalError) as error:
        raise Refused(
            "data folder", str(path.parent), "a folder that can be written", remedy
        ) from error
    connection.row_factory = sqlite3.Row
    try:
        _prepare(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        raise Refused(
            "data folder", str(path.parent), "a folder that can be written", remedy
        ) from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise Unavailable(
            f"The database {path} is damaged ({error}): move it away or {remedy}."
        ) from error
    except Unavailable:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # With a write-ahead log, NORMAL loses no committed sample when a process dies.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise Unavailable(
                f"The database has version {version}, this lab knows up to {VERSION}: "
                "use a newer lab or set BENCH_DATA to another folder."
            )
        for statements in STEPS[version:]:
            for statement in statements.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    finally:
        # What was done is whole in either case: all steps are one transaction.
        connection.execute("COMMIT")
