"""How long runs are kept: by age and by count; those that somebody keeps stay.

A performed experiment goes by the same rules, and cannot be kept beyond them: it is shown again in
seconds.
"""

from bench.store.database import Database
from bench.store.history import Entry
from bench.store.jobs import Kind
from bench.store.runs import Runs

A_DAY = 86_400.0

KINDS: tuple[Kind, ...] = ("run", "experiment")

# So many are removed in one transaction: nobody waits long for it.
AT_ONCE = 20


class Retention:
    """The bounds of a store: days since a run ended, and how many runs of each kind."""

    def __init__(self, database: Database, runs: Runs, days: int, most: int) -> None:
        self._database, self._runs = database, runs
        self._days, self._most = days, most

    def until(self, entry: Entry) -> float | None:
        """When a run is removed for its age (epoch seconds); None if it stays, or goes on."""
        ended = entry.run.ended
        if entry.kept or entry.run.active or ended is None:
            return None
        return ended + self._days * A_DAY

    def rule(self) -> str:
        """The bounds in words."""
        days = "a day" if self._days == 1 else f"{self._days:,} days"
        most = "one" if self._most == 1 else f"{self._most:,}"
        return f"Runs are kept for {days} after they ended, and the newest {most}"

    def expire(self) -> list[str]:
        """Remove the runs that are over a bound; their ids. Those that go on are left alone."""
        gone: list[str] = []
        while some := self._expire_some():
            gone += some
        return gone

    def _expire_some(self) -> list[str]:
        with self._database.transaction():
            rows = self._database.rows(
                "SELECT seq, id FROM runs WHERE kept = 0 AND ended < ? LIMIT ?",
                (self._runs.clock() - self._days * A_DAY, AT_ONCE),
            )
            for kind in KINDS:
                rows += self._database.rows(
                    "SELECT seq, id FROM runs WHERE kept = 0 AND kind = ? AND seq <= (SELECT seq "
                    "FROM runs WHERE kept = 0 AND kind = ? ORDER BY seq DESC LIMIT 1 OFFSET ?) "
                    "AND ended IS NOT NULL LIMIT ?",
                    (kind, kind, self._most, AT_ONCE),
                )
            for seq in {row["seq"] for row in rows}:
                self._database.rows("DELETE FROM runs WHERE seq = ?", (seq,))
        return sorted({row["id"] for row in rows})
