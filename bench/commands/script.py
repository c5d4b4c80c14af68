"""What one contender does, as a stand-alone Python script."""

import os
from collections.abc import Mapping, Sequence

import click

from bench.asking.plans import draft
from bench.asking.reading import executors_of, number_of, pairs_of, python_of
from bench.commands.measuring import check_out, write_out
from bench.errors import Refused
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import known_interpreters
from bench.scripts import script as script_of
from bench.workloads import find_workload


@click.command()
@click.argument("workload")
@click.option("--preset", help="Parameters by name: small or article.")
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="One parameter.")
@click.option(
    "--executor",
    "executors",
    multiple=True,
    metavar="NAME[:OPTION=VALUE,...]",
    default=("processes",),
    show_default=True,
    help="The way to run it.",
)
@click.option("--workers", metavar="N", default="2", show_default=True, help="How many.")
@click.option(
    "--python",
    "python",
    metavar="NAME|PATH",
    help="The interpreter that it is for; this one by default.",
)
@click.option("--out", metavar="FILE", help="Write it there; to standard output by default.")
def script(
    workload: str,
    preset: str | None,
    pairs: Sequence[str],
    executors: Sequence[str],
    workers: str,
    python: str | None,
    out: str | None,
) -> None:
    """Print a Python script that does a workload one way, and needs no part of the lab.

    It prints how long that takes one after another and at once, the speedup and the answer.
    """
    check_out(out)
    work = find_workload(workload)
    if len(executors) > 1:
        raise Refused("executor", ", ".join(executors), "one of them", "ask for one script each")
    paths = [python] if python and os.sep in python else []

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    plan = draft(
        work.name,
        executors=executors_of(executors),
        workers=[number_of(workers)],
        parameters=pairs_of(pairs, work.form, f"{work.name}."),
        preset=preset,
        interpreters=[python_of(python, known)] if python else [],
        ceiling=False,
        known=known,
        cluster=lambda: None,
    )
    text = script_of(plan, plan.line_up[-1] if plan.contenders else plan.line_up[0])
    if out is None or out == "-":
        click.echo(text, nl=False)
    else:
        write_out(text, out)
