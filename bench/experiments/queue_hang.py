"""Queues that hang: joining what waits to be read, and items that nobody said were done."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.experiments.programs import run_program, stacks
from bench.experiments.queue_hang_programs import (
    ITEMS,
    consume,
    consume_all,
    consume_until_shut_down,
    get_then_join,
    join_then_get,
    put_bytes,
)
from bench.forms import Between

MODULE = "bench.experiments.queue_hang_programs"

# What takes so many times as long as its cure, and some more, is taken to wait for ever.
TIMES = 3

# What is to end may take so long, in seconds. So much later is killed what does not end itself.
LIMIT = 6.0

# A payload that fits into any pipe, in bytes, where a pipe does not say what it holds.
SMALL = 1_024

NO_SHUTDOWN = "This Python has no Queue.shutdown(), which came with 3.13."

# Each cure before what it cures.
CURES = ("get first", "all done")
ILLS = ("join first, small", "join first", "not all done")

Case = Mapping[str, Any]


def pipe_bytes() -> int | None:
    """How much a pipe holds until somebody reads, in bytes; None where the system does not say."""
    reading, writing = os.pipe()
    try:
        with suppress(ImportError, AttributeError, OSError):
            import fcntl

            return fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ)
    finally:
        os.close(reading)
        os.close(writing)
    return None


def ended(function: str, *arguments: object, patience: float) -> Case:
    """How a program ended: by itself, at its deadline (and where it stood), or not at all."""
    source = f"import sys; from {MODULE} import {function}; {function}(*sys.argv[1:])"
    told = map(str, (*arguments, patience))
    program = run_program(source, *told, seconds=patience + LIMIT)
    if not program.told:
        reason = program.err.strip().rpartition("\n")[2]
        return {
            "ended": None,
            "seconds": patience,
            "stood": [],
            "worker_stood": [],
            "reason": reason,
        }
    return {**program.told[0], "worker_stood": list(_in_queues(program.err))}


def _in_queues(printed: str) -> Iterator[str]:
    """Where a process stood in the module of its queue, for each of its threads there."""
    for stack in stacks(printed):
        yield from [frame for frame in stack if frame.startswith("queues.py")][:1]


def judge(facts: Facts) -> Judgement:
    """Whether join() returned with all the work done."""
    cases = facts["cases"]
    cures = [name for name in (*CURES, "shut down") if name in cases]
    if any(cases[name]["ended"] is None for name in cases):
        return Judgement("not resolved here", "A program did not even come to its deadline.")
    if not all(cases[name]["ended"] for name in cures):
        return Judgement("not resolved here", "Even a way that cannot hang did not end in time.")
    hung = [name for name in ILLS if not cases[name]["ended"]]
    told = " ".join([*_process(facts), *_threads(facts)])
    return Judgement("does not hold here" if hung else "holds here", told)


def _process(facts: Facts) -> Iterator[str]:
    """What became of the process that was joined."""
    from bench.analysis.words import seconds, size

    cases, large = facts["cases"], size(facts["large"])
    pipe = f" that holds {size(facts['pipe'])}" if facts["pipe"] else ""
    cure = f"Getting first, it was over in {seconds(cases['get first']['seconds'])}."
    if cases["join first"]["ended"]:
        yield f"A process that had put {large} could be joined: it went into its pipe{pipe}. {cure}"
        return
    yield (
        f"A process that had put {large} could not be joined: before it ends, it writes all that "
        f"it has put into a pipe{pipe}, and so waits for a reader, while the reader waits for it."
    )
    if cases["join first, small"]["ended"]:
        yield f"With {size(facts['small'])} the same code ended: a small test does not show it."
    yield cure


def _threads(facts: Facts) -> Iterator[str]:
    """What became of the queue that was joined."""
    cases = facts["cases"]
    case = cases["not all done"]
    if case["ended"]:
        yield "A queue whose sentinels nobody said were done could be joined."
        return
    yield (
        f"A queue of which {case['taken']} of {ITEMS} items were taken and {case['left']} left "
        f"could not be joined: {case['undone']} sentinels were put without a task_done(). With one "
        "for each, it could."
    )
    if "shut down" in cases:
        yield "Queue.shutdown() needs no sentinels: all was taken, and join() returned."
    else:
        yield facts["no_shutdown"]


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """How long each took, or that it did not end."""
    from bench.analysis.words import seconds, size

    small, large = size(facts["small"]), size(facts["large"])
    labels = {
        "join first, small": f"join, get {small}",
        "join first": f"join, get {large}",
        "get first": f"get {large}, join",
        "not all done": "some not done, join",
        "all done": "all done, join",
        "shut down": "shutdown, join",
    }
    cases = facts["cases"]
    rows = [
        {
            "label": label,
            "value": cases[name]["seconds"],
            "text": seconds(cases[name]["seconds"]) if cases[name]["ended"] else _told(cases[name]),
            "tone": "good" if cases[name]["ended"] else "bad",
        }
        for name, label in labels.items()
        if name in cases
    ]
    hung = [row["label"] for row in rows if row["tone"] == "bad"]
    return Picture(
        "bars",
        "Does join() return?",
        f"Ended by a deadline: {'; '.join(hung)}." if hung else "Each came to its end.",
        rows,
        x="seconds",
    )


def _told(case: Case) -> str:
    """Where a program stood at its deadline."""
    if not case["stood"]:
        return "hung"
    _, _, place = case["stood"][-1].partition(" ")  # without its file
    return f"hung: {place}"


@experiment(
    "pitfalls",
    belief="Once the work is done, join() returns.",
    listings=(
        ("Bad: a process, its result in a multiprocessing.Queue", join_then_get),
        ("Good", get_then_join),
        ("Bad: consumers, ended by a None each before queue.Queue.join()", consume),
        ("Good", consume_all),
        ("Good, from Python 3.13", consume_until_shut_down),
        ("What the process does", put_bytes),
    ),
    judge=judge,
    picture=picture,
    seconds=5.0,
)
def queue_hang(
    payload: Annotated[
        int, Between(1, 50_000, "kB"), "What the process puts into its queue, in one piece."
    ] = 1_000,
    patience: Annotated[
        float, Between(0.2, 5.0, "s"), "A join() that takes so much longer than the cure hangs."
    ] = 1.0,
) -> Steps:
    """Queues that hang

    A process does not end before what it has put is read, and a queue is not done before each item
    is said to be. A join() that comes too early waits for ever, and nothing says why.
    """
    pipe = pipe_bytes()
    small, large = pipe // 2 if pipe else SMALL, 1_000 * payload
    first = ended("through_a_process", "get first", large, patience=LIMIT)
    cases = {"get first": first}
    yield {"case": "get first", **first}
    limit = min(LIMIT, patience + TIMES * first["seconds"])
    rest: list[tuple[str, str, tuple[object, ...], float]] = [
        ("join first, small", "through_a_process", ("join first", small), LIMIT),
        ("join first", "through_a_process", ("join first", large), limit),
        ("all done", "through_threads", ("all done",), LIMIT),
        ("not all done", "through_threads", ("not all done",), patience),
    ]
    if sys.version_info >= (3, 13):
        rest.append(("shut down", "through_threads", ("shut down",), LIMIT))
    for name, function, arguments, seconds in rest:
        cases[name] = ended(function, *arguments, patience=seconds)
        yield {"case": name, **cases[name]}
    return {
        "pipe": pipe,
        "small": small,
        "large": large,
        "limit": limit,
        "cases": cases,
        "no_shutdown": "" if "shut down" in cases else NO_SHUTDOWN,
    }
