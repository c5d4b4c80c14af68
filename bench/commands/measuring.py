"""Measuring in the foreground: under the host's lock, told on stderr, stopped by Ctrl-C."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from bench.analysis.results import results
from bench.clock import Latest
from bench.commands.kept import report
from bench.commands.progress import ProgressLine
from bench.errors import Refused, Unavailable, shown
from bench.exports.json_run import run_json
from bench.measure.cluster import cluster_at, cluster_for
from bench.measure.environment import environment
from bench.measure.hostlock import host_lock
from bench.measure.known import Known, known_interpreters
from bench.plan import Plan
from bench.samples import Failure, Run, Sample, Trace
from bench.service.again import check_goes_on
from bench.service.perform import perform
from bench.settings import Settings
from bench.store import Store

STOPPED = 130


def code_of(ended: Run) -> int:
    """The exit code that tells how a run ended."""
    if ended.state == "stopped" and not ended.error:
        return STOPPED
    failed = ended.error or any(result.error for result in results(ended))
    return 1 if failed else 0


def measured(plan: Plan, here: Settings, store: Store | None, known: Known) -> Run:
    """A plan, measured under the host's lock and kept if there is a store; told on stderr."""

    def begun() -> Run:
        cluster = cluster_for(plan, lambda: cluster_at(here.dask))
        stamp = environment(plan.interpreters, known, cluster)
        id_ = store.runs.add(plan, "running", environment=stamp) if store else "unsaved"
        return Run(id_, plan, "running", time.time(), stamp, started=time.time())

    ended = _in_the_foreground(plan, begun, here, store, known)
    return ended or Run("unsaved", plan, "stopped", time.time(), {}, ended=time.time())


def continued(run: Run, here: Settings, store: Store) -> Run:
    """A kept run with more rounds, measured like a new one. Raises Refused if it cannot go on."""
    check_goes_on(run)

    def begun() -> Run:
        store.runs.go_on(run.id, "running")
        return replace(run, state="running", ended=None, error="")

    return _in_the_foreground(run.plan, begun, here, store, known_interpreters) or run


def _in_the_foreground(
    plan: Plan, begun: Callable[[], Run], here: Settings, store: Store | None, known: Known
) -> Run | None:
    """The run that was begun under the host's lock, measured; None if it was stopped before."""
    line = ProgressLine(sys.stderr)
    with in_turn(here, f"python -m bench run {plan.workload}") as told:
        if told is None:
            return None
        if store:
            store.queue.sweep()
        run = begun()

        def keep(outcome: Sample | Failure | Trace) -> None:
            if store:
                store.runs.keep(run.id, outcome)
            if not isinstance(outcome, Trace):
                line.count(run, outcome)

        beat = Latest(0.5, lambda: store.queue.beat(run.id)) if store else _never
        ended = perform(run, here, keep=keep, stopping=lambda: told() or beat(), known=known)
        if store:
            store.runs.end(run.id, ended.state, ended.error)
    line.clear()
    return replace(ended, ended=time.time())


def _never() -> bool:
    return False


@contextmanager
def in_turn(here: Settings, name: str) -> Iterator[Callable[[], bool] | None]:
    """Hold the host's lock, waiting for whoever has it; yields whether a signal said to stop.

    Yields None if it was told so before its turn came.
    """

    def waiting(holder: str) -> None:
        click.echo(f"Waiting for {holder}, which measures on this machine.", err=True)

    with (
        _stop_on_signals() as told,
        host_lock(here.lock, name, waiting=waiting, give_up=told) as got,
    ):
        yield told if got else None


@contextmanager
def _stop_on_signals() -> Iterator[Callable[[], bool]]:
    told = threading.Event()
    previous = {
        number: signal.signal(number, lambda *_: told.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield told.is_set
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def tell(ended: Run, out: str | None = None) -> None:
    """Say what a run found, and write it as JSON to a file, or to standard output alone (-)."""
    text = json.dumps(run_json(ended), indent=2)
    if out == "-":
        click.echo(text)
        return
    click.echo(report(ended))
    if ended.id != "unsaved":
        click.echo(f"\nKept as {ended.id}: python -m bench show {ended.id}")
    if out:
        write_out(text + "\n", out)


def write_out(text: str, out: str) -> None:
    """Write a file. Raises Unavailable."""
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Unavailable(f"{shown(out)} could not be written: {error.strerror}.") from error


def check_out(out: str | None) -> None:
    """Raises Refused for a file that could not be written in the end."""
    if out is None or out == "-":
        return
    file = Path(out).absolute()
    place = file if file.exists() else file.parent
    if file.is_dir() or not file.parent.is_dir() or not os.access(place, os.W_OK):
        raise Refused("out", out, "a file in a folder that can be written")
