"""The kinds of jobs that one queue holds: runs to measure, experiments to show, work to profile."""

import sqlite3
from dataclasses import dataclass

from bench.demonstration import Asked, Demonstration
from bench.plan import Plan
from bench.profiles import Profiling, Wanted
from bench.samples import Run
from bench.store.demonstrations import Demonstrations
from bench.store.profiles import Profiles
from bench.store.runs import Runs

# What somebody may ask for, and what becomes of it.
Asking = Plan | Asked | Wanted
Job = Run | Demonstration | Profiling


@dataclass(frozen=True)
class Kinds:
    """Where the jobs of each kind are kept."""

    runs: Runs
    demonstrations: Demonstrations
    profiles: Profiles

    def queue(self, asking: Asking, owner: str, batch: str = "") -> str:
        """Keep a job that waits; its id."""
        if isinstance(asking, Plan):
            return self.runs.add(asking, "queued", owner, batch=batch)
        if isinstance(asking, Asked):
            return self.demonstrations.add(asking, "queued", owner, batch=batch)
        return self.profiles.add(asking, "queued", owner, batch=batch)

    def find(self, row: sqlite3.Row) -> Job | None:
        """The job of a row, whole; `row` tells its id and kind."""
        if row["kind"] == self.runs.kind:
            return self.runs.find(row["id"])
        if row["kind"] == self.profiles.kind:
            return self.profiles.find(row["id"])
        return self.demonstrations.find(row["id"])

    def in_short(self, row: sqlite3.Row) -> Job:
        """The job of a whole row, quick to read: without what came of it."""
        if row["kind"] == self.runs.kind:
            return self.runs.without_samples(row)
        if row["kind"] == self.profiles.kind:
            return self.profiles.without_profile(row)
        return self.demonstrations.without_events(row)
