"""Measuring in the foreground, in turn with everybody else: stopped by Ctrl-C, rounds kept.

For whoever waits for the result: the command line, and `bench.run` in a program or a notebook.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from bench.measure.host.cluster import cluster_at, cluster_for
from bench.measure.host.environment import environment
from bench.measure.host.known import Known, known_interpreters
from bench.measure.processes.hostlock import host_lock
from bench.plan import Plan
from bench.samples import Failure, Run, Sample, Trace
from bench.service.again import check_goes_on
from bench.service.beating import beating
from bench.service.perform import perform
from bench.settings import Settings
from bench.store import Store
from bench.summaries import summarise


class Watcher(Protocol):
    """Whoever is told how a run goes."""

    def waits(self, holder: str) -> None:
        """The run waits for another measurement on this machine."""

    def count(self, run: Run, outcome: Sample | Failure) -> None:
        """A trial of the run, which holds what it began with, has given this."""

    def clear(self) -> None:
        """The run has ended."""


def measured(
    plan: Plan, here: Settings, store: Store | None, watcher: Watcher, known: Known
) -> Run:
    """A plan, measured under the host's lock, and kept if there is a store."""

    def begun() -> Run:
        cluster = cluster_for(plan, lambda: cluster_at(here.dask))
        stamp = environment(plan.interpreters, known, cluster)
        id_ = store.runs.add(plan, "running", environment=stamp) if store else "unsaved"
        return Run(id_, plan, "running", time.time(), stamp, started=time.time())

    ended = _measured(plan, begun, here, store, watcher, known)
    return ended or Run("unsaved", plan, "stopped", time.time(), {}, ended=time.time())


def continued(run: Run, here: Settings, store: Store, watcher: Watcher) -> Run:
    """A kept run with more rounds, measured like a new one. Raises Refused if it cannot go on."""
    check_goes_on(run)

    def begun() -> Run:
        store.runs.go_on(run.id, "running")
        return replace(run, state="running", ended=None, error="")

    return _measured(run.plan, begun, here, store, watcher, known_interpreters) or run


def _measured(
    plan: Plan,
    begun: Callable[[], Run],
    here: Settings,
    store: Store | None,
    watcher: Watcher,
    known: Known,
) -> Run | None:
    """The run that was begun under the host's lock, measured; None if it was stopped before."""
    with in_turn(here, f"python -m bench run {plan.workload}", watcher.waits) as told:
        if told is None:
            return None
        if store:
            store.queue.sweep()
        run = begun()

        def keep(outcome: Sample | Failure | Trace) -> None:
            if store:
                store.runs.keep(run.id, outcome)
            if not isinstance(outcome, Trace):
                watcher.count(run, outcome)

        beat = beating(0.5, lambda: store.queue.beat(run.id)) if store else _never
        ended = perform(run, here, keep=keep, stopping=lambda: told() or beat(), known=known)
        if store:
            store.runs.end(run.id, ended.state, ended.error)
            summarise(store, run.id)
    watcher.clear()
    return replace(ended, ended=time.time())


def _never() -> bool:
    return False


@contextmanager
def in_turn(
    here: Settings, name: str, waits: Callable[[str], None]
) -> Iterator[Callable[[], bool] | None]:
    """Hold the host's lock, waiting for whoever has it; yields whether a signal said to stop.

    `waits` is told who has it. Yields None if it was told to stop before its turn came.
    """
    with (
        _stop_on_signals() as told,
        host_lock(here.lock, name, waiting=waits, give_up=told) as got,
    ):
        yield told if got else None


@contextmanager
def _stop_on_signals() -> Iterator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM has come; signals come to the main thread alone."""
    told = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield told.is_set
        return
    previous = {
        number: signal.signal(number, lambda *_: told.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield told.is_set
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
