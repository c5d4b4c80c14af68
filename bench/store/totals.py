"""What was ever measured in all, and how many jobs there are of each kind and state."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.analysis.disturbance import is_disturbed
from bench.samples import Failure, Sample
from bench.store.database import Database


@dataclass(frozen=True)
class Totals:
    """Trials that gave a sample, their seconds, those that others disturbed; and those that failed.

    Deleting runs takes nothing from them.
    """

    trials: float
    failures: float
    disturbed: float
    seconds: float


def totals_of(database: Database) -> Totals:
    """The totals so far."""
    rows = database.rows("SELECT name, value FROM totals")
    return Totals(**{row["name"]: row["value"] for row in rows})


def count(database: Database, outcome: Sample | Failure) -> None:
    """Add what a trial gave."""
    more = {"failures": 1.0}
    if isinstance(outcome, Sample):
        disturbed = float(is_disturbed(outcome) + outcome.again)
        more = {
            "trials": 1.0 + outcome.again,
            "seconds": outcome.trial_s or 0.0,
            "disturbed": disturbed,
        }
    for name, value in more.items():
        database.rows("UPDATE totals SET value = value + ? WHERE name = ?", (value, name))


def states_of(database: Database) -> Mapping[tuple[str, str], int]:
    """How many jobs there are of each kind and state."""
    rows = database.rows("SELECT kind, state, count(*) AS jobs FROM runs GROUP BY kind, state")
    return {(row["kind"], row["state"]): row["jobs"] for row in rows}
