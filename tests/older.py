"""Databases as an older lab left them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bench.store.schema import STEPS


def as_of(database: Path, version: int) -> None:
    """Let a closed database be one of the schema's first steps, with what those can hold."""
    old = database.with_suffix(".old")
    with closing(sqlite3.connect(old)) as connection:
        for step in STEPS[:version]:
            connection.executescript(step)
        connection.execute("ATTACH ? AS newer", (str(database),))
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}"
            )
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    old.replace(database)
