"""The SQLite database of runs and samples, and the queue in it. Nothing else knows SQL.

database.py   opening, schema, transactions
troubles.py   what the disk or another program does to it, in words
jobs.py       what runs, demonstrations and profiles have in common
runs.py       runs, samples and failures: written as they arrive, read as values
demonstrations.py  performed experiments: events as they come, and facts
profiles.py   profiles of work: what was asked for, and what was found
kinds.py      the three kinds together, as jobs
entries.py    what a run is listed, found and filtered by
wanted.py     which runs to list, as SQL
history.py    pages of runs; names, notes, labels; keeping and deleting
retention.py  how long runs stay that nobody keeps
copies.py     backup and restore
totals.py     what was ever measured, and what there is of each state
watched.py    what many look at while it changes, read once for all of them
queue.py      who is next, who waits, who is asked to stop, whether the service lives
starts.py     how often one person starts something
"""

from types import TracebackType

from bench.access import Access
from bench.settings import Settings
from bench.store.database import Database
from bench.store.demonstrations import Demonstrations
from bench.store.history import History
from bench.store.kinds import Kinds
from bench.store.profiles import Profiles
from bench.store.queue import Queue
from bench.store.retention import Retention
from bench.store.runs import Runs
from bench.store.starts import Starts
from bench.store.totals import Totals, totals_of


class Store:
    """One data folder: its runs and its queue. Raises Refused or Unavailable if unusable."""

    def __init__(self, settings: Settings) -> None:
        self.database = Database(settings.database)
        self.runs = Runs(self.database)
        self.demonstrations = Demonstrations(self.database)
        self.profiles = Profiles(self.database)
        self.access = Access(settings)
        self.starts = Starts(self.database, settings)
        self.history = History(self.database, self.runs, self.access)
        self.retention = Retention(self.database, self.runs, settings.keep_days, settings.keep_runs)
        self.queue = Queue(
            self.database,
            Kinds(self.runs, self.demonstrations, self.profiles),
            self.access,
            self.starts,
            settings,
        )

    def totals(self) -> Totals:
        """What was ever measured."""
        return totals_of(self.database)

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()
