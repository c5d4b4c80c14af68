"""What the start-up experiment's samples say: from which length of a task on processes pay.

Pools that stay are measured beside a loop, over several lengths: the crossing has its interval by
Fieller's method. What a new pool needs is computed: tasks × length × (1 – 1/workers) must be more
than what it costs to start it and hand over as many tiny tasks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import inf

from bench.analysis.crossings import crossings
from bench.analysis.intervals import geometric
from bench.analysis.verdicts import Verdict, verdict
from bench.analysis.words import digits, joined, seconds
from bench.experiments import Facts, Judgement
from bench.experiments.picture import Picture
from bench.experiments.programs import UNDECIDED

# The length that the belief names, in seconds.
RULE = 0.010

MORAL = (
    "No one length is right: processes pay once all the work together × (1 – 1/workers) is more "
    "than the start-up and the trips, and chunks save trips."
)

# How a pool of each kind is spoken of.
SPOKEN = {
    "threads": "with threads",
    "fork": "by fork",
    "forkserver": "by forkserver",
    "spawn": "by spawn",
    "interpreters": "with sub-interpreters",
}


@dataclass(frozen=True)
class Reach:
    """The length of a task from which on processes are faster: an estimate and its interval.

    In seconds; `low` is 0 if they are so at the shortest length measured, and `high` infinite if
    they are slower at the longest.
    """

    at: float
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == 0:
            return f"{seconds(self.high)} or less"
        if self.high == inf:
            return f"more than {seconds(self.low)}"
        return f"{seconds(self.at)} ({seconds(self.low)}–{seconds(self.high)})"


def warm(facts: Facts, how: str) -> Reach | None:
    """In a pool that is there already, with tasks handed over in one way; None if not shown."""
    passes = facts["passes"]
    lengths = [geometric(one["alone_s"]).estimate for one in passes]
    columns = [
        [alone / pooled for alone, pooled in zip(one["alone_s"], one[how], strict=True)]
        for one in passes
    ]
    verdicts = in_order([verdict(column) for column in columns])
    for crossing in crossings(lengths, list(zip(*columns, strict=True)), verdicts):
        at = crossing.at
        return Reach(at.estimate, at.low or at.estimate, at.high or at.estimate)
    if "faster" in verdicts:
        shortest = lengths[verdicts.index("faster")]
        return Reach(shortest, 0.0, shortest)
    if "slower" in verdicts:
        longest = lengths[verdicts.count("slower") - 1]
        return Reach(longest, longest, inf)
    return None


def in_order(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Slower from the shortest length on, and faster from the longest, as far as it is unbroken.

    The longer a task the better a pool is, so lengths are tested in that order, and no further than
    the first at which nothing is shown: such tests need no correction for their number.
    """
    slower = len(list(takewhile(lambda said: said == "slower", verdicts)))
    faster = len(list(takewhile(lambda said: said == "faster", reversed(verdicts))))
    nothing: list[Verdict] = ["no difference shown"] * (len(verdicts) - slower - faster)
    return [*verdicts[:slower], *nothing, *verdicts[len(verdicts) - faster :]]


def new(facts: Facts, way: str, use: str = "later_s") -> Reach | None:
    """In a pool of that kind that is started for the tasks; None if it can gain nothing."""
    at_once = min(facts["workers"], facts["usable_cpus"])
    if at_once == 1 or (way == "threads" and facts["gil"]):
        return None
    cost = geometric(facts["starts"][way][use])
    least = 1 / facts["tasks"] / (1 - 1 / at_once)
    low, high = cost.low or cost.estimate, cost.high or cost.estimate
    return Reach(cost.estimate * least, low * least, high * least)


def judged(facts: Facts) -> Judgement:
    """Held against the belief is what a pool that stays needs: measured, not computed."""
    alone, chunked = warm(facts, "one_s"), warm(facts, "chunked_s")
    said = " ".join([_staying(facts, alone, chunked), _starting(facts), MORAL])
    if any(one and one.high < RULE for one in (alone, chunked)):
        return Judgement("does not hold here", said)
    if alone and chunked and min(alone.low, chunked.low) >= RULE:
        return Judgement("holds here", said)
    return Judgement("not resolved here", f"{UNDECIDED} {said}")


def _staying(facts: Facts, alone: Reach | None, chunked: Reach | None) -> str:
    unknown = "some length that these rounds do not show"
    return (
        f"In a warm pool of {facts['workers']} processes, one that is there already, tasks pay "
        f"from {alone or unknown} on if they are handed over one by one, and from "
        f"{chunked or unknown} on in chunks."
    )


def _starting(facts: Facts) -> str:
    build = f"Python {facts['version'][0]}.{facts['version'][1]}"
    own = f", as {build} does by itself here"
    costs = [
        f"{seconds(geometric(told['later_s']).estimate)} {SPOKEN[way]}"
        + (own if way == facts["start_method"] else "")
        for way, told in facts["starts"].items()
    ]
    alone = geometric([taken for told in facts["starts"].values() for taken in told["alone_s"]])
    return (
        f"To start one for {facts['tasks']} tiny tasks costs {joined(costs)}; a loop does them in "
        f"{seconds(alone.estimate)}."
    )


def drawn(facts: Facts) -> Picture:
    """The lengths from which on processes pay, against the belief's."""
    staying = {
        "warm pool, in chunks": warm(facts, "chunked_s"),
        "warm pool, one by one": warm(facts, "one_s"),
    }
    starting = {f"new pool {SPOKEN[way]}": new(facts, way) for way in facts["starts"]}
    if "forkserver" in facts["starts"]:
        starting["the first by forkserver"] = new(facts, "forkserver", "first_s")
    rows = [_row(name, one) for name, one in [*staying.items(), *starting.items()] if one]
    return Picture(
        "bars",
        f"The shortest tasks for which {facts['workers']} workers pay",
        "With 95% intervals: of warm pools as measured, of new ones as computed from what they "
        f"cost for {digits(facts['tasks'])} tiny tasks.",
        rows,
        x="µs a task",
        marks=[(1e6 * RULE, f"{1e3 * RULE:g} ms")],
        log=True,
    )


def _row(label: str, reach: Reach) -> dict[str, object]:
    tone = "good" if reach.high < RULE else "bad" if reach.low >= RULE else "neutral"
    ends = {"low": 1e6 * reach.low, "high": 1e6 * reach.high}
    bounded = reach.low > 0 and reach.high < inf
    return {
        "label": label,
        "value": 1e6 * reach.at,
        "text": str(reach),
        "tone": tone,
        **(ends if bounded else {}),
    }
