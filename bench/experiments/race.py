"""Lost updates: several threads that add to one counter."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.forms import Between

# Each variant is run so often: a loss that shows itself at times is a loss.
RUNS = 5

# The variant that gives way at each step is slower by so much: it takes that many fewer steps.
FEWER = 50


class Counter:
    """A number that threads share, and a lock for those who take it."""

    def __init__(self) -> None:
        self.value = 0
        self.lock = threading.Lock()


def bare(counter: Counter, times: int) -> None:
    for _ in range(times):
        counter.value += 1


def one() -> int:
    return 1


def with_a_call(counter: Counter, times: int) -> None:
    for _ in range(times):
        counter.value += one()


def read_yield_write(counter: Counter, times: int) -> None:
    for _ in range(times):
        read = counter.value
        time.sleep(0)  # anything that lets others run
        counter.value = read + 1


def locked(counter: Counter, times: int) -> None:
    for _ in range(times):
        with counter.lock:
            counter.value += 1


VARIANTS: dict[str, tuple[str, Callable[[Counter, int], None], int]] = {
    "bare": ("counter.value += 1", bare, 1),
    "call": ("counter.value += one()", with_a_call, 1),
    "yield": ("read, give way, write", read_yield_write, FEWER),
    "locked": ("with counter.lock: counter.value += 1", locked, 1),
}


def together(task: Callable[[Counter, int], None], threads: int, times: int) -> tuple[int, float]:
    """What a counter says after all threads have counted at once, and the seconds it took."""
    counter, start = Counter(), threading.Barrier(threads + 1)

    def count() -> None:
        start.wait()
        task(counter, times)

    team = [threading.Thread(target=count) for _ in range(threads)]
    for member in team:
        member.start()
    start.wait()
    began = time.perf_counter()
    for member in team:
        member.join()
    return counter.value, time.perf_counter() - began


@contextmanager
def switching_after(seconds: float) -> Iterator[None]:
    """Let the interpreter ask a thread to give up the GIL after so many seconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def judge(facts: Facts) -> Judgement:
    """Whether plain += loses updates here."""
    lost = {name: facts[name]["lost"] for name in VARIANTS}
    cost = facts["locked"]["ns"] / facts["bare"]["ns"]
    cure = f"With a lock none is lost; an increment then costs {cost:.2g} times as much."
    if lost["bare"]:
        why = (
            "threads really run at once, and two may read the same value before either writes"
            if not facts["gil"]
            else "the interpreter may switch threads between reading and writing"
        )
        return Judgement(
            "holds here", f"Up to {_share(facts, 'bare')} of the updates were lost: {why}. {cure}"
        )
    if lost["yield"] or lost["call"]:
        return Judgement(
            "does not hold here",
            f"In {facts['runs']} runs no update was lost: this interpreter switches threads only "
            "at calls and at the end of a loop's turn, never inside this +=. That is luck, not a "
            "promise: as soon as something happens between reading and writing, up to "
            f"{_share(facts, 'yield')} are lost. {cure}",
        )
    return Judgement(
        "not resolved here",
        "No variant lost an update in these runs. Try more threads or more increments.",
    )


def _share(facts: Facts, variant: str) -> str:
    return f"{100 * facts[variant]['lost'] / facts[variant]['expected']:.2g}%"


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """The largest loss of each variant."""
    rows = [
        {
            "label": title,
            "value": 100 * facts[name]["lost"] / facts[name]["expected"],
            "text": f"{_share(facts, name)} lost, {facts[name]['ns']:,.0f} ns each",
            "tone": "bad" if facts[name]["lost"] else "good",
        }
        for name, (title, _, _) in VARIANTS.items()
        if name in facts
    ]
    told = ", ".join(f"{row['label']}: {row['text']}" for row in rows)
    return Picture(
        "bars", "Updates lost", f"The largest loss of {RUNS} runs. {told}.", rows, x="% of updates"
    )


@experiment(
    "pitfalls",
    belief="Threads that add to one counter without a lock usually lose updates.",
    listings=(("Bad", bare), ("Worse", read_yield_write), ("Good", locked)),
    judge=judge,
    picture=picture,
    seconds=6.0,
)
def race(
    threads: Annotated[int, Between(2, 64), "How many count at once."] = 4,
    increments: Annotated[int, Between(1_000, 2_000_000), "What each of them adds."] = 100_000,
    switch_interval: Annotated[
        float, Between(0.001, 100.0, "ms"), "After how long a thread is asked to give way."
    ] = 5.0,
) -> Steps:
    """Race condition: lost updates

    counter += 1 reads, adds and writes. If another thread runs in between, its update is lost.
    Whether that happens depends on the interpreter: with the GIL, on where it switches threads.
    """
    facts: dict[str, Any] = {"runs": RUNS, "threads": threads}
    with switching_after(switch_interval / 1_000):
        for name, (_, task, fewer) in VARIANTS.items():
            times = max(1, increments // fewer)
            expected, losses, seconds = threads * times, [], []
            for run in range(RUNS):
                value, took = together(task, threads, times)
                losses.append(expected - value)
                seconds.append(took)
                yield {"variant": name, "run": run + 1, "lost": losses[-1], "expected": expected}
            facts[name] = {
                "expected": expected,
                "lost": max(losses),
                "losses": losses,
                "ns": 1e9 * min(seconds) / expected,
            }
    return facts
