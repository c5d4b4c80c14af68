"""A run's entry in the history: made with the run, so that lists and filters read no plan."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bench.plan import Plan
from bench.samples import machine_of
from bench.store.database import Database

# What runs are filtered by, a tag each; labels are what people give them.
Kind = Literal["workload", "executor", "python", "machine", "label"]


def enter(database: Database, seq: int, plan: Plan, environment: Mapping[str, Any]) -> None:
    """Make the entry of a run."""
    database.rows("INSERT INTO history (run, plan) VALUES (?, ?)", (seq, plan.fingerprint))
    for kind, value in _tags(plan):
        tag(database, seq, kind, value)
    enter_machine(database, seq, environment)


def enter_machine(database: Database, seq: int, environment: Mapping[str, Any]) -> None:
    """Write what a run is measured on into its entry, if that is known."""
    database.rows("DELETE FROM tags WHERE run = ? AND kind = 'machine'", (seq,))
    if machine := machine_of(environment):
        tag(database, seq, "machine", machine)


def tag(database: Database, seq: int, kind: Kind, value: str) -> None:
    """Let a run be found by a value."""
    database.rows("INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", (kind, value, seq))


def _tags(plan: Plan) -> Iterator[tuple[Kind, str]]:
    yield "workload", plan.workload
    for one in plan.contenders:
        if one.executor:
            yield "executor", one.executor
    for name in plan.interpreters or [one.interpreter for one in plan.contenders]:
        if name:
            yield "python", name
