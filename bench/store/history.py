"""The history: pages of runs, searched and filtered, and what people call them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bench.access import Access, Who
from bench.analysis.summary import Summary, figures_as_plain, figures_from_plain
from bench.errors import Refused
from bench.naming import labels_of, note_of, title_of
from bench.plan import Plan
from bench.samples import Run
from bench.store.database import Database
from bench.store.entries import Kind, enter, tag
from bench.store.jobs import as_text
from bench.store.runs import Runs
from bench.store.wanted import ALL, Wanted, where


@dataclass(frozen=True)
class Entry:
    """A run as a line of the history: without samples, with what is kept of them in short.

    `summary` is None as long as the run goes on, and until one is kept after it has ended; `owner`
    is who started it (see `Who.owner`). A `kept` one stays when its time is over.
    """

    run: Run
    owner: str
    title: str
    note: str
    labels: tuple[str, ...]
    summary: Summary | None
    kept: bool = False


class History:
    """The entries of all runs."""

    def __init__(self, database: Database, runs: Runs, access: Access) -> None:
        self._database, self._runs, self._access = database, runs, access
        self._whole = False

    def count(self, wanted: Wanted = ALL) -> int:
        """How many runs are wanted."""
        self._make_whole()
        condition, values = where(wanted)
        row = self._database.row(f"SELECT count(*) AS runs FROM runs WHERE {condition}", values)
        return int(row["runs"]) if row else 0

    def page(self, most: int, skip: int = 0, wanted: Wanted = ALL) -> list[Entry]:
        """The newest runs that are wanted."""
        self._make_whole()
        condition, values = where(wanted)
        # The numbers are found in indexes alone: rows are long, and only a page of them is read.
        found = self._database.rows(
            f"SELECT seq FROM runs WHERE {condition} ORDER BY seq DESC LIMIT ? OFFSET ?",
            (*values, most, skip),
        )
        return self._entries([row["seq"] for row in found])

    def alike(self, entry: Entry, most: int) -> list[Entry]:
        """The newest runs that measured the same things on the same machine, oldest first.

        The entry's own run is the last of them.
        """
        found = self._database.rows(
            "SELECT run FROM history WHERE plan = (SELECT plan FROM history WHERE run = ?1) "
            "AND run <= ?1 AND run IN (SELECT run FROM tags WHERE kind = 'machine' AND value = "
            "(SELECT value FROM tags WHERE run = ?1 AND kind = 'machine')) "
            "ORDER BY run DESC LIMIT ?2",
            (self._runs.seq(entry.run.id), most),
        )
        return self._entries([row["run"] for row in found])[::-1]

    def newest(self, plan: Plan, machine: str, most: int = 20) -> list[Run]:
        """The newest runs that measure the same things as a plan, without their samples.

        They were made on that machine, or have no stamp yet, as those have that wait.
        """
        self._make_whole()
        rows = self._database.rows(
            "SELECT runs.* FROM history JOIN runs ON seq = run WHERE history.plan = ?1 AND ?2 IN "
            "(SELECT value FROM tags WHERE run = seq AND kind = 'machine' UNION ALL "
            "SELECT ?2 WHERE runs.environment = '{}') ORDER BY seq DESC LIMIT ?3",
            (plan.fingerprint, machine, most),
        )
        return [self._runs.without_samples(row) for row in rows]

    def find(self, id_: str) -> Entry | None:
        """The entry of a run; None if there is none."""
        self._make_whole()
        row = self._runs.row(id_)
        return self._entries([row["seq"]])[0] if row else None

    def choices(self, kind: Kind) -> list[str]:
        """The values of a tag that runs have, in alphabetical order."""
        self._make_whole()
        rows = self._database.rows(
            "SELECT DISTINCT value FROM tags WHERE kind = ? ORDER BY value", (kind,)
        )
        return [row["value"] for row in rows]

    def keep(self, run: Run, summary: Summary) -> None:
        """Write a run's summary, as it is after the run has ended."""
        self._database.rows(
            "UPDATE history SET headline = ?, figures = ?, ended = ? WHERE run = ?",
            (
                summary.headline,
                as_text(figures_as_plain(summary.figures)),
                run.ended,
                self._runs.seq(run.id),
            ),
        )

    def rename(self, id_: str, text: str, who: Who) -> None:
        """Give a run a name, or with an empty text none. Raises Refused."""
        title = title_of(text)
        self._database.rows(
            "UPDATE history SET title = ? WHERE run = ?", (title, self._changed(id_, who))
        )

    def annotate(self, id_: str, text: str, who: Who) -> None:
        """Write a note on a run, or with an empty text none. Raises Refused."""
        note = note_of(text)
        self._database.rows(
            "UPDATE history SET note = ? WHERE run = ?", (note, self._changed(id_, who))
        )

    def label(self, id_: str, labels: Sequence[str], who: Who) -> None:
        """Give a run these labels in place of those that it has. Raises Refused."""
        checked = labels_of(labels)
        with self._database.transaction():
            seq = self._changed(id_, who)
            self._database.rows("DELETE FROM tags WHERE run = ? AND kind = 'label'", (seq,))
            for one in checked:
                tag(self._database, seq, "label", one)

    def describe(self, id_: str, title: str, note: str, labels: Sequence[str], who: Who) -> None:
        """Give a run a name, a note and labels, all of them or none. Raises Refused."""
        with self._database.transaction():
            self.rename(id_, title, who)
            self.annotate(id_, note, who)
            self.label(id_, labels, who)

    def retain(self, id_: str, kept: bool, who: Who) -> None:
        """Keep a run beyond its time, or let it go when that is over. Raises Refused."""
        self._database.rows(
            "UPDATE runs SET kept = ? WHERE seq = ?", (int(kept), self._changed(id_, who))
        )

    def delete(self, id_: str, who: Who) -> None:
        """Remove a run that has ended, with all that it has. Raises Refused."""
        with self._database.transaction():
            seq = self._changed(id_, who)
            (entry,) = self._entries([seq])
            if entry.run.active:
                state = entry.run.state
                raise Refused("run", f"{id_}, {state}", "one that has ended", "stop it first")
            self._database.rows("DELETE FROM runs WHERE seq = ?", (seq,))

    def _changed(self, id_: str, who: Who) -> int:
        """The number of a run that they may change."""
        self._make_whole()
        row = self._runs.row(id_)
        if row is None:
            raise Refused("run", id_, "the id of a kept run", "the history lists them")
        self._access.check(who, row["session"])
        return int(row["seq"])

    def _make_whole(self) -> None:
        """Make the entries of runs that were kept before there was a history, once."""
        if self._whole:
            return
        with self._database.transaction():
            missing = self._database.rows(
                "SELECT seq FROM runs LEFT JOIN history ON run = seq "
                "WHERE kind = 'run' AND run IS NULL"
            )
            for one in missing:
                row = self._database.row(
                    "SELECT plan, environment FROM runs WHERE seq = ?", (one["seq"],)
                )
                if row:
                    plan = Plan.restored(json.loads(row["plan"]))
                    enter(self._database, one["seq"], plan, json.loads(row["environment"]))
        self._whole = True

    def _entries(self, seqs: Sequence[int]) -> list[Entry]:
        """The entries of these runs, in this order."""
        marks = ", ".join("?" for _ in seqs)
        rows = {
            row["seq"]: row
            for row in self._database.rows(
                "SELECT runs.*, title, note, headline, figures, history.ended AS summed "
                f"FROM runs JOIN history ON run = seq WHERE seq IN ({marks})",
                tuple(seqs),
            )
        }
        labels: dict[int, list[str]] = {seq: [] for seq in seqs}
        for row in self._database.rows(
            f"SELECT run, value FROM tags WHERE run IN ({marks}) AND kind = 'label' ORDER BY value",
            tuple(seqs),
        ):
            labels[row["run"]].append(row["value"])
        return [self._entry(rows[seq], labels[seq]) for seq in seqs if seq in rows]

    def _entry(self, row: sqlite3.Row, labels: Sequence[str]) -> Entry:
        run = self._runs.without_samples(row)
        kept = None
        if row["figures"] and not run.active and row["summed"] == run.ended:
            kept = Summary(row["headline"], figures_from_plain(json.loads(row["figures"])))
        return Entry(
            run, row["session"], row["title"], row["note"], tuple(labels), kept, bool(row["kept"])
        )
