"""The queue: first in, first out, bounded; and the heartbeats of those who work on it."""

import sqlite3
from collections.abc import Sequence

from bench.demonstration import Asked, Demonstration
from bench.errors import Refused
from bench.plan import Plan
from bench.profiles import Profiling, Wanted
from bench.samples import Run, State
from bench.settings import Settings
from bench.store.database import Database
from bench.store.demonstrations import Demonstrations
from bench.store.jobs import STALE
from bench.store.profiles import Profiles
from bench.store.runs import Runs

Job = Run | Demonstration | Profiling


class Queue:
    """Jobs that wait (runs to measure, experiments to show, profiles), and the one that is on."""

    def __init__(
        self,
        database: Database,
        runs: Runs,
        demonstrations: Demonstrations,
        profiles: Profiles,
        settings: Settings,
    ) -> None:
        self._database, self._settings = database, settings
        self._runs, self._demonstrations, self._profiles = runs, demonstrations, profiles

    def submit(self, plan: Plan, session: str = "") -> str:
        """Put a plan in the queue; its run's id. Raises Refused if too many wait already."""
        with self._database.transaction():
            self._check_room(session)
            return self._runs.add(plan, "queued", session)

    def submit_experiment(self, asked: Asked, session: str = "") -> str:
        """Put an experiment in the queue; its demonstration's id. Raises Refused like `submit`."""
        with self._database.transaction():
            self._check_room(session)
            return self._demonstrations.add(asked, "queued", session)

    def submit_profile(self, wanted: Wanted, session: str = "") -> str:
        """Put work to be profiled in the queue; the profile's id. Raises Refused like `submit`."""
        with self._database.transaction():
            self._check_room(session)
            return self._profiles.add(wanted, "queued", session)

    def submit_set(self, asked: Sequence[Asked], session: str = "") -> str:
        """Put experiments in the queue one after the other; the id of the first, and of the set.

        Together they take one place. Raises Refused like `submit`.
        """
        with self._database.transaction():
            self._check_room(session)
            batch = ""
            for one in asked:
                id_ = self._demonstrations.add(one, "queued", session, batch=batch)
                batch = batch or id_
            return batch

    def submit_again(self, id_: str, session: str = "") -> None:
        """Put a run that has ended at the end of the queue, to go on after its last round.

        Raises Refused if too many wait already, or if it goes on already or never began.
        """
        with self._database.transaction():
            run = self._runs.find(id_)
            if run is None or run.active or not run.samples:
                state = run.state if run else None
                raise Refused("run", state, "one that has ended and has rounds")
            self._check_room(session)
            self._runs.go_on(id_, "queued")

    def _check_room(self, session: str) -> None:
        waiting = self._database.rows(
            "SELECT DISTINCT session, batch FROM runs WHERE state = 'queued'"
        )
        if len(waiting) >= self._settings.queue:
            bound = f"at most {self._settings.queue}"
            raise Refused("queue", f"{len(waiting)} waiting", bound, "try again when one has ended")
        mine = sum(bool(session) and row["session"] == session for row in waiting)
        if mine >= self._settings.queue_each:
            bound = f"at most {self._settings.queue_each}"
            raise Refused("your queue", f"{mine} waiting", bound, "wait for one or stop it")

    def claim(self) -> Job | None:
        """The job that is next, now running; None if none waits. Only under the host's lock."""
        with self._database.transaction():
            row = self._database.row(
                "SELECT id, kind FROM runs WHERE state = 'queued' ORDER BY queued, seq LIMIT 1"
            )
            if row is None:
                return None
            now = self._runs.clock()
            self._database.rows(
                "UPDATE runs SET state = 'running', started = coalesce(started, ?), heartbeat = ? "
                "WHERE id = ?",
                (now, now, row["id"]),
            )
        if row["kind"] == self._runs.kind:
            return self._runs.find(row["id"])
        if row["kind"] == self._profiles.kind:
            return self._profiles.find(row["id"])
        return self._demonstrations.find(row["id"])

    def waits(self) -> bool:
        """Whether any job waits."""
        return self._database.row("SELECT 1 FROM runs WHERE state = 'queued' LIMIT 1") is not None

    def ahead(self, id_: str) -> list[Job]:
        """The jobs that come before a queued one, without samples, the running one first."""
        rows = self._database.rows(
            # The command line's runs never wait in the queue: a later one may run already.
            "SELECT other.* FROM runs AS mine JOIN runs AS other ON other.state = 'running' "
            "OR (other.state = 'queued' AND (other.queued, other.seq) < (mine.queued, mine.seq)) "
            "WHERE mine.id = ? AND mine.state = 'queued' "
            "ORDER BY other.state DESC, other.queued, other.seq",
            (id_,),
        )
        return [job for row in rows if (job := self._in_short(row)).active]

    def _in_short(self, row: sqlite3.Row) -> Job:
        if row["kind"] == self._runs.kind:
            return self._runs.without_samples(row)
        if row["kind"] == self._profiles.kind:
            return self._profiles.without_profile(row)
        return self._demonstrations.without_events(row)

    def beat(self, id_: str) -> bool:
        """Say that a running job is alive; whether it was asked to stop."""
        row = self._database.row(
            "UPDATE runs SET heartbeat = ? WHERE id = ? RETURNING stop", (self._runs.clock(), id_)
        )
        return row is None or bool(row["stop"])

    def stop(self, id_: str) -> None:
        """Ask a job to stop: at once if it waits, else as soon as its service looks."""
        state: State = "stopped"
        with self._database.transaction():
            self._database.rows(
                "UPDATE runs SET stop = 1 WHERE id = ? AND state = 'running'", (id_,)
            )
            self._database.rows(
                "UPDATE runs SET state = ?, ended = ? WHERE id = ? AND state = 'queued'",
                (state, self._runs.clock(), id_),
            )

    def stop_set(self, batch: str) -> None:
        """Ask all jobs of a set to stop."""
        for row in self._database.rows("SELECT id FROM runs WHERE batch = ?", (batch,)):
            self.stop(row["id"])

    def sweep(self) -> int:
        """Mark what a dead service left running as interrupted; how many. Only under the lock."""
        rows = self._database.rows(
            "UPDATE runs SET state = 'interrupted', ended = heartbeat "
            "WHERE state = 'running' RETURNING id"
        )
        return len(rows)

    def service_beat(self, pid: int, waiting_for: str = "") -> None:
        """Say that a measuring service is alive, and for whom it waits."""
        now = self._runs.clock()
        self._database.rows(
            "INSERT INTO services VALUES (?, ?, ?) ON CONFLICT (pid) DO UPDATE "
            "SET heartbeat = excluded.heartbeat, waiting_for = excluded.waiting_for",
            (pid, now, waiting_for),
        )
        self._database.rows("DELETE FROM services WHERE heartbeat < ?", (now - 60 * STALE,))

    def service(self) -> str | None:
        """For whom the measuring service waits ('' for nobody); None if no service is alive."""
        row = self._database.row(
            "SELECT waiting_for FROM services WHERE heartbeat > ? ORDER BY heartbeat DESC LIMIT 1",
            (self._runs.clock() - STALE,),
        )
        return None if row is None else str(row["waiting_for"])
