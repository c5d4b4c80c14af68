"""Profiles of work: what was asked for, and what was found."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from bench.profiles import Profile, Profiling, Wanted
from bench.samples import State
from bench.store.jobs import Jobs, Kind, as_text


class Profiles(Jobs):
    """The profiles of a database. Their facts are kept as those of demonstrations are."""

    kind: Kind = "profile"

    def add(
        self,
        wanted: Wanted,
        state: State,
        session: str = "",
        environment: Mapping[str, Any] | None = None,
        batch: str = "",
    ) -> str:
        """Keep a new one; its id."""
        return self.insert(wanted.as_json(), state, session, environment or {}, batch)

    def find(self, id_: str) -> Profiling | None:
        """The profile of that id, as far as it is made; None if there is none."""
        row = self.row(id_)
        if row is None:
            return None
        told = self._database.row("SELECT * FROM demonstrations WHERE run = ?", (row["seq"],))
        return self._profiling(row, told)

    def stamp(self, id_: str, environment: Mapping[str, Any]) -> None:
        """Write what it is made on."""
        self._database.rows(
            "UPDATE runs SET environment = ? WHERE id = ?", (as_text(environment), id_)
        )

    def tell(self, id_: str, profile: Profile | None, output: str) -> None:
        """Commit what was found, and what the work printed."""
        self._database.rows(
            "INSERT OR REPLACE INTO demonstrations VALUES (?, ?, ?)",
            (self.seq(id_), as_text(profile.as_json()) if profile else None, output),
        )

    def without_profile(self, row: sqlite3.Row) -> Profiling:
        """The one of a row, quick to read: without what was found."""
        return self._profiling(row, None)

    def _profiling(self, row: sqlite3.Row, told: sqlite3.Row | None) -> Profiling:
        return Profiling(
            wanted=Wanted(**json.loads(row["plan"])),
            profile=Profile.restored(json.loads(told["facts"])) if told and told["facts"] else None,
            output=told["output"] if told else "",
            **self.common(row),
        )
