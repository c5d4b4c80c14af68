"""A kept run, or a performed experiment, in other forms."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bench.errors import Refused, Unavailable, shown
from bench.exports.look import FIELDS, NAMES, look_of
from bench.forms import choice_of
from bench.measure.own.work import own_work
from bench.settings import settings
from bench.store import Store

if TYPE_CHECKING:
    from bench.exports.formats import Format, Job


def _help(name: str) -> str:
    return f"{FIELDS[name].help.rstrip('.')}: {FIELDS[name].told()}."


@click.command()
@click.argument("run")
@click.option("--to", "name", required=True, metavar="FORMAT", help=f"{', '.join(NAMES)}.")
@click.option(
    "--chart",
    "charts",
    multiple=True,
    metavar="NAME",
    help="One of its charts, for svg and png; all of them by default.",
)
@click.option("--theme", help=_help("theme"))
@click.option("--mode", help=_help("mode"))
@click.option("--scale", help=_help("scale"))
@click.option(
    "--out",
    default=".",
    show_default=True,
    metavar="FOLDER",
    help="Where to; - for standard output, alone.",
)
def export(run: str, name: str, charts: Sequence[str], out: str, **look: str | None) -> None:
    """Write a run, or a performed experiment, in another form."""
    from bench.exports.formats import files  # loads all charts, which other commands do without

    own_work()  # the run may be of it
    job = kept_job(run)
    chosen = _chosen(job, name, charts)
    asked = {choice: text for choice, text in look.items() if text is not None}
    seen = look_of(asked, chosen[0].takes)
    written = {file: data for one in chosen for file, data in files(job, one, seen).items()}
    if out != "-":
        _write(written, Path(out))
    elif len(written) > 1:
        raise Refused("out", out, "a folder", f"{name} is {len(written)} files")
    else:
        (data,) = written.values()
        click.echo(data, nl=False)


def kept_job(id_: str) -> "Job":
    """The run, or the demonstration, of that id. Raises Refused if there is none."""
    with Store(settings()) as store:
        found = store.runs.find(id_, traces=True) or store.demonstrations.find(id_)
    if found is None:
        raise Refused("run", id_, "the id of a kept run", "python -m bench runs lists them")
    return found


def _chosen(job: "Job", name: str, charts: Sequence[str]) -> "list[Format]":
    from bench.exports.formats import formats_of
    from bench.exports.pictures import chart_names

    there = formats_of(job).values()
    for chart in charts:
        if name not in ("svg", "png"):
            raise Refused("chart", chart, "left out", f"{name} is no picture of one")
        if chart not in chart_names(job):
            raise Refused("chart", chart, choice_of(chart_names(job)))
    ends = {f"/{chart}.{name}" for chart in charts}
    chosen = [one for one in there if one.name == name and (one.end in ends or not charts)]
    if not chosen:
        raise Refused("format", name, choice_of(list(dict.fromkeys(one.name for one in there))))
    return chosen


def _write(written: Mapping[str, bytes], folder: Path) -> None:
    for name, data in written.items():
        try:
            (folder / name).write_bytes(data)
        except OSError as error:
            place = shown(str(folder))
            raise Unavailable(f"{place} could not be written to: {error.strerror}.") from error
        click.echo(str(folder / name))
