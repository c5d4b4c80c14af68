"""The measuring service on the command line."""

import os

import click

from bench.logs import log_to_stderr
from bench.service.work import Ending
from bench.service.work import work as serve
from bench.settings import settings


@click.command()
@click.option("--lifeline", is_flag=True, help="End when standard input ends.")
def work(lifeline: bool) -> None:
    """Measure queued runs, one at a time, until told to end."""
    log_to_stderr()
    ending = Ending()
    ending.on_signals()
    if lifeline:
        ending.on_end_of_input()
    serve(settings(), ending, app=os.getppid() if lifeline else None)
