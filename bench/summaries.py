"""Summaries of runs: computed when a run has ended, or once when it is first listed."""

from collections.abc import Sequence
from dataclasses import replace

from bench.analysis.summary import summary_of
from bench.store import Store
from bench.store.history import Entry


def summarise(store: Store, id_: str) -> None:
    """Keep the summary of a run that has ended; of anything else nothing is kept."""
    run = store.runs.find(id_)
    if run and not run.active:
        store.history.keep(run, summary_of(run))


def with_summaries(store: Store, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, those of runs that have ended with a summary: it is made where there is none."""
    return [_with_summary(store, entry) for entry in entries]


def _with_summary(store: Store, entry: Entry) -> Entry:
    if entry.summary or entry.run.active:
        return entry
    run = store.runs.find(entry.run.id)
    if run is None or run.active:  # it was deleted, or goes on since
        return entry
    summary = summary_of(run)
    store.history.keep(run, summary)
    return replace(entry, summary=summary)
