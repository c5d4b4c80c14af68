"""The queue: first in, first out, bounded; and the heartbeats of those who work on it."""

from collections.abc import Sequence
from contextlib import suppress

from bench.access import NOBODY, Access, Who
from bench.errors import Refused
from bench.samples import State
from bench.settings import Settings
from bench.store.database import Database
from bench.store.jobs import STALE
from bench.store.kinds import Asking, Job, Kinds
from bench.store.starts import Starts


class _Undone(Exception):
    """What was done inside a transaction is not to be kept."""


class Queue:
    """Jobs that wait (runs to measure, experiments to show, profiles), and the one that is on."""

    def __init__(
        self,
        database: Database,
        kinds: Kinds,
        access: Access,
        starts: Starts,
        settings: Settings,
    ) -> None:
        self._database, self._kinds, self._runs = database, kinds, kinds.runs
        self._access, self._starts, self._settings = access, starts, settings

    def submit(self, asking: Asking, who: Who = NOBODY) -> str:
        """Put a job in the queue; its id.

        Raises Refused if they may not, if too many wait already, or if they started too much of
        late.
        """
        with self._database.transaction():
            self._admit(who)
            return self._kinds.queue(asking, who.owner)

    def submit_set(self, several: Sequence[Asking], who: Who = NOBODY) -> str:
        """Put jobs in the queue one after the other; the id of the first, and of the set.

        Together they take one place. Raises Refused like `submit`, or if there are none.
        """
        if not several:
            raise Refused("set", "empty", "at least one", "choose what can run here")
        with self._database.transaction():
            self._admit(who)
            batch = ""
            for asking in several:
                id_ = self._kinds.queue(asking, who.owner, batch)
                batch = batch or id_
            return batch

    def submit_again(self, id_: str, who: Who = NOBODY) -> None:
        """Put a run that has ended at the end of the queue, to go on after its last round.

        Raises Refused like `submit`, and if it goes on already or never began.
        """
        with self._database.transaction():
            run = self._runs.find(id_)
            if run is None or run.active or not run.samples:
                state = run.state if run else None
                raise Refused("run", state, "one that has ended and has rounds")
            if run.imported:
                raise Refused("run", run.origin, "one that was measured here")
            self._admit(who)
            self._runs.go_on(id_, "queued")

    def _admit(self, who: Who) -> None:
        self._access.check(who)
        self._check_room(who.owner)
        self._starts.count(who)

    def _check_room(self, owner: str) -> None:
        waiting = self._database.rows(
            "SELECT DISTINCT session, batch FROM runs WHERE state = 'queued'"
        )
        if len(waiting) >= self._settings.queue:
            bound = f"at most {self._settings.queue}"
            raise Refused("queue", f"{len(waiting)} waiting", bound, "try again when one has ended")
        mine = sum(bool(owner) and row["session"] == owner for row in waiting)
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
        return self._kinds.find(row)

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
        return [job for row in rows if (job := self._kinds.in_short(row)).active]

    def beat(self, id_: str) -> bool:
        """Say that a running job is alive; whether it was asked to stop.

        Raises Unavailable at once if somebody else writes just then: a trial may be on.
        """
        with self._database.hurried():
            row = self._database.row(
                "UPDATE runs SET heartbeat = ? WHERE id = ? RETURNING stop",
                (self._runs.clock(), id_),
            )
        return row is None or bool(row["stop"])

    def owner(self, id_: str) -> str | None:
        """Who started a job, empty for nobody in particular; None if there is no such job."""
        row = self._database.row("SELECT session FROM runs WHERE id = ?", (id_,))
        return None if row is None else str(row["session"])

    def stop(self, id_: str, who: Who) -> None:
        """Ask a job to stop: at once if it waits, else as soon as its service looks.

        One that has ended stays as it is. Raises Refused.
        """
        state: State = "stopped"
        with self._database.transaction():
            owner = self.owner(id_)
            if owner is None:
                raise Refused("run", id_, "the id of a kept run", "the history lists them")
            self._access.check(who, owner)
            self._database.rows(
                "UPDATE runs SET stop = 1 WHERE id = ? AND state = 'running'", (id_,)
            )
            self._database.rows(
                "UPDATE runs SET state = ?, ended = ? WHERE id = ? AND state = 'queued'",
                (state, self._runs.clock(), id_),
            )

    def stop_set(self, batch: str, who: Who) -> None:
        """Ask all jobs of a set to stop. Raises Refused, and then stops none."""
        with self._database.transaction():
            for row in self._database.rows("SELECT id FROM runs WHERE batch = ?", (batch,)):
                self.stop(row["id"], who)

    def exercise(self) -> None:
        """Put a job in the queue and claim it, and leave no trace. Raises Unavailable."""
        with suppress(_Undone), self._database.transaction():
            self._database.rows(
                "INSERT INTO runs (id, kind, session, state, plan, created, queued) "
                "VALUES ('exercise', 'exercise', '', 'queued', '{}', 0, 0)"
            )
            self._database.rows(
                "UPDATE runs SET state = 'running' WHERE seq = (SELECT seq FROM runs "
                "WHERE state = 'queued' ORDER BY queued, seq LIMIT 1)"
            )
            raise _Undone

    def waited(self) -> float:
        """How long the first job has waited while none goes on, in seconds; 0 if none waits."""
        row = self._database.row(
            "SELECT min(queued) AS first FROM runs WHERE state = 'queued' "
            "AND NOT EXISTS (SELECT 1 FROM runs WHERE state = 'running' AND heartbeat > ?)",
            (self._runs.clock() - STALE,),
        )
        return self._runs.clock() - row["first"] if row and row["first"] is not None else 0.0

    def sweep(self) -> list[str]:
        """Mark what a dead service left running as interrupted; their ids. Only under the lock."""
        rows = self._database.rows(
            "UPDATE runs SET state = 'interrupted', ended = heartbeat "
            "WHERE state = 'running' RETURNING id"
        )
        return [row["id"] for row in rows]

    def service_beat(self, pid: int, waiting_for: str = "") -> None:
        """Say that a measuring service is alive, and for whom it waits. Raises like `beat`."""
        now = self._runs.clock()
        with self._database.hurried():
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
