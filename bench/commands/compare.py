"""Two kept runs side by side, for people and for continuous integration."""

import json
import re

import click

from bench.analysis.comparing import MEASURES, Comparison, Measure, compare
from bench.analysis.comparing_cautions import OTHER_WORK, cautions_of
from bench.analysis.comparing_words import ASKED, compared_headline, slower_sentences
from bench.analysis.differences import differences
from bench.analysis.words import digits, seconds, span
from bench.commands.kept import kept_run
from bench.commands.known import json_option
from bench.errors import Refused
from bench.exports.json_comparison import comparison_json
from bench.exports.markdown_comparison import comparison_markdown
from bench.exports.text_table import table
from bench.measure.own.work import own_work

SLOWER = 3

_PERCENT = re.compile(r"([0-9]{1,4}(\.[0-9]{1,4})?)%?")


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option(
    "--by",
    type=click.Choice(MEASURES),
    default="time",
    show_default=True,
    help="What is asked: B's time over A's, or B's speedup over A's, from which the machine's "
    "pace cancels out.",
)
@click.option(
    "--fail-if-slower",
    "limit",
    metavar="5%",
    help="Exit code 3 if a contender of B is shown to be slower than A's by more than "
    "that, with a warm pool.",
)
@json_option
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
def compare_(
    a: str, b: str, by: Measure, limit: str | None, as_json: bool, as_markdown: bool
) -> int:
    """Compare run B with run A: the ratio of each contender, with its interval."""
    if as_json and as_markdown:
        raise Refused("markdown", "given with --json", "given alone", "choose one of the two")
    share = _share(limit)
    own_work()  # the runs may be of it
    found = compare(kept_run(a), kept_run(b))
    if as_json:
        click.echo(json.dumps(comparison_json(found), indent=2))
    elif as_markdown:
        click.echo(comparison_markdown(found, by), nl=False)
    else:
        click.echo(_report(found, by))
    if share is None:
        return 0
    _check_same_work(found)
    slower = slower_sentences(found, by, share)
    for sentence in slower:
        click.echo(sentence, err=True)
    if not slower:
        click.echo(f"No contender is shown to be more than {100 * share:g}% slower.", err=True)
    return SLOWER if slower else 0


def _share(text: str | None) -> float | None:
    """The share that a text such as 5% stands for."""
    if text is None:
        return None
    found = _PERCENT.fullmatch(text.strip())
    if found is None or float(found[1]) > 1_000:
        raise Refused("fail-if-slower", text, "a number of per cent from 0 to 1,000, such as 5%")
    return float(found[1]) / 100


def _check_same_work(found: Comparison) -> None:
    """Raises Refused if a slower time may be that of other work."""
    for caution in cautions_of(found):
        if caution.code in OTHER_WORK:
            raise Refused(
                "fail-if-slower",
                caution.message,
                "asked of runs with the same parameters and answers",
                "a slower time may be other work",
            )


def _report(found: Comparison, by: Measure) -> str:
    """A comparison for a terminal: headline, environments, table, cautions."""
    lines = [compared_headline(found, by, "warm"), ASKED[by], ""]
    odd = differences(found.a.environment, found.b.environment)
    if odd:
        rows = [[one.what, one.a, one.b] for one in odd]
        lines += [table(("differs", f"A {found.a.id}", f"B {found.b.id}"), rows), ""]
    else:
        lines += ["Their environments do not differ.", ""]
    lines.append(_changes(found, by))
    for pair in found.pairs:
        if pair.error:
            lines += ["", f"{pair.name} cannot be compared. {pair.error}"]
    for name, only in (("A", found.only_a), ("B", found.only_b)):
        if only:
            lines += ["", f"Only in {name}: {', '.join(only)}."]
    for caution in cautions_of(found):
        lines += ["", f"{caution.code}: {caution.message} {caution.action}"]
    return "\n".join(lines)


def _changes(found: Comparison, by: Measure) -> str:
    say = seconds if by == "time" else digits
    head = (
        "contender",
        f"{by} A",
        f"{by} B",
        "B / A",
        "95% interval",
        "verdict",
        "with start-up",
        "95% interval",
    )
    rows = []
    for pair, change in found.changes(by, "warm"):
        cold = pair.changes.get((by, "cold"))
        rows.append(
            [
                pair.name,
                say(change.a.estimate),
                say(change.b.estimate),
                digits(change.ratio.estimate),
                span(change.ratio),
                change.verdict,
                digits(cold.ratio.estimate) if cold else "",
                span(cold.ratio) if cold else "",
            ]
        )
    return table(head, rows) if rows else "No contender has a result in both runs."
