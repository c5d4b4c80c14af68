"""Progress: when results arrive, what a bar costs, and how long the whole takes."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from math import ceil, inf
from statistics import median
from typing import Annotated

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.bars import bars_shown, costs_told
from bench.experiments.picture import Picture
from bench.forms import Between

log = logging.getLogger(__name__)

SEED = 14

# What people call faster is more than this.
FASTER = 1.05

# The shortest items take this share of the longest one.
SHORT = (0.15, 0.35)

# Equal items for whole waves: so many, seconds each, on so many threads, and how often.
EQUAL, EACH, ABREAST, WAVES = 50, 0.02, 8, 5


@dataclass(frozen=True)
class Item:
    """What a task works on, and for how many seconds."""

    number: int
    seconds: float
    fails: bool = False


Items = Sequence[Item]
Work = Callable[[Item], Item]
Show = Callable[[Item], None]


def wait_for(item: Item) -> Item:
    time.sleep(item.seconds)
    if item.fails:
        raise ValueError(f"Item {item.number} is no good.")
    return item


def in_order(pool: Executor, work: Work, items: Items, show: Show) -> None:
    for item in pool.map(work, items):
        show(item)


def unguarded(pool: Executor, work: Work, items: Items, show: Show) -> None:
    futures = [pool.submit(work, item) for item in items]
    for future in as_completed(futures):
        show(future.result())  # the first that raised ends this


def as_they_come(pool: Executor, work: Work, items: Items, show: Show) -> None:
    futures = {pool.submit(work, item): item for item in items}
    for future in as_completed(futures):
        if error := future.exception():
            log.warning("%s", error)  # and the others go on
        show(futures[future])


Loop = Callable[[Executor, Work, Items, Show], None]

LOOPS: dict[str, Loop] = {"map": in_order, "as_completed": as_they_come}
ALL_LOOPS = {**LOOPS, "unguarded": unguarded}


def unequal(count: int, longest: float) -> list[Item]:
    """So many items; the first takes longest, in seconds, and the others a part of that."""
    chance = random.Random(SEED)
    shares = [1.0, *(chance.uniform(*SHORT) for _ in range(count - 1))]
    return [Item(number, share * longest) for number, share in enumerate(shares)]


def arrivals(loop: Loop, pool: Executor, items: Sequence[Item]) -> list[tuple[int, float]]:
    """Which item's result came when, in seconds from the start on."""
    came: list[tuple[int, float]] = []
    began = time.perf_counter()
    loop(pool, wait_for, items, lambda item: came.append((item.number, _since(began))))
    return came


def _since(began: float) -> float:
    return time.perf_counter() - began


def seen_of(loop: Loop, items: Sequence[Item]) -> int:
    """How many results a loop has shown when it ends, however it ends."""
    came: list[Item] = []
    with ThreadPoolExecutor(len(items)) as pool:
        try:
            loop(pool, wait_for, items, came.append)
        except ValueError:
            return len(came)
    return len(came)


def judge(facts: Facts) -> Judgement:
    """Whether the whole takes less with as_completed, from paired rounds."""
    from bench.analysis.intervals import geometric
    from bench.analysis.words import digits, seconds, span

    total, first = facts["total_s"], facts["first_s"]
    ratio = geometric(_ratios(total))
    shown = f"{digits(ratio.estimate)} times as fast ({span(ratio)})"
    sooner = geometric(_ratios(first))
    rest = (
        f"The first result came after {seconds(median(first['as_completed']))} instead of "
        f"{seconds(median(first['map']))}, {digits(sooner.estimate)} times as soon "
        f"({span(sooner)}): map hands results out in the order of the items, and the first item "
        f"is the longest. A task that raised ended an unguarded loop after "
        f"{facts['seen']['unguarded']} of {facts['items']} results, a guarded one showed "
        f"{facts['seen']['as_completed']}. {EQUAL} equal tasks on {ABREAST} threads are "
        f"{ceil(EQUAL / ABREAST)} waves, {seconds(facts['ideal_s'])} at best: "
        f"{seconds(median(facts['waves_s']))} seen. {costs_told(facts['bars'])}"
    )
    if (ratio.low or 0.0) > FASTER:
        return Judgement("holds here", f"The whole was {shown} with as_completed. {rest}")
    if (ratio.high or inf) < FASTER:
        return Judgement(
            "does not hold here",
            f"The same tasks ran on the same threads, and the whole was {shown}. {rest}",
        )
    return Judgement("not resolved here", f"With as_completed the whole was {shown}. {rest}")


def _ratios(times: dict[str, Sequence[float]]) -> list[float]:
    return [mapped / came for mapped, came in zip(times["map"], times["as_completed"], strict=True)]


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """How many results were in hand when."""
    rows = [
        {"series": name, "x": 1e3 * at, "y": count}
        for name, times in facts["arrivals_s"].items()
        for number, at in enumerate(times)
        for count in (number, number + 1)
    ]
    return Picture(
        "lines",
        "Results in hand",
        f"Medians of {facts['rounds']} rounds; {facts['threads']} threads, and the first of "
        f"{facts['items']} items takes longest. With as_completed {facts['early']} of them "
        "overtook one before them.",
        rows,
        x="ms from the start",
        y="results",
    )


@experiment(
    "patterns",
    belief="as_completed is faster than map.",
    listings=(("Waits for its turn", in_order), ("Bad", unguarded), ("Good", as_they_come)),
    judge=judge,
    picture=picture,
    seconds=7.0,
)
def progress(
    items: Annotated[int, Between(4, 32), "How many tasks there are."] = 16,
    threads: Annotated[int, Between(2, 16), "How many threads work on them."] = 4,
    longest: Annotated[
        float, Between(20.0, 200.0, "ms"), "What the first item takes; the others take less."
    ] = 120.0,
    rounds: Annotated[int, Between(2, 16), "How often each way is measured, in turn."] = 12,
) -> Steps:
    """Progress

    map hands out results in the order of the items, as_completed as they come. Neither changes how
    long the work takes, only when you see it; a bar that is drawn too often costs time of its own.
    """
    line = unequal(items, longest / 1_000)
    seen = {name: list[list[tuple[int, float]]]() for name in LOOPS}
    chance = random.Random(SEED)
    with ThreadPoolExecutor(threads) as pool:
        in_order(pool, wait_for, [Item(0, 0.01)] * threads, lambda _: None)  # threads are there
        for number in range(rounds):
            for name in chance.sample(list(LOOPS), len(LOOPS)):
                came = arrivals(LOOPS[name], pool, line)
                seen[name].append(came)
                yield {
                    "round": number + 1,
                    "way": name,
                    "first_ms": round(1e3 * came[0][1], 1),
                    "all_ms": round(1e3 * came[-1][1], 1),
                }
    ends = {name: seen_of(loop, _one_fails(items)) for name, loop in ALL_LOOPS.items()}
    yield {"one_task_fails": "results shown", **ends}
    waves = list(_waves())
    yield {
        "waves_ms": round(1e3 * median(waves), 1),
        "ideal_ms": 1e3 * EACH * ceil(EQUAL / ABREAST),
    }
    return {
        "items": items,
        "threads": threads,
        "rounds": rounds,
        "first_s": {name: [came[0][1] for came in times] for name, times in seen.items()},
        "total_s": {name: [came[-1][1] for came in times] for name, times in seen.items()},
        "arrivals_s": {name: _medians(times) for name, times in seen.items()},
        "early": _early([number for number, _ in seen["as_completed"][0]]),
        "seen": ends,
        "waves_s": waves,
        "ideal_s": EACH * ceil(EQUAL / ABREAST),
        "bars": bars_shown(),
    }


def _one_fails(count: int) -> list[Item]:
    """Items that end one after the other; the one in the middle fails."""
    return [Item(number, 0.01 * (number + 1), number == count // 2) for number in range(count)]


def _waves() -> Iterator[float]:
    line = [Item(number, EACH) for number in range(EQUAL)]
    with ThreadPoolExecutor(ABREAST) as pool:
        in_order(pool, wait_for, line[:ABREAST], lambda _: None)
        for _ in range(WAVES):
            yield arrivals(as_they_come, pool, line)[-1][1]


def _medians(times: Sequence[Sequence[tuple[int, float]]]) -> list[float]:
    """When so many results were there, the median of rounds."""
    return [median(at for _, at in place) for place in zip(*times, strict=True)]


def _early(order: Sequence[int]) -> int:
    """How many came before one that stands before them."""
    return sum(any(later < number for later in order[place:]) for place, number in enumerate(order))
