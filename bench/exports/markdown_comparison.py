"""A comparison as Markdown, for a pull request or a chat."""

from collections.abc import Iterator, Sequence

from bench.analysis.comparing import Change, Comparison, Measure, Pair
from bench.analysis.comparing_cautions import cautions_of
from bench.analysis.comparing_words import ASKED, compared_headline
from bench.analysis.differences import differences
from bench.analysis.words import digits, seconds, span


def comparison_markdown(found: Comparison, measure: Measure) -> str:
    """Headline, differences of the environments, a table of what is asked, and the cautions."""
    return "\n".join(_lines(found, measure)).rstrip() + "\n"


def _lines(found: Comparison, measure: Measure) -> Iterator[str]:
    yield f"**{_plain(compared_headline(found, measure, 'warm'))}**"
    yield ""
    yield (
        f"A is `{found.a.id}`, B is `{found.b.id}`, both of {_plain(found.a.plan.workload)}, "
        f"with a warm pool. {ASKED[measure]}"
    )
    yield ""
    odd = differences(found.a.environment, found.b.environment)
    if odd:
        yield from _table(("differs", "A", "B"), [(one.what, one.a, one.b) for one in odd])
        yield ""
    changes = found.changes(measure, "warm")
    if changes:
        head = ("contender", f"{measure} A", f"{measure} B", "B / A", "95% interval", "verdict")
        yield from _table(head, [_row(pair, change, measure) for pair, change in changes])
        yield ""
    for line in (*_missing(found), *(f"{c.message} {c.action}" for c in cautions_of(found))):
        yield f"- {_plain(line)}"


def _row(pair: Pair, change: Change, measure: Measure) -> tuple[str, ...]:
    say = seconds if measure == "time" else digits
    return (
        pair.name,
        say(change.a.estimate),
        say(change.b.estimate),
        digits(change.ratio.estimate),
        span(change.ratio),
        change.verdict,
    )


def _missing(found: Comparison) -> Iterator[str]:
    for pair in found.pairs:
        if pair.error:
            yield f"{pair.name} cannot be compared. {pair.error}"
    for run, names in (("A", found.only_a), ("B", found.only_b)):
        if names:
            yield f"Only in {run}: {', '.join(names)}."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head)):
        yield f"| {' | '.join(cells)} |"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"


def _plain(text: str) -> str:
    """Text that Markdown shows and does not act on, in one line."""
    told = "".join(f"\\{char}" if char in _ACTIVE else char for char in " ".join(text.split()))
    return told.replace("://", ":\\//")


_ACTIVE = set("\\`*_{}[]<>#|~$@&!")
