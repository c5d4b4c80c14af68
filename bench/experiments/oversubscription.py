"""Oversubscription: more that computes at once than there are CPUs."""

import importlib.util
import os
import random
from collections.abc import Sequence
from statistics import median
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.oversubscription_programs import (
    a_pool_for_numpy,
    a_worker_for_each_cpu,
    a_worker_for_each_task,
    limit_numpy,
)
from bench.experiments.picture import Picture
from bench.experiments.programs import rounds_within, told_by
from bench.forms import Between
from bench.measure.host.cpus import cpus

PROGRAMS = "bench.experiments.oversubscription_programs"

# One program may take so long, and after so long no more rounds begin, in seconds.
PATIENCE, ENOUGH = 30.0, 15.0

# In which order things have their turns is drawn by lot, the same every time.
SEED = 6

# More workers, and more threads of all workers together, are not tried where there are many CPUs.
MOST_WORKERS, MOST_THREADS = 64, 256

NO_NUMPY = "This Python has no NumPy, whose own threads would be the second part."


def judge(facts: Facts) -> Judgement:
    """Whether twice the workers are nearer to twice the speed than to none gained."""
    from bench.experiments.oversubscription_findings import judged

    return judged(facts)


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """How many times as fast as one worker more of them are, and more threads in each."""
    from bench.experiments.oversubscription_findings import drawn

    return drawn(facts)


def counts_of(usable: int, most: int) -> list[int]:
    """One worker; one for each CPU; and twice as many, again and again."""
    beyond = max(2 * usable, min(most * usable, MOST_WORKERS))
    counts = [1, usable]
    while 2 * counts[-1] <= beyond:
        counts.append(2 * counts[-1])
    return sorted(set(counts))


def cells_of(usable: int) -> list[str]:
    """Workers × threads in each: one, and as many as there are CPUs, of either."""
    # By itself its library takes a thread for each CPU that it sees.
    own = max(2, min(os.cpu_count() or 1, MOST_THREADS // usable))
    return [f"{workers}×{threads}" for workers in sorted({1, usable}) for threads in (1, own)]


@experiment(
    "pitfalls",
    belief="Twice the workers, twice the speed.",
    listings=(
        ("Bad: a worker for each task", a_worker_for_each_task),
        ("Good: a worker for each CPU", a_worker_for_each_cpu),
        ("Good with NumPy: its threads are counted, too", a_pool_for_numpy),
        ("What each of its workers runs first", limit_numpy),
    ),
    judge=judge,
    picture=picture,
    seconds=12.0,
    deadline_s=150.0,
)
def oversubscription(
    most: Annotated[int, Between(2, 32), "Up to how many workers for each usable CPU."] = 8,
    rounds: Annotated[int, Between(2, 30), "How often everything is measured."] = 5,
    turns: Annotated[
        int, Between(100_000, 100_000_000), "Turns of a loop that all workers do together."
    ] = 4_000_000,
) -> Steps:
    """Oversubscription: more workers than CPUs

    A CPU computes one thing at a time: workers beyond the CPUs only take turns. Libraries such as
    NumPy start threads of their own in each worker, which nobody counted.
    """
    usable, rng = cpus().usable, random.Random(SEED)
    plans = {"computing": [" ".join(map(str, counts_of(usable, most))), str(turns)]}
    if importlib.util.find_spec("numpy"):
        plans["products"] = [" ".join(cells_of(usable))]
    found: dict[str, dict[tuple[int, ...], dict[str, Any]]] = {"computing": {}, "products": {}}
    for number in rounds_within(ENOUGH, rounds):
        for part in rng.sample(sorted(plans), len(plans)):
            arguments = (f"{SEED} {number}", *plans[part])
            for one in told_by(PROGRAMS, part, *arguments, seconds=PATIENCE):
                seconds = one.pop("seconds")
                cell = found[part].setdefault((one["workers"], one.get("threads", 0)), one)
                cell.setdefault("samples_s", []).append(seconds)
                yield {"round": number, **_in_words(cell)}
    for cell in [cell for part in found.values() for cell in part.values()]:
        cell["median_s"] = float(f"{median(cell['samples_s']):.4g}")
    return {
        "cpus": usable,
        "rounds": number,
        **{part: list(cells.values()) for part, cells in found.items()},
        **({} if "products" in plans else {"left_out": NO_NUMPY}),
    }


def _in_words(cell: dict[str, Any]) -> Event:
    milliseconds = float(f"{1e3 * cell['samples_s'][-1]:.3g}")
    threads = {"threads each": cell["threads"]} if "threads" in cell else {}
    return {
        "work": "NumPy" if threads else "Python",
        "workers": cell["workers"],
        **threads,
        "ms": milliseconds,
    }
