"""Runs, samples and failures: written as they arrive, read as values."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bench.plan import Plan
from bench.samples import Failure, Imported, Run, Sample, State, Trace
from bench.store.entries import enter, enter_machine
from bench.store.jobs import Jobs, Kind, as_text
from bench.store.spans import packed, unpacked
from bench.store.totals import count

_COLUMNS = (
    "round, place, contender, cold_s, warm_s, start_s, first_s, stop_s, repeats, "
    "cpu_user_s, cpu_system_s, trial_s, answer, warm_cpu_s, voluntary, involuntary, gil, "
    "foreign_share, steal_share, throttled_s, swapped_in, again"
)


class Runs(Jobs):
    """The runs of a database."""

    kind: Kind = "run"

    def add(
        self,
        plan: Plan,
        state: State,
        session: str = "",
        environment: Mapping[str, Any] | None = None,
        batch: str = "",
    ) -> str:
        """Keep a new run; its id."""
        with self._database.transaction():
            id_ = self.insert(plan.as_json(), state, session, environment or {}, batch)
            enter(self._database, self.seq(id_), plan, environment or {})
        return id_

    def find(self, id_: str, *, traces: bool = False) -> Run | None:
        """The run of that id with everything measured so far; None if there is none.

        Its traces are left out unless they are asked for: they are large.
        """
        row = self.row(id_)
        if row is None:
            return None
        names = _names(row)
        samples = self._database.rows(
            f"SELECT {_COLUMNS} FROM samples WHERE run = ? ORDER BY round, place", (row["seq"],)
        )
        failures = self._database.rows(
            "SELECT * FROM failures WHERE run = ? ORDER BY rowid", (row["seq"],)
        )
        run = self._run(
            row,
            tuple(_sample(sample, names) for sample in samples),
            tuple(_failure(failure, names) for failure in failures),
        )
        return replace(run, traces=self._traces(row["seq"], names)) if traces else run

    def _traces(self, seq: int, names: Sequence[str]) -> tuple[Trace, ...]:
        rows = self._database.rows("SELECT * FROM traces WHERE run = ? ORDER BY contender", (seq,))
        return tuple(_trace(row, names) for row in rows)

    def of_plan(self, plan: Plan, most: int = 20) -> list[Run]:
        """The newest runs of exactly that plan, seed included, without their samples."""
        rows = self._database.rows(
            "SELECT * FROM runs WHERE plan = ? ORDER BY seq DESC LIMIT ?",
            (as_text(plan.as_json()), most),
        )
        return [self.without_samples(row) for row in rows]

    def of_batch(self, batch: str) -> list[Run]:
        """Those that were asked for together, in that order, without their samples."""
        rows = self._database.rows(
            "SELECT * FROM runs WHERE batch = ? AND kind = ? ORDER BY seq", (batch, self.kind)
        )
        return [self.without_samples(row) for row in rows]

    def stamp(self, id_: str, environment: Mapping[str, Any]) -> Run | None:
        """Write what a run is measured on; the run with it."""
        with self._database.transaction():
            self._database.rows(
                "UPDATE runs SET environment = ? WHERE id = ?", (as_text(environment), id_)
            )
            if self.row(id_):
                enter_machine(self._database, self.seq(id_), environment)
        return self.find(id_)

    def keep(self, id_: str, outcome: Sample | Failure | Trace) -> None:
        """Commit what a trial gave. Raises LookupError if there is no such run."""
        row = self.row(id_)
        if row is None:
            raise LookupError(f"no run {id_}")
        with self._database.transaction():
            self._keep(row["seq"], _names(row).index(outcome.contender), outcome)
            if not isinstance(outcome, Trace):
                count(self._database, outcome)

    def take_in(self, run: Run, session: str = "") -> str:
        """Keep a run that was measured elsewhere, whole or not at all; its id here."""
        with self._database.transaction():
            id_ = self.add(run.plan, run.state, session, run.environment)
            self._database.rows(
                "UPDATE runs SET created = ?, started = ?, ended = ?, error = ?, imported = ? "
                "WHERE id = ?",
                (
                    run.created,
                    run.started,
                    run.ended,
                    run.error,
                    as_text(run.imported.as_json()) if run.imported else None,
                    id_,
                ),
            )
            seq, places = self.seq(id_), {one.name: n for n, one in enumerate(run.plan.line_up)}
            for outcome in (*run.outcomes, *run.traces):
                self._keep(seq, places[outcome.contender], outcome)
        return id_

    def taken_in(self, session: str) -> int:
        """How many runs a session has brought in."""
        row = self._database.row(
            "SELECT count(*) AS runs FROM runs WHERE session = ? AND imported IS NOT NULL",
            (session,),
        )
        return int(row["runs"]) if row else 0

    def _keep(self, seq: int, contender: int, outcome: Sample | Failure | Trace) -> None:
        if isinstance(outcome, Trace):
            self._database.rows(
                "INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    seq,
                    contender,
                    outcome.pass_s,
                    outcome.tasks,
                    outcome.workers,
                    packed(outcome.spans, outcome.pass_s),
                    outcome.memory_bytes,
                    outcome.sent_bytes,
                    outcome.received_bytes,
                ),
            )
        elif isinstance(outcome, Sample):
            plain = outcome.as_json() | {"place": outcome.order, "contender": contender}
            names = _COLUMNS.split(", ")
            marks = ", ".join("?" for _ in names)
            self._database.rows(
                f"INSERT INTO samples (run, {_COLUMNS}) VALUES (?, {marks})",
                (seq, *(plain[name] for name in names)),
            )
        else:
            self._database.rows(
                "INSERT INTO failures (run, contender, round, code, message, output) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    seq,
                    contender,
                    outcome.round,
                    outcome.code,
                    outcome.message,
                    outcome.output,
                ),
            )

    def without_samples(self, row: sqlite3.Row) -> Run:
        """The run of a row, quick to read: without what was measured."""
        return self._run(row, (), ())

    def _run(self, row: sqlite3.Row, samples: Sequence[Sample], failures: Sequence[Failure]) -> Run:
        return Run(
            plan=Plan.restored(json.loads(row["plan"])),
            samples=tuple(samples),
            failures=tuple(failures),
            imported=Imported(**json.loads(row["imported"])) if row["imported"] else None,
            **self.common(row),
        )


def _names(row: sqlite3.Row) -> list[str]:
    plan = Plan.restored(json.loads(row["plan"]))
    return [contender.name for contender in plan.line_up]


def _sample(row: sqlite3.Row, names: Sequence[str]) -> Sample:
    plain = dict(row)
    order, contender = plain.pop("place"), names[plain.pop("contender")]
    gil = plain.pop("gil")
    return Sample(**plain, order=order, contender=contender, gil=None if gil is None else bool(gil))


def _failure(row: sqlite3.Row, names: Sequence[str]) -> Failure:
    contender = names[row["contender"]]
    return Failure(contender, row["round"], row["code"], row["message"], row["output"])


def _trace(row: sqlite3.Row, names: Sequence[str]) -> Trace:
    plain = dict(row)
    del plain["run"]
    contender, spans = names[plain.pop("contender")], plain.pop("spans")
    return Trace(contender=contender, spans=unpacked(spans, plain["pass_s"]), **plain)
