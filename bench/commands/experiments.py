"""Experiments: the list of them, and performing one in the foreground."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from bench.asking import ask
from bench.clock import Latest
from bench.commands.known import json_option
from bench.commands.measuring import STOPPED, in_turn
from bench.commands.reading import pairs_of, python_of
from bench.commands.table import table
from bench.demonstration import Demonstration
from bench.experiments import all_experiments, find_experiment
from bench.exports.json_experiment import experiment_json
from bench.measure.environment import environment
from bench.measure.interpreters import Interpreter
from bench.measure.known import known_interpreters
from bench.service.demonstrate import demonstrate
from bench.settings import settings
from bench.store import Store


@click.command()
@json_option
def experiments(as_json: bool) -> None:
    """List the pitfalls and patterns that can be shown live."""
    known = [
        {
            "name": one.name,
            "group": one.group,
            "title": one.title,
            "belief": one.belief,
            "seconds": one.seconds,
            "parameters": [field.as_json() for field in one.form],
            "missing": one.missing(),
        }
        for one in all_experiments().values()
    ]
    if as_json:
        click.echo(json.dumps(known, indent=2))
        return
    columns = ("name", "group", "title", "missing")
    click.echo(table(columns, [[str(one[name] or "") for name in columns] for one in known]))


@click.command()
@click.argument("name")
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="One parameter.")
@click.option(
    "--python", "python", metavar="NAME|PATH", help="An interpreter; this one by default."
)
@json_option
def experiment(name: str, pairs: Sequence[str], python: str | None, as_json: bool) -> int:
    """Perform one experiment and say what was observed here."""
    here = settings()
    form = find_experiment(name).form
    paths = [python] if python and os.sep in python else []

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    asked = ask(
        name, pairs_of(pairs, form, f"{name}."), python_of(python, known) if python else "", known
    )
    with Store(here) as store, in_turn(here, f"python -m bench experiment {name}") as told:
        if told is None:
            return STOPPED
        store.queue.sweep()
        stamp = environment([asked.interpreter], known)
        id_ = store.demonstrations.add(asked, "running", environment=stamp)
        beat = Latest(0.5, lambda: store.queue.beat(id_))
        now = time.time()
        begun = Demonstration(id_, asked, "running", now, stamp, started=now)

        def keep(event: Mapping[str, Any]) -> None:
            store.demonstrations.keep(id_, event)
            if not as_json:
                click.echo(_line(event), err=True)

        ended = demonstrate(begun, keep=keep, stopping=lambda: told() or beat(), known=known)
        store.demonstrations.tell(id_, ended.facts, ended.output)
        store.demonstrations.end(id_, ended.state, ended.error)
    ended = replace(ended, ended=time.time())
    click.echo(json.dumps(experiment_json(ended), indent=2) if as_json else _report(ended))
    if ended.state == "stopped":
        return STOPPED
    return 0 if ended.facts else 1


def _line(event: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in event.items())


def _report(ended: Demonstration) -> str:
    found = find_experiment(ended.asked.experiment)
    if not ended.facts:
        return f"{found.title}: {ended.state}. {ended.error}".rstrip()
    judged, picture = found.judge(ended.facts), found.picture(ended.facts, ended.events)
    return "\n".join(
        [
            f"Belief: {found.belief}",
            f"On {ended.asked.interpreter}: {judged.verdict}.",
            judged.explanation,
            "",
            f"{picture.title}: {picture.sentence}",
        ]
    )
