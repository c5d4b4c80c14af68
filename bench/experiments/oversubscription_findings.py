"""What the oversubscription experiment's samples say: what more workers and threads gain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

from bench.analysis.intervals import Interval, geometric
from bench.analysis.verdicts import verdict
from bench.analysis.words import counted, digits, joined, span
from bench.experiments import Facts, Judgement
from bench.experiments.picture import Picture
from bench.experiments.programs import UNDECIDED

# Halfway, by factors, between twice the speed and none gained.
HALFWAY = sqrt(2)

MORAL = (
    "Count what computes at once: workers × threads in each, and no more of them than CPUs. Tasks "
    "that wait need no CPU: of those there may be many more."
)

# What is to be added if NumPy's own threads made a difference.
SAID = {
    "slower": ", as they get in each other's way",
    "faster": ", as there were CPUs to spare",
    "no difference shown": ": no difference shown",
}

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Doubling:
    """What twice as many workers gained over so many."""

    workers: int
    gain: Interval


def gained(fewer: Cell, more: Cell) -> Interval:
    """How many times as fast the second is."""
    return geometric(_ratios(fewer, more))


def _ratios(fewer: Cell, more: Cell) -> list[float]:
    pairs = zip(fewer["samples_s"], more["samples_s"], strict=True)
    return [one / other for one, other in pairs]


def doublings(facts: Facts) -> list[Doubling]:
    """Each step to twice as many workers, from one for each CPU on."""
    enough = [cell for cell in facts["computing"] if cell["workers"] >= facts["cpus"]]
    return [Doubling(fewer["workers"], gained(fewer, more)) for fewer, more in pairwise(enough)]


def judged(facts: Facts) -> Judgement:
    """The belief is of every doubling: the first one that gains next to nothing refutes it.

    They are looked at in their order, and no further than the first that decides nothing: such
    tests need no correction for their number.
    """
    steps = doublings(facts)
    said = " ".join([_workers(facts, steps), *_threads(facts), MORAL])
    for step in steps:
        if step.gain.high is not None and step.gain.high < HALFWAY:
            return Judgement("does not hold here", said)
        if step.gain.low is None or step.gain.low <= HALFWAY:
            return Judgement("not resolved here", f"{UNDECIDED} {said}")
    return Judgement("holds here", said)


def _workers(facts: Facts, steps: Sequence[Doubling]) -> str:
    usable = facts["cpus"]
    by_count = {cell["workers"]: cell for cell in facts["computing"]}
    told = [f"{_times(step.gain)} from {step.workers} to {2 * step.workers}" for step in steps]
    each = (
        f"One worker for each of the {usable} usable CPUs was "
        f"{_times(gained(by_count[1], by_count[usable]))} as fast as one alone"
        if usable > 1
        else "There is one usable CPU"
    )
    return (
        f"{each}. Beyond that, the speed was {joined(told)}: only as many compute at a time as "
        "there are CPUs, and the others wait for their turn."
    )


def _threads(facts: Facts) -> list[str]:
    """What NumPy's own threads did to workers that there were enough of already."""
    usable = facts["cpus"]
    if not facts["products"]:
        return [facts["left_out"]]
    one, more = [cell for cell in facts["products"] if cell["workers"] == usable]
    in_all = f", {more['held']} in all" if more["held"] else ""
    return [
        f"NumPy brings threads of its own: with {more['threads']} in each of "
        f"{counted(usable, 'worker')}{in_all}, products of matrices went "
        f"{_times(gained(one, more))} as fast as with 1 in each{SAID[verdict(_ratios(one, more))]}."
    ]


def _times(gain: Interval) -> str:
    return f"{digits(gain.estimate)} times ({span(gain)})"


def drawn(facts: Facts) -> Picture:
    """Every number of workers, and of workers × threads, against one alone."""
    rows = [
        *_rows("Python", facts["computing"], facts["cpus"]),
        *_rows("NumPy", facts["products"], facts["cpus"]),
    ]
    return Picture(
        "bars",
        "How many times as fast as one worker",
        f"With 95% intervals; {counted(facts['cpus'], 'CPU')} can be used here.",
        rows,
        x="times as fast",
        marks=[(facts["cpus"], f"{counted(facts['cpus'], 'CPU')}")],
    )


def _rows(work: str, cells: Sequence[Cell], usable: int) -> list[dict[str, Any]]:
    fitting = [cell for cell in cells if _at_once(cell) == usable]
    return [
        {
            "label": f"{work}: {_named(cell)}",
            **_value(gained(cells[0], cell)),
            "tone": _tone(cell, fitting, usable),
        }
        for cell in cells
    ]


def _value(gain: Interval) -> dict[str, Any]:
    if gain.low == gain.high:  # the first one beside itself
        return {"value": gain.estimate, "text": ""}
    return {"value": gain.estimate, "low": gain.low, "high": gain.high, "text": _times(gain)}


def _tone(cell: Cell, fitting: Sequence[Cell], usable: int) -> str:
    """Good is what fits the CPUs, bad what is more than that and shown to be slower."""
    if _at_once(cell) <= usable:
        return "good" if cell in fitting else "neutral"
    slower = any(verdict(_ratios(one, cell)) == "slower" for one in fitting)
    return "bad" if slower else "neutral"


def _at_once(cell: Cell) -> int:
    return int(cell["workers"] * cell.get("threads", 1))


def _named(cell: Cell) -> str:
    """Workers, or workers × threads, in few words: there is little room on a phone."""
    if "threads" in cell:
        return f"{cell['workers']} × {counted(cell['threads'], 'thread')}"
    return counted(cell["workers"], "worker")
