"""A run as Markdown: its verdicts, its table and what it was measured on, for a pull request."""

from collections.abc import Iterator, Sequence

from bench.analysis.figures import figures
from bench.analysis.insights import whys_of
from bench.analysis.results import Mode, results
from bench.analysis.surroundings import surroundings
from bench.analysis.swept import headline_of, sentences_of
from bench.analysis.warnings import warnings
from bench.analysis.words import about, moment
from bench.exports.command import command_line
from bench.exports.escaping import fenced, markdown
from bench.samples import Run

# Columns of numbers stand to the right.
_NUMBERS = ("time", "speedup", "rounds")


def run_markdown(run: Run, mode: Mode) -> str:
    """The run for people who read it in a chat, a wiki or a pull request."""
    return "\n\n".join(_parts(run, mode)) + "\n"


def _parts(run: Run, mode: Mode) -> Iterator[str]:
    found = results(run)
    yield f"### {markdown(headline_of(run, found, mode))}"
    times = "warm pool" if mode == "warm" else "with pool start-up"
    yield f"{markdown(about(run))} · {times}"
    if run.state != "done" or run.error:
        yield f"This run is {run.state}. {markdown(run.error)}".rstrip()
    yield table(figures(found, mode))
    yield listed(sentences_of(run, found, mode))
    if reasons := [reason.message for why in whys_of(run, found) for reason in why.reasons]:
        yield f"**Why**\n\n{listed(reasons)}"
    if cautions := [f"{one.code}: {one.message} {one.action}" for one in warnings(run)]:
        yield f"**Before relying on it**\n\n{listed(cautions)}"
    if lines := surroundings(run.environment):
        yield "**Measured on**\n\n" + listed([f"{name}: {value}" for name, value in lines])
    if command := command_line(run.plan):
        yield f"**Again**\n\n{fenced(command, 'shell')}"
    yield f"Speedup Lab, run {markdown(run.id)}, {moment(run.created)}"


def listed(sentences: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {markdown(sentence)}" for sentence in sentences)


def table(rows: Sequence[dict[str, str | int]]) -> str:
    """Rows as a table; there is at least one."""
    head = list(rows[0])
    rules = ["--:" if name in _NUMBERS else "---" for name in head]
    lines = [head, rules, *([markdown(str(value)) for value in row.values()] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
