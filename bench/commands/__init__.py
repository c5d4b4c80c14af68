"""The command line: a second door to the same rooms, without logic of its own.

Exit codes: 0 done, 1 a contender failed, 2 wrong use, 3 measured but not steady or slower than it
may be, 130 stopped.
"""

from collections.abc import Sequence

import click

from bench.commands.advise import advise
from bench.commands.backup import backup, restore
from bench.commands.check import check
from bench.commands.compare import compare_
from bench.commands.continue_ import continue_
from bench.commands.decide import decide
from bench.commands.experiments import experiment, experiments
from bench.commands.export import export
from bench.commands.importing import import_
from bench.commands.kept import runs, show
from bench.commands.known import executors, interpreters, settings_, workloads
from bench.commands.machine import machine
from bench.commands.naming import delete, keep, label, note, rename, stop
from bench.commands.run import run
from bench.commands.script import script
from bench.commands.work import work
from bench.errors import Broken, Refused, Unavailable

WRONG_USE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def bench() -> None:
    """Measure what threads, processes and their like do for a piece of work, on this machine."""


for command in (
    workloads,
    executors,
    interpreters,
    run,
    advise,
    script,
    continue_,
    runs,
    show,
    check,
    export,
    import_,
    compare_,
    rename,
    note,
    label,
    keep,
    stop,
    delete,
    backup,
    restore,
    machine,
    decide,
    experiments,
    experiment,
    work,
    settings_,
):
    bench.add_command(command)


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. What is refused is said in one sentence on stderr."""
    try:
        code = bench.main(list(arguments), prog_name="python -m bench", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.ClickException as error:
        # It may hold what was typed, newlines and all.
        return _refused(" ".join(error.format_message().split()))
    except (Broken, Refused, Unavailable) as error:
        return _refused(str(error))
    except click.Abort:
        return 130
    return code if isinstance(code, int) else 0


def _refused(sentence: str) -> int:
    click.echo(sentence, err=True)
    return WRONG_USE
