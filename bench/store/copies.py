"""A copy of the database while it is used, and a database from such a copy."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bench.errors import Refused, Unavailable
from bench.measure.processes.hostlock import holder, host_lock
from bench.settings import Settings
from bench.store.schema import VERSION

_SUFFIXES = ("-wal", "-shm")


def back_up(here: Settings, target: Path) -> None:
    """Copy the database as it is at one moment to a new file. Others may read and write meanwhile.

    Raises Refused or Unavailable; then there is no such file.
    """
    if target.exists():
        raise Refused("file", str(target), "a name that is not taken", "choose another one")
    if not here.database.exists():
        raise Refused("data folder", str(here.data), "one with a database", "set BENCH_DATA")
    part = target.with_name(f"{target.name}.part")
    try:
        _copy(here.database, part)
        _checked(part)
        part.rename(target)
    except (OSError, sqlite3.OperationalError) as error:
        raise Unavailable(f"The database could not be copied to {target}: {error}.") from error
    finally:
        _remove(part)


def restore(here: Settings, source: Path, service_lives: bool) -> Path | None:
    """Put a copy in the place of the database; where the one before it was moved, if there was one.

    The copy is checked as a whole before anything is done. Raises Refused or Unavailable.
    """
    if not source.is_file():
        raise Refused("file", str(source), "a backup of the lab's database")
    _checked(source)
    if service_lives:
        raise Refused("measuring service", "alive", "ended", "stop the app and try again")
    with host_lock(here.lock, "a restore", give_up=lambda: True) as got:
        if not got:
            raise Refused("machine", f"measured on by {holder(here.lock)}", "idle", "wait for it")
        here.data.mkdir(parents=True, exist_ok=True)
        part = here.database.with_name(f"{here.database.name}.part")
        try:
            _copy(source, part)
            before = _moved_away(here.database)
            part.rename(here.database)
        except (OSError, sqlite3.OperationalError) as error:
            raise Unavailable(f"{source} could not be restored: {error}.") from error
        finally:
            _remove(part)
    return before


def _copy(source: Path, target: Path) -> None:
    """All of a database in one step, so that nobody's writing makes it begin again."""
    _remove(target)
    with closing(_reading(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _checked(file: Path) -> None:
    """Raises Refused for what is no whole database of this lab or an older one."""
    expected = "a whole backup of the lab's database"
    try:
        with closing(_reading(file)) as copy:
            (told,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            (version,) = copy.execute("PRAGMA user_version").fetchone()
            copy.execute("SELECT id FROM runs LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        raise Refused("file", str(file), expected, f"it says: {error}") from error
    if told != "ok":
        raise Refused("file", str(file), expected, f"it is damaged: {told}")
    if not 1 <= version <= VERSION:
        remedy = "restore it with the lab that made it, or a newer one"
        raise Refused("file", f"of version {version}", f"of version 1 to {VERSION}", remedy)


def _moved_away(database: Path) -> Path | None:
    """Where the database is now, with what was not yet written into it; None if there was none."""
    if not database.exists():
        return None
    moment = time.strftime("%Y%m%d-%H%M%S")
    before = database.with_name(f"{database.name}.before-{moment}-{os.getpid()}")
    for suffix in ("", *_SUFFIXES):
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.rename(before.with_name(before.name + suffix))
    return before


def _remove(file: Path) -> None:
    for suffix in ("", "-journal", *_SUFFIXES):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
