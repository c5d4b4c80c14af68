"""Whether a kept run may be relied on, as an exit code."""

import json

import click

from bench.analysis.steadiness import steadiness
from bench.analysis.warnings import Caution
from bench.commands.kept import kept_run
from bench.commands.known import json_option
from bench.errors import Refused

UNSTEADY = 3


@click.command()
@click.argument("run")
@json_option
def check(run: str, as_json: bool) -> int:
    """Say whether a run may be relied on: exit code 0 if it is steady, 3 if not."""
    found = kept_run(run)
    if found.active:
        raise Refused("run", f"{run}, {found.state}", "one that has ended", "wait for it")
    verdict = steadiness(found)
    if as_json:
        click.echo(json.dumps({"run": found.id, **verdict.as_json()}, indent=2))
    else:
        click.echo(f"{found.id} is {'steady' if verdict.steady else 'not steady'}.")
        for caution in (*verdict.reasons, *verdict.noted):
            click.echo(_told(caution))
    return 0 if verdict.steady else UNSTEADY


def _told(caution: Caution) -> str:
    return f"{caution.code}: {caution.message} {caution.action}"
