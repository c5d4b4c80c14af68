"""Measuring from the command line."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from bench.analysis.results import results
from bench.clock import Latest
from bench.commands.kept import report
from bench.commands.known import load, load_option
from bench.commands.progress import ProgressLine
from bench.drafting import draft
from bench.errors import Refused, Unavailable, shown
from bench.executors import find_executor, options_form
from bench.exports.json_run import run_json
from bench.forms import Field, Form, choice_of
from bench.measure.cluster import cluster_at, cluster_for
from bench.measure.environment import environment
from bench.measure.hostlock import host_lock
from bench.measure.interpreters import Interpreter
from bench.measure.known import Known, known_interpreters
from bench.measure.own import function_work
from bench.plan import PRECISIONS, Plan, usual_workers
from bench.samples import Failure, Run, Sample, Trace
from bench.service.perform import perform
from bench.settings import Settings, scheduler_address, settings
from bench.store import Store
from bench.sweeps import sweepable
from bench.workloads import KINDS, Workload, find_workload

STOPPED = 130


@click.command()
@click.argument("workload")
@load_option
@click.option("--items", metavar="FILE:NAME", help="What a task named as FILE:NAME is applied to.")
@click.option("--kind", help=f"What that task does: {', '.join(KINDS)}.")
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
@click.option(
    "--sweep",
    metavar="NAME=VALUE,VALUE,...",
    help="A parameter or an option of the executors that takes several values in turn.",
)
@click.option(
    "--ceiling/--no-ceiling",
    default=None,
    help="Measure what the hardware allows at each number of workers, too. By default for work "
    "that computes, but not with precision quick.",
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="NAME|PATH",
    help="An interpreter, by a name that `interpreters` lists or by path; this one by default.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="A running scheduler for the executor dask, such as tcp://127.0.0.1:8786; "
    "that of BENCH_DASK by default.",
)
@click.option("--precision", default="standard", show_default=True, help=", ".join(PRECISIONS))
@click.option("--rounds", metavar="N", help="Exactly that many rounds.")
@click.option("--budget", metavar="SECONDS", help="No round begins after that, beyond the least.")
@click.option("--seed", metavar="N", help="What the order of trials is shuffled by.")
@click.option("--out", metavar="FILE", help="Write the run as JSON; - for standard output, alone.")
@click.option("--no-save", is_flag=True, help="Do not keep the run.")
def run(
    workload: str,
    loaded: Sequence[str],
    items: str | None,
    kind: str | None,
    preset: str | None,
    pairs: Sequence[str],
    executors: Sequence[str],
    workers: str | None,
    sweep: str | None,
    ceiling: bool | None,
    pythons: Sequence[str],
    dask: str | None,
    precision: str,
    rounds: str | None,
    budget: str | None,
    seed: str | None,
    out: str | None,
    no_save: bool,
) -> int:
    """Measure a workload under executors, against sequential work.

    WORKLOAD is one of those that `workloads` lists; or, with --items, a function of your own as
    FILE:NAME, such as mine.py:resize.
    """
    here = settings()
    if dask is not None:
        here = replace(here, dask=scheduler_address(dask, "dask"))
    work = _work(workload, loaded, items, kind)
    paths = [text for text in pythons if os.sep in text]

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    ways = _executors(executors or ("threads", "processes"))
    plan = draft(
        work.name,
        executors=ways,
        workers=_workers(workers, work.kind),
        parameters=_pairs(pairs, work.form, f"{work.name}."),
        preset=preset,
        precision=precision,
        rounds=_number(rounds),
        budget_s=_number(budget),
        seed=_number(seed),
        interpreters=[_python(text, known) for text in pythons],
        ceiling=ceiling,
        sweep=_sweep(sweep, sweepable(work, [find_executor(name) for name in ways])),
        known=known,
        cluster=lambda: cluster_at(here.dask),
    )
    _check_out(out)
    with nullcontext() if no_save else Store(here) as store:
        ended = measured(plan, here, store, known)
    _tell(ended, out)
    return code_of(ended)


def code_of(ended: Run) -> int:
    """The exit code that tells how a run ended."""
    if ended.state == "stopped" and not ended.error:
        return STOPPED
    failed = ended.error or any(result.error for result in results(ended))
    return 1 if failed else 0


def _work(name: str, loaded: Sequence[str], items: str | None, kind: str | None) -> Workload:
    """The work of that name; a task that is named as FILE:NAME becomes one with its items."""
    if items:
        return function_work(name, items, kind)
    if ":" in name:
        raise Refused("items", "left out", "what the task is applied to", "such as mine.py:photos")
    if kind:
        raise Refused("kind", kind, "left out", "the work itself says what it does")
    load(loaded)
    return find_workload(name)


def measured(plan: Plan, here: Settings, store: Store | None, known: Known) -> Run:
    """A plan, measured under the host's lock and kept if there is a store; told on stderr."""
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
        cluster = cluster_for(plan, lambda: cluster_at(here.dask))
        stamp = environment(plan.interpreters, known, cluster)
        if not got:
            now = time.time()
            return Run("unsaved", plan, "stopped", now, stamp, ended=now)
        if store:
            store.queue.sweep()
            id_ = store.runs.add(plan, "running", environment=stamp)
            beat: Callable[[], bool] = Latest(0.5, lambda: store.queue.beat(id_))
        else:
            id_, beat = "unsaved", lambda: False
        begun = Run(id_, plan, "running", time.time(), stamp, started=time.time())

        def keep(outcome: Sample | Failure | Trace) -> None:
            if store:
                store.runs.keep(id_, outcome)
            if not isinstance(outcome, Trace):
                line.count(begun, outcome)

        ended = perform(begun, here, keep=keep, stopping=lambda: told() or beat(), known=known)
        if store:
            store.runs.end(id_, ended.state, ended.error)
    line.clear()
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
    click.echo(report(ended))
    if ended.id != "unsaved":
        click.echo(f"\nKept as {ended.id}: python -m bench show {ended.id}")
    if out:
        try:
            Path(out).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise Unavailable(f"{shown(out)} could not be written: {error.strerror}.") from error


def _check_out(out: str | None) -> None:
    if out is None or out == "-":
        return
    file = Path(out).absolute()
    place = file if file.exists() else file.parent
    if file.is_dir() or not file.parent.is_dir() or not os.access(place, os.W_OK):
        raise Refused("out", out, "a file in a folder that can be written")


def _python(text: str, known: Known) -> str:
    """The name of the interpreter that a name or a path stands for."""
    if os.sep not in text:
        return text
    found = [one for one in known().values() if text in (one.path, one.named)]
    if not found:
        raise Refused("python", text, "the path of a Python")
    return found[0].name


def _executors(texts: Sequence[str]) -> dict[str, Mapping[str, object]]:
    ways: dict[str, Mapping[str, object]] = {}
    for text in texts:
        name, options = _executor(text)
        if name in ways:
            raise Refused("executor", name, "named once", "remove the second one")
        ways[name] = options
    return ways


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


def _sweep(text: str | None, known: Mapping[str, Field]) -> tuple[str, Sequence[object]] | None:
    if text is None:
        return None
    name, equals, values = text.partition("=")
    if not equals:
        raise Refused("sweep", text, "written NAME=VALUE,VALUE,...")
    if name not in known:
        raise Refused("sweep", name, choice_of(list(known)))
    return name, [known[name].read(value.strip(), "sweep.") for value in values.split(",")]


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
