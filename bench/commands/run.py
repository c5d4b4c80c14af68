"""Measuring from the command line."""

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace

import click

from bench.asking.plans import draft
from bench.asking.reading import (
    executors_of,
    number_of,
    pairs_of,
    python_of,
    sweep_of,
    workers_of,
)
from bench.asking.sweeps import sweepable
from bench.commands.known import load, load_option
from bench.commands.measuring import check_out, code_of, measured, tell
from bench.errors import Refused
from bench.executors import find_executor
from bench.measure.host.cluster import cluster_at
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import known_interpreters
from bench.measure.own.work import function_work
from bench.plan import PRECISIONS
from bench.settings import scheduler_address, settings
from bench.store import Store
from bench.workloads import KINDS, Workload, find_workload


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
    work = work_of(workload, loaded, items, kind)
    paths = [text for text in pythons if os.sep in text]

    def known() -> Mapping[str, Interpreter]:
        return known_interpreters(paths)

    ways = executors_of(executors or ("threads", "processes"))
    plan = draft(
        work.name,
        executors=ways,
        workers=workers_of(workers, work.kind),
        parameters=pairs_of(pairs, work.form, f"{work.name}."),
        preset=preset,
        precision=precision,
        rounds=number_of(rounds),
        budget_s=number_of(budget),
        seed=number_of(seed),
        interpreters=[python_of(text, known) for text in pythons],
        ceiling=ceiling,
        sweep=sweep_of(sweep, sweepable(work, [find_executor(name) for name in ways])),
        known=known,
        cluster=lambda: cluster_at(here.dask),
    )
    check_out(out)
    with nullcontext() if no_save else Store(here) as store:
        ended = measured(plan, here, store, known)
    tell(ended, out)
    return code_of(ended)


def work_of(name: str, loaded: Sequence[str], items: str | None, kind: str | None) -> Workload:
    """The work of that name; a task that is named as FILE:NAME becomes one with its items."""
    if items:
        return function_work(name, items, kind)
    if ":" in name:
        raise Refused("items", "left out", "what the task is applied to", "such as mine.py:photos")
    if kind:
        raise Refused("kind", kind, "left out", "the work itself says what it does")
    load(loaded)
    return find_workload(name)
