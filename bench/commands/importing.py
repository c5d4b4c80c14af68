"""Runs from elsewhere, brought in beside one's own."""

from collections.abc import Sequence
from pathlib import Path

import click

from bench.errors import Refused, shown
from bench.imports.bringing import bring_in
from bench.imports.formats import bytes_of
from bench.settings import settings
from bench.store import Store


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--name", default="", help="What to call it, if it is one file.")
def import_(files: Sequence[str], name: str) -> int:
    """Import runs: JSON of this lab, of pyperf, hyperfine or pytest-benchmark."""
    if name and len(files) > 1:
        raise Refused("name", name, "left out", "several files would have the same one")
    here, refused = settings(), False
    with Store(here) as store:
        for file in files:
            try:
                id_ = bring_in(store, here, bytes_of(Path(file), here.import_bytes), title=name)
            except Refused as refusal:
                click.echo(f"{shown(Path(file).name)}: {refusal}", err=True)
                refused = True
            else:
                click.echo(f"{shown(Path(file).name)} is kept as {id_}: python -m bench show {id_}")
    return 2 if refused else 0
