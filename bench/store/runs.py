"""Runs, samples and failures: written as they arrive, read as values."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bench.plan import Plan
from bench.samples import Failure, Run, Sample, State, Trace
from bench.store.entries import enter, enter_machine
from bench.store.jobs import Jobs, Kind, as_text
from bench.store.spans import packed, unpacked

_COLUMNS = (
    "round, place, contender, cold_s, warm_s, start_s, first_s, stop_s, repeats, "
    "cpu_user_s, cpu_system_s, trial_s, answer, warm_cpu_s, voluntary, involuntary, gil, "
    "foreign_share, steal_share, throttled_s, swapped_in"
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
        contender = _names(row).index(outcome.contender)
        if isinstance(outcome, Trace):
            self._database.rows(
                "INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row["seq"],
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
                (row["seq"], *(plain[name] for name in names)),
            )
        else:
            self._database.rows(
                "INSERT INTO failures (run, contender, round, code, message, output) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    row["seq"],
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
