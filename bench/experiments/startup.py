"""Start-up and hand-over: what a pool costs before it is of use, and from when on it pays."""

import random
from collections.abc import Sequence
from statistics import median
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.experiments.programs import rounds_within, told_by
from bench.experiments.startup_programs import a_pool_for_the_job, in_chunks, one_by_one, ways
from bench.forms import Between

PROGRAMS = "bench.experiments.startup_programs"

# One program may take so long, and after so long no more rounds begin, in seconds.
PATIENCE, ENOUGH = 30.0, 20.0

# Every pool has so many, as the least that can be at work at once.
WORKERS = 2

# In which order ways and lengths have their turns is drawn by lot, the same every time.
SEED = 11

BREAK_EVEN = "break_even"


def judge(facts: Facts) -> Judgement:
    """Whether shorter tasks than the rule's are shown to pay, from the rounds' intervals."""
    from bench.experiments.startup_findings import judged

    return judged(facts)


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """From which length of a task on processes pay, by the pool that they go through."""
    from bench.experiments.startup_findings import drawn

    return drawn(facts)


@experiment(
    "pitfalls",
    belief="Use processes only for tasks that take longer than 10 ms.",
    listings=(
        ("Bad: a pool for each little job", a_pool_for_the_job),
        ("Better: a pool that stays", one_by_one),
        ("Good: and tasks in chunks", in_chunks),
    ),
    judge=judge,
    picture=picture,
    seconds=16.0,
    deadline_s=150.0,
)
def startup(
    tasks: Annotated[int, Between(10, 1_000), "Tiny tasks that a pool is started for."] = 100,
    longest: Annotated[float, Between(0.1, 200.0, "ms"), "The longest tasks."] = 20.0,
    rounds: Annotated[int, Between(2, 30), "How often everything is measured."] = 6,
) -> Steps:
    """Start-up: when a pool costs more than it gains

    A pool has to start, and each task travels to a worker and its result back. What that costs
    depends on how workers are started, on whether they are there already, and on how many tasks
    travel together.
    """
    rng = random.Random(SEED)
    starts: dict[str, dict[str, list[float]]] = {way: {} for way in ways()}
    passes: dict[float, dict[str, Any]] = {}
    for number in rounds_within(ENOUGH, rounds):
        for turn in rng.sample([*starts, BREAK_EVEN], len(starts) + 1):
            if turn == BREAK_EVEN:
                arguments = (WORKERS, 1_000 * longest, f"{SEED} {number}")
                for one in told_by(PROGRAMS, turn, *arguments, seconds=PATIENCE):
                    length = one.pop("length_us")
                    _add(passes.setdefault(length, {"length_us": length}), one)
                    yield {"round": number, **_in_words(one)}
            else:
                told = told_by(PROGRAMS, "start_up", turn, WORKERS, tasks, seconds=PATIENCE)
                _add(starts[turn], told)
                yield {
                    "round": number,
                    "pool": turn,
                    "first_ms": _rounded(1e3 * told["first_s"]),
                    "later_ms": _rounded(1e3 * told["later_s"]),
                    "a task in µs": _rounded(1e6 * told["task_s"]),
                }
    return {
        "tasks": tasks,
        "workers": WORKERS,
        "rounds": number,
        "starts": starts,
        "medians_ms": {
            way: _rounded(1e3 * median(told["later_s"])) for way, told in starts.items()
        },
        "passes": [passes[length] for length in sorted(passes)],
    }


def _add(samples: dict[str, Any], told: dict[str, float]) -> None:
    for name, seconds in told.items():
        samples.setdefault(name, []).append(seconds)


def _in_words(one: dict[str, float]) -> Event:
    return {
        "task in µs": _rounded(1e6 * one["alone_s"]),
        "one by one, times as fast": _rounded(one["alone_s"] / one["one_s"]),
        "in chunks, times as fast": _rounded(one["alone_s"] / one["chunked_s"]),
    }


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
