"""Runs that are kept: a list of them, and one whole."""

import json
from datetime import datetime

import click

from bench.commands.known import json_option
from bench.errors import Refused
from bench.exports.json_run import run_json
from bench.exports.text_run import report
from bench.exports.text_table import table
from bench.measure.own.work import own_work
from bench.samples import Run
from bench.settings import settings
from bench.store import Store
from bench.store.wanted import Wanted


@click.command()
@click.option(
    "--most", type=click.IntRange(1, 1_000), default=20, show_default=True, help="How many."
)
@click.option("--search", default="", metavar="WORDS", help="Those in which all of these stand.")
def runs(most: int, search: str) -> None:
    """List the newest runs."""
    with Store(settings()) as store:
        found = store.history.page(most, wanted=Wanted(search))
    if not found:
        click.echo("No such runs." if search else "No runs yet: python -m bench run primes")
        return
    head = ("run", "when", "state", "work", "contenders", "name", "labels")
    rows = [
        [
            entry.run.id,
            f"{datetime.fromtimestamp(entry.run.created).astimezone():%Y-%m-%d %H:%M}",
            f"{entry.run.state}, imported" if entry.run.imported else entry.run.state,
            entry.run.plan.workload,
            ", ".join(contender.name for contender in entry.run.plan.contenders),
            entry.title,
            ", ".join(entry.labels),
        ]
        for entry in found
    ]
    click.echo(table(head, rows))


@click.command()
@click.argument("run")
@json_option
def show(run: str, as_json: bool) -> None:
    """Show one run: what it found, or all of it as JSON."""
    own_work()  # the run may be of it
    found = kept_run(run, traces=True)
    click.echo(json.dumps(run_json(found), indent=2) if as_json else report(found))


def kept_run(id_: str, *, traces: bool = False) -> Run:
    """The run of that id. Raises Refused if there is none."""
    with Store(settings()) as store:
        found = store.runs.find(id_, traces=traces)
    if found is None:
        raise Refused("run", id_, "the id of a kept run", "python -m bench runs lists them")
    return found
