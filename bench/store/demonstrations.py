"""Performed experiments: what was asked for, events as they come, and facts."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from bench.demonstration import Asked, Demonstration
from bench.samples import State
from bench.store.jobs import Jobs, Kind, as_text


class Demonstrations(Jobs):
    """The demonstrations of a database."""

    kind: Kind = "experiment"

    def add(
        self,
        asked: Asked,
        state: State,
        session: str = "",
        environment: Mapping[str, Any] | None = None,
        batch: str = "",
    ) -> str:
        """Keep a new one; its id."""
        return self.insert(asked.as_json(), state, session, environment or {}, batch)

    def find(self, id_: str) -> Demonstration | None:
        """The demonstration of that id with all that happened so far; None if there is none."""
        row = self.row(id_)
        if row is None:
            return None
        events = self._database.rows(
            "SELECT event FROM events WHERE run = ? ORDER BY place", (row["seq"],)
        )
        told = self._database.row("SELECT * FROM demonstrations WHERE run = ?", (row["seq"],))
        return self._demonstration(row, tuple(json.loads(one["event"]) for one in events), told)

    def latest_of(self, experiment: str, interpreter: str = "") -> Demonstration | None:
        """The newest one of an experiment that has facts, on that interpreter if one is named."""
        row = self._database.row(
            "SELECT runs.id FROM runs JOIN demonstrations ON run = seq "
            "WHERE kind = 'experiment' AND facts IS NOT NULL "
            "AND json_extract(plan, '$.experiment') = ? "
            "AND ? IN ('', json_extract(plan, '$.interpreter')) ORDER BY seq DESC LIMIT 1",
            (experiment, interpreter),
        )
        return self.find(row["id"]) if row else None

    def of_batch(self, batch: str) -> list[Demonstration]:
        """Those that were asked for together, in that order; none if there is no such set."""
        rows = self._database.rows(
            "SELECT id FROM runs WHERE batch = ? AND kind = ? ORDER BY seq", (batch, self.kind)
        )
        found = [self.find(row["id"]) for row in rows]
        return [one for one in found if one]

    def stamp(self, id_: str, environment: Mapping[str, Any]) -> None:
        """Write what it is performed on."""
        self._database.rows(
            "UPDATE runs SET environment = ? WHERE id = ?", (as_text(environment), id_)
        )

    def keep(self, id_: str, event: Mapping[str, Any]) -> None:
        """Commit what happened. Raises LookupError if there is no such demonstration."""
        self._database.rows(
            "INSERT INTO events SELECT seq, "
            "(SELECT count(*) FROM events WHERE run = seq), ? FROM runs WHERE seq = ?",
            (as_text(event), self.seq(id_)),
        )

    def tell(self, id_: str, facts: Mapping[str, Any] | None, output: str) -> None:
        """Commit its facts, and what it printed."""
        self._database.rows(
            "INSERT OR REPLACE INTO demonstrations VALUES (?, ?, ?)",
            (self.seq(id_), None if facts is None else as_text(facts), output),
        )

    def without_events(self, row: sqlite3.Row) -> Demonstration:
        """The demonstration of a row, quick to read: without what happened."""
        return self._demonstration(row, (), None)

    def _demonstration(
        self, row: sqlite3.Row, events: tuple[Mapping[str, Any], ...], told: sqlite3.Row | None
    ) -> Demonstration:
        return Demonstration(
            asked=Asked(**json.loads(row["plan"])),
            events=events,
            facts=json.loads(told["facts"]) if told and told["facts"] else None,
            output=told["output"] if told else "",
            **self.common(row),
        )
