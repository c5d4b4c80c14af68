"""Advice on a piece of work: profiled, recommended, and held against a quick run."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext

import click

from bench.asking.reading import pairs_of, python_of
from bench.commands.known import json_option, load_option
from bench.commands.measuring import STOPPED, code_of
from bench.commands.run import work_of
from bench.exports.text_advice import advice_report
from bench.guides.advising import Advised, advised, want
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import known_interpreters
from bench.settings import settings
from bench.store import Store
from bench.watchers import ProgressLine
from bench.workloads import KINDS


@click.command()
@click.argument("workload")
@load_option
@click.option("--items", metavar="FILE:NAME", help="What a task named as FILE:NAME is applied to.")
@click.option(
    "--kind",
    help=f"What that task does: {', '.join(KINDS)}. By default what its profile shows.",
)
@click.option("--preset", help="Parameters by name: small or article.")
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="One parameter.")
@click.option("--python", metavar="NAME|PATH", help="An interpreter; this one by default.")
@click.option(
    "--again", is_flag=True, help="The pool stays open and is used again: its start is not counted."
)
@click.option("--no-check", is_flag=True, help="Do not hold the recommendation against a run.")
@click.option("--no-save", is_flag=True, help="Do not keep that run.")
@json_option
def advise(
    workload: str,
    loaded: Sequence[str],
    items: str | None,
    kind: str | None,
    preset: str | None,
    pairs: Sequence[str],
    python: str | None,
    again: bool,
    no_check: bool,
    no_save: bool,
    as_json: bool,
) -> int:
    """Profile a piece of work, recommend a way to run it, and see whether that holds.

    WORKLOAD is one of those that `workloads` lists; or, with --items, a function of your own as
    FILE:NAME, such as mine.py:resize.
    """
    here = settings()
    work = work_of(workload, loaded, items, kind)
    paths = [python] if python and os.sep in python else []

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    wanted = want(
        work,
        pairs_of(pairs, work.form, f"{work.name}."),
        preset,
        python_of(python, known) if python else "",
        known,
    )
    with nullcontext() if no_save or no_check else Store(here) as store:
        found = advised(
            wanted,
            here,
            store,
            ProgressLine(sys.stderr),
            known,
            again=again,
            check=not no_check,
            by_kind=not items or kind is not None,
        )
    if as_json:
        click.echo(json.dumps(found.as_json(), indent=2))
    elif found.advice:
        click.echo(advice_report(found))
    if found.profiling.error:
        click.echo(found.profiling.error, err=True)
    return _code(found)


def _code(found: Advised) -> int:
    if found.profiling.state != "done":
        return STOPPED if found.profiling.state == "stopped" else 1
    return code_of(found.run) if found.run else 0
