"""Runs that are kept: a list of them, and one whole."""

import json
from datetime import datetime

import click

from bench.analysis.insights import whys_of
from bench.analysis.results import results
from bench.analysis.swept import headline_of, sentences_of
from bench.analysis.warnings import warnings
from bench.analysis.words import room
from bench.commands.known import json_option
from bench.commands.table import results_table, table
from bench.errors import Refused
from bench.exports.json_run import run_json
from bench.measure.own import own_work
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


def report(run: Run) -> str:
    """A run for a terminal: headline, table, warnings."""
    found = results(run)
    parameters = ", ".join(f"{name} {value}" for name, value in run.plan.parameters.items())
    facts = (
        f"{run.plan.workload} ({parameters})" if parameters else run.plan.workload,
        run.pythons,
        room(run.environment),
        run.state,
        run.origin,
    )
    lines = [
        headline_of(run, found, "warm"),
        " · ".join(filter(None, facts)),
        "",
        *([*sentences_of(run, found, "warm"), ""] if run.plan.sweep else []),
        results_table(found),
    ]
    reasons = [reason.message for why in whys_of(run, found) for reason in why.reasons]
    if reasons:
        lines += ["", *reasons]
    if run.error:
        lines += ["", run.error]
    for warning in warnings(run):
        lines += ["", f"{warning.code}: {warning.message} {warning.action}"]
    return "\n".join(lines)
