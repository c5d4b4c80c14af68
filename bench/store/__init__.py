"""The SQLite database of runs and samples, and the queue in it. Nothing else knows SQL.

database.py   opening, schema, transactions
jobs.py       what runs, demonstrations and profiles have in common
runs.py       runs, samples and failures: written as they arrive, read as values
demonstrations.py  performed experiments: events as they come, and facts
profiles.py   profiles of work: what was asked for, and what was found
entries.py    what a run is listed, found and filtered by
wanted.py     which runs to list, as SQL
history.py    pages of runs; names, notes, labels; deleting
queue.py      who is next, who waits, who is asked to stop, whether the service lives
"""

from types import TracebackType

from bench.settings import Settings
from bench.store.database import Database
from bench.store.demonstrations import Demonstrations
from bench.store.history import History
from bench.store.profiles import Profiles
from bench.store.queue import Queue
from bench.store.runs import Runs


class Store:
    """One data folder: its runs and its queue. Raises Refused or Unavailable if unusable."""

    def __init__(self, settings: Settings) -> None:
        self.database = Database(settings.database)
        self.runs = Runs(self.database)
        self.demonstrations = Demonstrations(self.database)
        self.history = History(self.database, self.runs)
        self.profiles = Profiles(self.database)
        self.queue = Queue(self.database, self.runs, self.demonstrations, self.profiles, settings)

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()
