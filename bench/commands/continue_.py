"""More rounds for a run that is kept."""

import click

from bench.commands.kept import kept_run
from bench.commands.measuring import code_of, continued, tell
from bench.measure.own.work import own_work
from bench.settings import settings
from bench.store import Store


@click.command("continue")
@click.argument("run")
def continue_(run: str) -> int:
    """Add rounds to a run that has ended, for as long again, on the same machine."""
    here = settings()
    own_work()  # the run may be of it
    with Store(here) as store:
        ended = continued(kept_run(run, traces=True), here, store)
    tell(ended)
    return code_of(ended)
