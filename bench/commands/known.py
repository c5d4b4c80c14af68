"""What there is: workloads, executors, settings."""

import json
import os
from collections.abc import Sequence
from typing import Any

import click

from bench.executors import all_executors, options_form
from bench.executors.seam import Executor
from bench.exports.text_table import table
from bench.forms import Form
from bench.measure.host.known import known_interpreters
from bench.measure.own.work import own_work
from bench.settings import SETTINGS, settings
from bench.workloads import Workload, all_workloads

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
load_option = click.option(
    "--load",
    "loaded",
    multiple=True,
    metavar="FILE|MODULE",
    help="Work of your own, beside that of BENCH_WORKLOADS; may be given several times.",
)


def load(loaded: Sequence[str]) -> None:
    """Let own work be known; what is wrong with it is said on stderr, and is no reason to end."""
    for problem in own_work(loaded):
        click.echo(problem, err=True)


@click.command()
@load_option
@json_option
def workloads(loaded: Sequence[str], as_json: bool) -> None:
    """List the work that can be measured, your own first, with its parameters."""
    load(loaded)
    known = [_workload(workload) for workload in all_workloads().values()]
    _print(known, ("name", "own", "kind", "title", "missing"), as_json)


@click.command()
@json_option
def executors(as_json: bool) -> None:
    """List the ways to run work, with their options."""
    known = [_executor(executor) for executor in all_executors().values()]
    _print(known, ("name", "kind", "title", "missing"), as_json)


@click.command()
@json_option
def interpreters(as_json: bool) -> None:
    """List the Pythons on this machine that trials can run on."""
    known = [one.as_json() for one in known_interpreters().values()]
    _print(known, ("name", "label", "path", "missing"), as_json)


@click.command("settings")
@json_option
def settings_(as_json: bool) -> None:
    """List the settings: environment variables, their values here and their defaults."""
    settings()  # refuses an unknown or malformed one
    known = [
        {
            "name": setting.name,
            "value": os.environ.get(setting.name, setting.default),
            "default": setting.default,
            "help": setting.help,
        }
        for setting in SETTINGS
    ]
    _print(known, ("name", "value", "default", "help"), as_json)


def _workload(workload: Workload) -> dict[str, Any]:
    return {
        "name": workload.name,
        "title": workload.title,
        "kind": workload.kind,
        "own": workload.source.label if workload.source else None,
        "parameters": _form(workload.form),
        "presets": {name: dict(values) for name, values in workload.presets.items()},
        "missing": workload.missing(),
    }


def _executor(executor: Executor) -> dict[str, Any]:
    return {
        "name": executor.name,
        "title": executor.title,
        "kind": executor.kind,
        "most_workers": executor.most,
        "parameters": _form(options_form(executor)),
        "missing": executor.missing(),
    }


def _form(form: Form) -> list[dict[str, object]]:
    return [field.as_json() for field in form]


def _print(known: Sequence[dict[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(known, indent=2))
        return
    rows = [[str(item[column] or "") for column in columns] for item in known]
    click.echo(table(columns, rows))
    for item in known:
        for field in item.get("parameters", ()):
            click.echo(f"  {item['name']}.{field['name']} = {field['default']}: {field['help']}")
