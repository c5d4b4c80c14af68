"""Copies of the database."""

from pathlib import Path

import click

from bench.errors import Unavailable
from bench.settings import Settings, settings
from bench.store import Store
from bench.store.copies import back_up
from bench.store.copies import restore as put_back


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to a new FILE, also while the app runs."""
    back_up(settings(), file)
    click.echo(f"{file} holds the database as it was just now.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a backup in the place of the database; the app must be stopped."""
    here = settings()
    before = put_back(here, file, _service_lives(here))
    click.echo(f"{here.database} is what {file} holds.")
    if before:
        click.echo(f"The database before it is {before}.")


def _service_lives(here: Settings) -> bool:
    if not here.database.exists():
        return False
    try:
        with Store(here) as store:
            return store.queue.service() is not None
    except Unavailable:  # a damaged one is what restoring is for
        return False
