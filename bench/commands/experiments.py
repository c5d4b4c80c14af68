"""Experiments: the list of them, and performing one, or a group of them, in the foreground."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

import click

from bench.asking.experiments import ask, ask_all
from bench.asking.reading import pairs_of, python_of
from bench.commands.known import json_option
from bench.commands.measuring import STOPPED
from bench.demonstration import Asked, Demonstration
from bench.errors import Refused
from bench.experiments import Group, all_experiments, find_experiment
from bench.exports.json_experiment import experiment_json
from bench.exports.text_table import table
from bench.measure.host.environment import environment
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import Known, known_interpreters
from bench.service.beating import beating
from bench.service.demonstrate import demonstrate
from bench.service.foreground import in_turn
from bench.settings import Settings, settings
from bench.store import Store
from bench.watchers import ProgressLine

GROUPS: tuple[Group, ...] = get_args(Group)


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
@click.argument("name", metavar="NAME|" + "|".join(GROUPS))
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="One parameter.")
@click.option(
    "--python", "python", metavar="NAME|PATH", help="An interpreter; this one by default."
)
@json_option
def experiment(name: str, pairs: Sequence[str], python: str | None, as_json: bool) -> int:
    """Perform one experiment, or a group of them, and say what was observed here."""
    paths = [python] if python and os.sep in python else []

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    host = python_of(python, known) if python else ""
    asked = (
        _set_of(name, pairs, host, known) if name in GROUPS else _one_of(name, pairs, host, known)
    )
    ended = _performed(asked, name, known, aloud=not as_json)
    if not ended:
        return STOPPED
    if as_json:
        told = [experiment_json(one) for one in ended]
        click.echo(json.dumps(told if name in GROUPS else told[0], indent=2))
    else:
        click.echo(_table(ended) if name in GROUPS else _report(ended[0]))
    if any(one.state == "stopped" for one in ended):
        return STOPPED
    return 0 if all(one.facts for one in ended) else 1


def _one_of(name: str, pairs: Sequence[str], host: str, known: Known) -> list[Asked]:
    form = find_experiment(name).form
    return [ask(name, pairs_of(pairs, form, f"{name}."), host, known)]


def _set_of(name: str, pairs: Sequence[str], host: str, known: Known) -> list[Asked]:
    if pairs:
        raise Refused(
            "set", pairs[0], "left out", f"{name} is a group: each has its own parameters"
        )
    asked, refused = ask_all([group for group in GROUPS if group == name], host, known)
    for reason in refused.values():
        click.echo(reason, err=True)
    return asked


def _performed(
    asked: Sequence[Asked], name: str, known: Known, *, aloud: bool
) -> list[Demonstration]:
    """Each in its turn, kept; fewer if it was told to stop."""
    here, ended = settings(), list[Demonstration]()
    waits = ProgressLine(sys.stderr).waits
    with (
        Store(here) as store,
        in_turn(here, f"python -m bench experiment {name}", waits) as told,
    ):
        if told is None:
            return []
        store.queue.sweep()
        for one in asked:
            batch = ended[0].id if ended else ""
            ended.append(_kept(one, store, here, batch, told, known, aloud=aloud))
            if ended[-1].state == "stopped":
                break
    return ended


def _kept(
    asked: Asked,
    store: Store,
    here: Settings,
    batch: str,
    told: Callable[[], bool],
    known: Known,
    *,
    aloud: bool,
) -> Demonstration:
    """One experiment, performed now and kept; what happens is told on stderr."""
    stamp = environment([asked.interpreter], known)
    id_ = store.demonstrations.add(asked, "running", environment=stamp, batch=batch)
    beat = beating(0.5, lambda: store.queue.beat(id_))
    now = time.time()
    begun = Demonstration(id_, asked, "running", now, stamp, started=now)

    def keep(event: Mapping[str, Any]) -> None:
        store.demonstrations.keep(id_, event)
        if aloud:
            click.echo(_line(event), err=True)

    ended = demonstrate(
        begun,
        keep=keep,
        stopping=lambda: told() or beat(),
        most_bytes=here.trial_bytes,
        known=known,
    )
    store.demonstrations.tell(id_, ended.facts, ended.output)
    store.demonstrations.end(id_, ended.state, ended.error)
    return replace(ended, ended=time.time())


def _line(event: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in event.items())


def _table(ended: Sequence[Demonstration]) -> str:
    rows = []
    for one in ended:
        found = find_experiment(one.asked.experiment)
        verdict = found.judge(one.facts).verdict if one.facts else f"{one.state}. {one.error}"
        rows.append([found.name, found.belief, verdict])
    return table(("experiment", "belief", "verdict"), rows)


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
