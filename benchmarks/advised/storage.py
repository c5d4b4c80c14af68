"""Queries on a database in a file, and files made smaller."""

import gzip
import os
import random
import sqlite3
import tempfile
from pathlib import Path


def query(number: int) -> list[float]:
    """Sums over a table that is made for the purpose: SQLite lets the GIL go at every step."""
    connection = sqlite3.connect(":memory:")
    rows = ((place, (place * number) % 997) for place in range(6_000))
    connection.execute("CREATE TABLE readings (place INTEGER, value REAL)")
    connection.executemany("INSERT INTO readings VALUES (?, ?)", rows)
    told = connection.execute(
        "SELECT round(avg(value), 6), count(*) FROM readings GROUP BY place % 7 ORDER BY 1"
    ).fetchall()
    connection.close()
    return [part for row in told for part in row]


queries = list(range(1, 61))


def files() -> list[str]:
    """Files of a quarter of a megabyte, in the folder that a trial has for itself."""
    folder, rng = Path(tempfile.gettempdir()), random.Random(5)
    text = "".join(rng.choices("abcdefghij ", k=65_536)).encode() * 4
    names = []
    for number in range(24):
        file = folder / f"advised-{number}"
        file.write_bytes(text[number:])
        names.append(os.fspath(file))
    return names


def gzipped(name: str) -> int:
    """How small a file gets: zlib lets the GIL go."""
    return len(gzip.compress(Path(name).read_bytes(), 6))
