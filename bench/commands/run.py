"""Measuring from the command line."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from bench.analysis.results import results
from bench.clock import Latest
from bench.commands.kept import report
from bench.commands.progress import ProgressLine
from bench.errors import Refused
from bench.executors import find_executor, options_form
from bench.exports.json_run import run_json
from bench.forms import Form, choice_of
from bench.measure.environment import environment
from bench.measure.hostlock import host_lock
from bench.plan import PRECISIONS, Plan, draft, usual_workers
from bench.run import Failure, Run, Sample
from bench.service.perform import perform
from bench.settings import Settings, settings
from bench.store import Store
from bench.workloads import find_workload

STOPPED = 130


@click.command()
@click.argument("workload")
@click.option("--preset", help="Parameters by name: small or article.")
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="One parameter.")
@click.option(
    "--executor",
    "executors",
    multiple=True,
    metavar="NAME[:OPTION=VALUE,...]",
    help="A way to run it; may be given several times. Threads and processes by default.",
)
@click.option(
    "--workers", metavar="N,N,...", help="Worker counts. Powers of two up to the CPUs by default."
)
@click.option("--precision", default="standard", show_default=True, help=", ".join(PRECISIONS))
@click.option("--rounds", metavar="N", help="Exactly that many rounds.")
@click.option("--budget", metavar="SECONDS", help="No round begins after that, beyond the least.")
@click.option("--seed", metavar="N", help="What the order of trials is shuffled by.")
@click.option("--out", metavar="FILE", help="Write the run as JSON; - for standard output, alone.")
@click.option("--no-save", is_flag=True, help="Do not keep the run.")
def run(
    workload: str,
    preset: str | None,
    pairs: Sequence[str],
    executors: Sequence[str],
    workers: str | None,
    precision: str,
    rounds: str | None,
    budget: str | None,
    seed: str | None,
    out: str | None,
    no_save: bool,
) -> int:
    """Measure a workload under executors, against sequential work."""
    here = settings()
    known = find_workload(workload)
    plan = draft(
        workload,
        executors=dict(_executor(text) for text in executors or ("threads", "processes")),
        workers=_workers(workers, known.kind),
        parameters=_pairs(pairs, known.form, f"{workload}."),
        preset=preset,
        precision=precision,
        rounds=_number(rounds),
        budget_s=_number(budget),
        seed=_number(seed),
    )
    reason = known.missing()
    if reason:
        raise Refused("workload", workload, "one that can run here", reason.rstrip("."))
    _check_out(out)
    ended = _measured(plan, here, save=not no_save)
    _tell(ended, out)
    if ended.state == "stopped":
        return STOPPED
    return 1 if ended.state == "failed" or any(result.error for result in results(ended)) else 0


def _measured(plan: Plan, here: Settings, save: bool) -> Run:
    store = Store(here) if save else None
    line = ProgressLine(sys.stderr)
    with (
        _stop_on_signals() as told,
        host_lock(
            here.lock,
            f"python -m bench run {plan.workload}",
            waiting=lambda holder: line.say(
                f"Waiting for {holder}, which measures on this machine."
            ),
            give_up=told,
        ) as got,
    ):
        stamp = environment()
        if not got:
            return Run("unsaved", plan, "stopped", time.time(), stamp)
        if store:
            store.queue.sweep()
            id_ = store.runs.add(plan, "running", environment=stamp)
            beat: Callable[[], bool] = Latest(0.5, lambda: store.queue.beat(id_))
        else:
            id_, beat = "unsaved", lambda: False
        begun = Run(id_, plan, "running", time.time(), stamp, started=time.time())

        def keep(outcome: Sample | Failure) -> None:
            if store:
                store.runs.keep(id_, outcome)
            line.count(begun, outcome)

        ended = perform(begun, here, keep=keep, stopping=lambda: told() or beat())
    line.clear()
    if store:
        store.runs.end(id_, ended.state, ended.error)
    return replace(ended, ended=time.time())


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


def _tell(ended: Run, out: str | None) -> None:
    text = json.dumps(run_json(ended), indent=2)
    if out == "-":
        click.echo(text)
        return
    if out:
        Path(out).write_text(text + "\n", encoding="utf-8")
    click.echo(report(ended))
    if ended.id != "unsaved":
        click.echo(f"\nKept as {ended.id}: python -m bench show {ended.id}")


def _check_out(out: str | None) -> None:
    if out and out != "-":
        folder = Path(out).absolute().parent
        if Path(out).is_dir() or not os.access(folder, os.W_OK):
            raise Refused("out", out, "a file in a folder that can be written")


def _executor(text: str) -> tuple[str, Mapping[str, object]]:
    name, _, options = text.partition(":")
    form = options_form(find_executor(name))
    return name, _pairs(options.split(",") if options else [], form, f"{name}.")


def _pairs(pairs: Sequence[str], form: Form, prefix: str) -> dict[str, object]:
    fields = {field.name: field for field in form}
    values: dict[str, object] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise Refused("parameter", pair, "written NAME=VALUE")
        if name not in fields:
            raise Refused(prefix + "parameter", name, choice_of(list(fields)))
        values[name] = fields[name].read(text, prefix)
    return values


def _workers(text: str | None, kind: str) -> list[object]:
    if text is None:
        return list(usual_workers(kind, environment()["cpus"]["usable"]))
    return [_number(part.strip()) for part in text.split(",") if part.strip()]


def _number(text: str | None) -> object:
    """The number a text stands for, or the text itself for the plan's check to refuse."""
    for kind in (int, float):
        try:
            return None if text is None else kind(text)
        except ValueError:
            continue
    return text
