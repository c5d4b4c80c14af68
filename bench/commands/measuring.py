"""Measuring from the command line: told on stderr, written to a file or to standard output."""

import json
import os
import sys
from pathlib import Path

import click

from bench.analysis.results import results
from bench.errors import Refused, Unavailable, shown
from bench.exports.json_run import run_json
from bench.exports.text_run import report
from bench.measure.host.known import Known
from bench.plan import Plan
from bench.samples import Run
from bench.service import foreground
from bench.settings import Settings
from bench.store import Store
from bench.watchers import ProgressLine

STOPPED = 130


def code_of(ended: Run) -> int:
    """The exit code that tells how a run ended."""
    if ended.state == "stopped" and not ended.error:
        return STOPPED
    failed = ended.error or any(result.error for result in results(ended))
    return 1 if failed else 0


def measured(plan: Plan, here: Settings, store: Store | None, known: Known) -> Run:
    """A plan, measured under the host's lock and kept if there is a store; told on stderr."""
    return foreground.measured(plan, here, store, ProgressLine(sys.stderr), known)


def continued(run: Run, here: Settings, store: Store) -> Run:
    """A kept run with more rounds, measured like a new one. Raises Refused if it cannot go on."""
    return foreground.continued(run, here, store, ProgressLine(sys.stderr))


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
