"""What the operator calls kept runs, stopping and removing them."""

from collections.abc import Sequence

import click

from bench.access import OPERATOR
from bench.errors import Refused
from bench.settings import settings
from bench.store import Store


@click.command()
@click.argument("run")
@click.argument("name")
def rename(run: str, name: str) -> None:
    """Give a run a name; an empty one ("") takes it away."""
    with Store(settings()) as store:
        store.history.rename(run, name, OPERATOR)


@click.command()
@click.argument("run")
@click.argument("text")
def note(run: str, text: str) -> None:
    """Write a note on a run; an empty one ("") takes it away."""
    with Store(settings()) as store:
        store.history.annotate(run, text, OPERATOR)


@click.command()
@click.argument("run")
@click.argument("labels", nargs=-1)
def label(run: str, labels: Sequence[str]) -> None:
    """Give a run these labels in place of those that it has; none take them away."""
    with Store(settings()) as store:
        store.history.label(run, labels, OPERATOR)


@click.command()
@click.argument("run")
@click.option("--no", "loose", is_flag=True, help="Let it go when its time is over.")
def keep(run: str, loose: bool) -> None:
    """Keep a run when its time is over (BENCH_KEEP_DAYS, BENCH_KEEP_RUNS)."""
    with Store(settings()) as store:
        store.history.retain(run, not loose, OPERATOR)


@click.command()
@click.argument("run")
def stop(run: str) -> None:
    """End a run or an experiment that waits or goes on, whoever started it."""
    with Store(settings()) as store:
        mark = store.runs.mark(run) or store.demonstrations.mark(run)
        store.queue.stop(run, OPERATOR)
    if mark and mark.ended:
        raise Refused("run", f"{run}, {mark.state}", "one that waits or goes on")
    click.echo(f"{run} is told to stop; what it has is kept.")


@click.command()
@click.argument("run")
def delete(run: str) -> None:
    """Remove a run that has ended, with all that it has."""
    with Store(settings()) as store:
        store.history.delete(run, OPERATOR)
    click.echo(f"{run} is deleted.")
