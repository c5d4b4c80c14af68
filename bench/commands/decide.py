"""The decision table, measured on this machine: what textbooks advise, and what holds here."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence

import click

from bench.analysis.words import moment
from bench.asking.reading import python_of
from bench.commands.known import json_option
from bench.commands.measuring import STOPPED, code_of, measured
from bench.exports.text_table import table
from bench.guides.decisions import Decision, decision, decision_json, judged_from, plans_of, rows_of
from bench.measure.host.cpus import cpus
from bench.measure.host.environment import environment
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import Known, known_interpreters, usable_interpreter
from bench.plan import PRECISIONS, Plan, this_interpreter
from bench.samples import machine_of
from bench.settings import Settings, settings
from bench.store import Store

FORMAT = "speedup-lab-decisions/1"


@click.command()
@click.option("--only", "only", multiple=True, metavar="ROW", help="A row; all by default.")
@click.option(
    "--measure/--no-measure", default=True, help="Measure now, or show what is kept; measure."
)
@click.option("--python", "python", metavar="NAME|PATH", help="An interpreter; this one.")
@click.option(
    "--precision", type=click.Choice(list(PRECISIONS)), default="quick", show_default=True
)
@json_option
def decide(
    only: Sequence[str], measure: bool, python: str | None, precision: str, as_json: bool
) -> int:
    """Hold the textbook's advice against this machine, row by row."""
    here, rows = settings(), rows_of(only)
    paths = [python] if python and os.sep in python else []

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    host = usable_interpreter(python_of(python, known) if python else this_interpreter(), known)
    plans, refused = plans_of(rows, cpus().usable, host, precision, known)
    for name, reason in refused.items():
        click.echo(f"{name}: {reason}", err=True)
    with Store(here) as store:
        codes = list(_measured(plans, here, store, known)) if measure else []
        machine = machine_of(environment())
        found = [
            decision(store, row, plans[row.name], machine, judged_from(store))
            for row in rows
            if row.name in plans
        ]
    if as_json:
        told = [decision_json(one) for one in found]
        plain = {"format": FORMAT, "machine": machine, "decisions": told, "refused": refused}
        click.echo(json.dumps(plain, indent=2))
    else:
        click.echo("\n".join(_words(found)))
    return STOPPED if STOPPED in codes else max(codes, default=0)


def _measured(
    plans: Mapping[str, Plan], here: Settings, store: Store, known: Known
) -> Iterator[int]:
    """Measure one row after the other, until told to stop; the exit code of each."""
    for place, (name, plan) in enumerate(plans.items(), start=1):
        click.echo(f"{name} ({place} of {len(plans)})", err=True)
        code = code_of(measured(plan, here, store, known))
        yield code
        if code == STOPPED:
            return


def _words(found: Sequence[Decision]) -> Iterator[str]:
    """The table, and below it what explains each row that needs it."""
    head = ("row", "textbook", "this machine", "stand", "measured")
    yield table(head, [_row(one) for one in found])
    for one in found:
        agreed = one.judgement.agreement
        told = [agreed.sentence] if agreed.stand == "disagrees" else []
        if explained := [*told, *one.judgement.explanations]:
            yield f"\n{one.row.title}"
            yield from (f"  {sentence}" for sentence in explained)


def _row(one: Decision) -> list[str]:
    run, agreed = one.lately.ended, one.judgement.agreement
    when = moment(run.ended) if run and run.ended else ""
    return [one.row.name, one.row.advice, agreed.answer, agreed.stand, when]
