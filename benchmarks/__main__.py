"""`python -m benchmarks`: measure the lab side by side with its peers."""

import json
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from bench.errors import Refused, Unavailable
from bench.measure.host.environment import environment
from bench.measure.processes.groups import Reaper
from bench.measure.processes.hostlock import host_lock
from bench.settings import settings
from benchmarks.kept import joined, kept_parts
from benchmarks.parts import GROUPS, about, find_part, parts_of
from benchmarks.rows import Row
from benchmarks.session import Session
from benchmarks.table import Done, as_json, markdown, tally

PEERS = ("pyperf", "joblib", "mpire", "dask", "ray")


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART|GROUP]...")
@click.option("--list", "listing", is_flag=True, help="List the parts and measure nothing.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the rows there.")
@click.option("--markdown", "markdown_file", type=click.Path(path_type=Path), help="Or the table.")
@click.option(
    "--onto",
    type=click.Path(path_type=Path),
    help="Take all other parts from there, as --json wrote them on this machine.",
)
@click.option(
    "--effort",
    type=click.FloatRange(0.01, 10),
    default=1.0,
    show_default=True,
    help="Share of the full repetitions: 0.1 to see that all works.",
)
@click.option("--seed", default=1, show_default=True, help="What the orders are shuffled by.")
def main(
    parts: Sequence[str],
    listing: bool,
    json_file: Path | None,
    markdown_file: Path | None,
    onto: Path | None,
    effort: float,
    seed: int,
) -> None:
    """Measure the named parts and groups, or the group `numbers`.

    The table goes to standard output, too.
    """
    if listing:
        for group, members in GROUPS.items():
            click.echo(f"{group}:")
            for name in members:
                click.echo(f"  {name:<11} {about(name)}")
        return
    names = parts_of(parts or ["numbers"])
    stamp = _stamp(seed, effort)
    before = kept_parts(onto, stamp) if onto else []
    done: list[Done] = []
    with (
        host_lock(settings().lock, "python -m benchmarks", waiting=_waiting),
        Reaper() as reaper,
    ):
        session = Session(reaper, seed, effort)
        for place, name in enumerate(names, 1):
            done.append(_measured(name, place, len(names), session))
            # After each part: an hour of parts is not to be lost with the last one.
            table = _written(joined(before, done), stamp, json_file, markdown_file)
    click.echo(table, nl=False)
    if any(part.broken for part in done):
        sys.exit(1)


def _written(
    done: Sequence[Done], stamp: dict[str, Any], json_file: Path | None, markdown_file: Path | None
) -> str:
    """The table so far, which is also where it was asked for."""
    table = markdown(done, stamp)
    if json_file:
        text = json.dumps(as_json(done, stamp), indent=2, ensure_ascii=False)
        json_file.write_text(text + "\n", encoding="utf-8")
    if markdown_file:
        markdown_file.write_text(table, encoding="utf-8")
    return table


def _measured(name: str, place: int, of: int, session: Session) -> Done:
    """One part's rows; if it breaks, those that it had, and why."""
    began, rows, broken = time.monotonic(), list[Row](), ""
    begun = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    click.echo(f"[{place}/{of}] {name}: {about(name)}", err=True)
    try:
        for row in find_part(name)(session):
            rows.append(row)
    except Exception as error:  # noqa: BLE001  the other parts go on, and the exit code says it
        broken = traceback.format_exception_only(error)[-1].strip()
        traceback.print_exc()
    took = time.monotonic() - began
    click.echo(f"[{place}/{of}] {name}: {took:.0f} s, {broken or tally(rows)}", err=True)
    return Done(name, about(name), tuple(rows), begun, took, broken)


def _stamp(seed: int, effort: float) -> dict[str, Any]:
    here = environment()
    return here | {
        "packages": here["packages"] | dict(_versions()),
        "seed": seed,
        "effort": effort,
    }


def _versions() -> Iterator[tuple[str, str]]:
    for name in PEERS:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"


def _waiting(holder: str) -> None:
    click.echo(f"Waiting for {holder}, which measures on this machine.", err=True)


if __name__ == "__main__":
    try:
        main()
    except (Refused, Unavailable) as error:
        click.echo(error, err=True)
        sys.exit(2)
