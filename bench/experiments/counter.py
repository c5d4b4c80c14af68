"""A shared counter: which ways to share it lose counts, and what an increment costs in each."""

import random
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.counting import (
    CAN_INTERPRET,
    START_METHOD,
    TEAMS,
    TOO_OLD,
    WAYS,
    SafeCounter,
    alone,
    managed_dict,
    managed_dict_locked,
)
from bench.experiments.picture import Picture
from bench.forms import Between

# The ways that read and write a Manager's object in two calls, with nothing around them.
MANAGED = ("dict_unlocked", "managed_unlocked")

# The ways that must be exact everywhere.
EXACT = (
    "threads_locked",
    "threads_safe",
    "threads_alone",
    "value_locked",
    "dict_locked",
    "processes_alone",
    "interpreters_alone",
)


def judge(facts: Facts) -> Judgement:
    """Whether what a Manager shares is safe to be changed by several processes."""
    from bench.analysis.words import joined

    ways = facts["ways"]
    inexact = [ways[name]["title"] for name in EXACT if name in ways and ways[name]["lost"]]
    if inexact:
        return Judgement(
            "not resolved here",
            f"{joined(inexact)} did not count right, either: something else is wrong here.",
        )
    cure = (
        f"With the Manager's own Lock none was lost, at {_cost(facts, 'dict_locked')} an "
        f"increment. A Value with get_lock() is as exact at {_cost(facts, 'value_locked')}, and "
        f"counting apart and adding up at the end at {_cost(facts, 'processes_alone')}. "
        f"{_threads(facts)}{_interpreters(facts)}"
    )
    losing = [name for name in MANAGED if ways[name]["lost"]]
    if losing:
        told = " and ".join(f"{ways[name]['title']} {_share(facts, name)}" for name in losing)
        return Judgement(
            "does not hold here",
            f"Updates were lost (the most in a round: {told}). A Manager makes each call safe, but "
            "reading and writing are two, and another process gets in between. "
            f"{cure}",
        )
    if ways["value_unlocked"]["lost"]:
        return Judgement(
            "holds here",
            f"In {facts['rounds']} rounds no update of a Manager's object was lost, while a Value "
            f"without its lock lost up to {_share(facts, 'value_unlocked')}. {cure}",
        )
    return Judgement(
        "not resolved here",
        "Not even a Value without its lock lost anything: the processes hardly met. Try more "
        "increments or more workers.",
    )


def _threads(facts: Facts) -> str:
    build = "has the GIL" if facts["gil"] else "runs without the GIL"
    lost = facts["ways"]["threads_unlocked"]["lost"]
    found = f"lost up to {_share(facts, 'threads_unlocked')}" if lost else "lost none by luck"
    return (
        f"Threads that add without a lock {found} on this Python, which {build}; a Lock costs them "
        f"{_cost(facts, 'threads_locked')}, a SafeCounter {_cost(facts, 'threads_safe')}."
    )


def _interpreters(facts: Facts) -> str:
    if "interpreters_alone" not in facts["ways"]:
        return ""
    cost = _cost(facts, "interpreters_alone")
    return f" Sub-interpreters share no objects: each counts for itself and sends it, at {cost}."


def _share(facts: Facts, name: str) -> str:
    way = facts["ways"][name]
    return f"{100 * way['lost'] / way['expected']:.2g}%"


def _cost(facts: Facts, name: str) -> str:
    from bench.analysis.intervals import geometric
    from bench.analysis.words import seconds

    return seconds(1e-9 * geometric(facts["ways"][name]["ns"]).estimate)


def _found(facts: Facts, name: str) -> tuple[str, str]:
    if facts["ways"][name]["lost"]:
        return f"lost up to {_share(facts, name)}", "bad"
    return ("none lost", "good") if name in EXACT else ("none lost, by luck", "neutral")


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """What an increment costs in each way, and whether it counts right."""
    from bench.analysis.intervals import geometric

    rows: list[dict[str, Any]] = []
    for name, way in facts["ways"].items():
        cost = geometric(way["ns"])
        found, tone = _found(facts, name)
        rows.append(
            {
                "label": way["title"],
                "value": cost.estimate,
                "low": cost.low,
                "high": cost.high,
                "text": f"{found}, {_cost(facts, name)}",
                "tone": tone,
            }
        )
    measured = f"{facts['workers']} workers at once, {facts['rounds']} rounds; the line"
    return Picture(
        "bars",
        "What an increment costs, and whether it is counted",
        " ".join([f"{measured} is the 95% interval of its cost.", *facts["without"]]),
        rows,
        x="ns for an increment",
        log=True,
    )


@experiment(
    "sharing",
    belief="A Manager makes shared state safe.",
    listings=(
        ("Bad: a Manager's dict", managed_dict),
        ("Good: with the Manager's Lock", managed_dict_locked),
        ("Good for threads", SafeCounter),
        ("Better: share nothing", alone),
    ),
    judge=judge,
    picture=picture,
    seconds=6.0,
)
def counter(
    team: Annotated[int, Between(2, 16), "How many count at once."] = 2,
    increments: Annotated[
        int, Between(400, 1_000_000), "What each adds; costly ways add a fixed part of it."
    ] = 100_000,
    rounds: Annotated[int, Between(2, 30), "How often each way is run, in turn."] = 7,
) -> Steps:
    """A counter that several workers share

    Adding one is reading, adding and writing. Whatever shares the number has to keep others out
    from the first to the last of these, and each way has its price.
    """
    with ExitStack() as teams:
        count = {where: teams.enter_context(of(team)) for where, of in TEAMS.items()}
        ways = {name: way for name, way in WAYS.items() if way.where in count}
        for name, way in ways.items():  # connects them and loads what they need: not measured
            count[way.where](name, 1)
        losses: dict[str, list[int]] = {name: [] for name in ways}
        ns: dict[str, list[float]] = {name: [] for name in ways}
        for round_ in range(rounds):
            for name in random.Random(round_).sample(list(ways), len(ways)):
                expected = team * ways[name].times(increments)
                counted, seconds = count[ways[name].where](name, ways[name].times(increments))
                losses[name].append(expected - counted)
                ns[name].append(1e9 * seconds / expected)
                yield {
                    "round": round_ + 1,
                    "way": ways[name].title,
                    "lost": f"{expected - counted} of {expected}",
                    "ns_each": round(ns[name][-1]),
                }
    return {
        "workers": team,
        "rounds": rounds,
        "started_by": START_METHOD,
        "without": [] if CAN_INTERPRET else [TOO_OLD],
        "ways": {
            name: {
                "title": way.title,
                "expected": team * way.times(increments),
                "lost": max(losses[name]),
                "losses": losses[name],
                "ns": [round(one, 1) for one in ns[name]],
                "median_ns": round(median(ns[name]), 1),
            }
            for name, way in ways.items()
        },
    }
