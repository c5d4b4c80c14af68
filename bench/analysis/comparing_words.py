"""A comparison in words: which of the two is asked, what is shown, contender by contender."""

from collections.abc import Mapping

from bench.analysis.comparing import Change, Comparison, Measure, Pair, Shown
from bench.analysis.results import Mode
from bench.analysis.words import counted, digits, span

# What is asked, in a sentence.
ASKED: Mapping[Measure, str] = {
    "time": "B's time over A's: below 1, B is faster. All that changed between the runs is in it, "
    "the machine's pace included.",
    "speedup": "B's speedup over A's: above 1, B gains more over its own sequential work. The "
    "machine's pace cancels out.",
}

_WORSE: Mapping[Measure, Shown] = {"time": "slower", "speedup": "lower"}
_BETTER: Mapping[Measure, Shown] = {"time": "faster", "speedup": "higher"}


def compared_headline(found: Comparison, measure: Measure, mode: Mode) -> str:
    """The finding in one sentence: how many contenders differ, and the one that does most."""
    changes = found.changes(measure, mode)
    shown = [(pair, change) for pair, change in changes if change.shown]
    if not changes:
        return "Nothing can be compared: no contender has a result in both runs."
    if not shown:
        every = "its contender" if len(changes) == 1 else f"any of {len(changes)} contenders"
        return f"No difference shown in {every}."
    counts = [
        f"{verdict} in {sum(change.verdict == verdict for _, change in shown)}"
        for verdict in (_WORSE[measure], _BETTER[measure])
        if any(change.verdict == verdict for _, change in shown)
    ]
    value = "B" if measure == "time" else "B's speedup"
    most = compared_sentence(*shown[0], measure)
    return f"{value} is {' and '.join(counts)} of {counted(len(changes), 'contender')}. {most}"


def compared_sentence(pair: Pair, change: Change, measure: Measure) -> str:
    """What the two runs show of one contender, as one sentence."""
    name = pair.name[:1].upper() + pair.name[1:]
    if change.ratio.low is None:
        return f"{name}: one round in a run, too few for a verdict."
    ends = f"({span(change.ratio)})"
    if not change.shown:
        return f"{name}: no difference shown {ends}."
    return f"{name}: {digits(change.ratio.estimate)} times A's {measure} {ends}, {change.verdict}."


def slower_sentences(found: Comparison, measure: Measure, limit: float) -> list[str]:
    """The contenders that are shown to be worse by more than a share (0.05 is 5%), with a warm
    pool: their whole corrected interval lies beyond it.
    """
    beyond = 1 + limit
    return [
        f"{compared_sentence(pair, change, measure)} That is more than {100 * limit:g}% "
        f"{_WORSE[measure]}."
        for pair, change in found.changes(measure, "warm")
        if (change.above(beyond) if measure == "time" else change.below(1 / beyond))
    ]
