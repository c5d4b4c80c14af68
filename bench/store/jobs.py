"""What runs, demonstrations and profiles have in common as rows: their beginning and end."""

import json
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, cast

from bench.samples import ACTIVE, State
from bench.store.database import Database

Kind = Literal["run", "experiment", "profile"]

# A running job whose heartbeat is older than this, in seconds, has lost its service.
STALE = 10.0

_ID = re.compile(r"[0-9a-z]{12}")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True)
class Mark:
    """A job's state, whether it has ended, and what is another one once anything has changed."""

    state: State
    ended: bool
    told: str


class Jobs:
    """The rows of one kind. `clock` gives seconds since the epoch."""

    kind: Kind

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self.clock = clock

    def insert(
        self,
        asked: object,
        state: State,
        session: str,
        environment: Mapping[str, Any],
        batch: str = "",
    ) -> str:
        """Keep a new one; its id, 12 characters that cannot be guessed.

        `batch` is the id of the first of those that it was asked for together with.
        """
        id_ = "".join(secrets.choice(_ALPHABET) for _ in range(12))
        now = self.clock()
        started = now if state == "running" else None
        self._database.rows(
            "INSERT INTO runs "
            "(id, kind, batch, session, state, plan, environment, created, queued, started, "
            "heartbeat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id_,
                self.kind,
                batch or id_,
                session,
                state,
                as_text(asked),
                as_text(environment),
                now,
                now,
                started,
                started,
            ),
        )
        return id_

    def count(self) -> int:
        """How many there are."""
        row = self._database.row("SELECT count(*) AS jobs FROM runs WHERE kind = ?", (self.kind,))
        return int(row["jobs"]) if row else 0

    def go_on(self, id_: str, state: State) -> None:
        """Take one that has ended up again, as `queued` or `running`, with all that it has."""
        now = self.clock()
        self._database.rows(
            "UPDATE runs SET state = ?, queued = ?, heartbeat = ?, ended = NULL, stop = 0, "
            "error = '' WHERE id = ?",
            (state, now, now, id_),
        )

    def end(self, id_: str, state: State, error: str = "") -> None:
        """Write its last state."""
        self._database.rows(
            "UPDATE runs SET state = ?, error = ?, ended = ? WHERE id = ?",
            (state, error, self.clock(), id_),
        )

    def row(self, id_: str) -> sqlite3.Row | None:
        """The row of that id, if it is one of this kind."""
        if not _ID.fullmatch(id_):
            return None
        return self._database.row("SELECT * FROM runs WHERE id = ? AND kind = ?", (id_, self.kind))

    def owner(self, id_: str) -> str | None:
        """Who started it, empty for nobody in particular; None if there is none."""
        row = self.row(id_)
        return None if row is None else str(row["session"])

    def mark(self, id_: str) -> Mark | None:
        """What it is like now, without reading what was measured; None if there is none."""
        row = self.row(id_)
        if row is None:
            return None
        state = self.common(row)["state"]
        told = sha256(repr(tuple(row)).encode()).hexdigest()[:16]
        return Mark(state, state not in ACTIVE, told)

    def seq(self, id_: str) -> int:
        """Its number. Raises LookupError if there is none of this kind."""
        row = self.row(id_)
        if row is None:
            raise LookupError(f"no {self.kind} {id_}")
        return int(row["seq"])

    def common(self, row: sqlite3.Row) -> dict[str, Any]:
        """What values of all kinds are made with; one that lost its service is interrupted."""
        lost = row["state"] == "running" and self.clock() - (row["heartbeat"] or 0) > STALE
        return {
            "id": row["id"],
            "state": "interrupted" if lost else cast(State, row["state"]),
            "created": row["created"],
            "environment": json.loads(row["environment"]),
            "started": row["started"],
            "ended": row["heartbeat"] if lost else row["ended"],
            "error": row["error"],
        }


def as_text(plain: object) -> str:
    """Plain data as compact JSON."""
    return json.dumps(plain, separators=(",", ":"))
