"""Producer and consumer: how full a bounded queue is, who waits on whom, and a clean end."""

import hashlib
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.experiments.queue_ends import (
    CAN_SHUT_DOWN,
    Jobs,
    consume,
    consume_until_none,
    consume_until_shut_down,
    end_with_one_each,
    ended,
    produce,
    produce_and_end,
    running,
)
from bench.forms import Between

# A step of work: the hash of this. It is long enough to let go of the GIL.
BLOCK = bytes(262_144)

# One side has so many times as much to do for all items as the other one.
SLOWER = 4

# So many tries are left to chance.
TRIES = 50

# What is told of each pace as it ends.
TOLD = ("seconds", "producer_waited_s", "consumers_waited_s", "fullest")


class Watched(Jobs):
    """A queue that notes how full it is after each step, and how long its callers were in it."""

    def __init__(self, bound: int) -> None:
        super().__init__(bound)
        self.levels: list[tuple[float, int]] = []
        self.putting: list[float] = []
        self.getting: list[float] = []

    def _put(self, item: Any) -> None:
        super()._put(item)
        self.levels.append((time.perf_counter(), self._qsize()))

    def _get(self) -> Any:
        item = super()._get()
        self.levels.append((time.perf_counter(), self._qsize()))
        return item

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        began = time.perf_counter()
        super().put(item, block, timeout)
        self.putting.append(time.perf_counter() - began)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        began = time.perf_counter()
        item = super().get(block, timeout)
        self.getting.append(time.perf_counter() - began)
        return item


def work(steps: int) -> None:
    for _ in range(steps):
        hashlib.sha256(BLOCK).digest()


def paced(bound: int, items: int, consumers: int, making: int, using: int) -> dict[str, Any]:
    """What happens in a queue if an item takes so many steps to make and so many to use."""

    def made() -> Iterator[int]:
        for item in range(items):
            work(making)
            yield item

    jobs = Watched(bound)
    began = time.perf_counter()
    team = [running(consume, jobs, lambda _: work(using)) for _ in range(consumers)]
    end_with_one_each(jobs, [running(produce, jobs, made())], team)
    return {
        "seconds": time.perf_counter() - began,
        "producer_waited_s": sum(jobs.putting),
        "consumers_waited_s": sum(jobs.getting),
        "fullest": max(level for _, level in jobs.levels),
        "levels": [[round(1e3 * (at - began), 3), level] for at, level in jobs.levels],
    }


def lost_by_chance(consumers: int, items: int) -> int:
    """How many items are never used if two producers put one None each whenever they are done."""
    jobs: Jobs = queue.Queue()
    used: list[int] = []
    start = threading.Barrier(2 + consumers)

    def at_once(task: Any, *arguments: Any) -> None:
        start.wait()
        task(jobs, *arguments)

    team = [running(at_once, produce_and_end, range(items)) for _ in range(2)]
    team += [running(at_once, consume_until_none, used.append) for _ in range(consumers)]
    for thread in team:
        thread.join()
    return 2 * items - len(used)


def clean(end: Facts) -> bool:
    """Whether everything was used, nothing was left, and join() returned."""
    used_up = end["used"] == end["expected"] and not end["nones_left"]
    return bool(end["joined"] and used_up)


def judge(facts: Facts) -> Judgement:
    """Whether one None ends all consumers cleanly."""
    one, two, each, shut = facts["ends"]
    if not clean(each):
        return Judgement(
            "not resolved here",
            "Even one None for each consumer did not come to a clean end in time: the machine may "
            "be too busy.",
        )
    cure = (
        "One None for each consumer, put when all producers had ended, and task_done() for each "
        f"of them, used every item and left nothing. {_of_shutdown(shut)} {_waits(facts)}"
    )
    if clean(one) and clean(two):
        return Judgement("holds here", f"Nothing was left, and join() returned. {cure}")
    blocked = f" (at {one['blocked_at']})" if one["blocked_at"] else ""
    hung = f"and join() waits for ever{blocked}" if not one["joined"] else "though join() returned"
    return Judgement(
        "does not hold here",
        f"With one producer all consumers ended, but {_left(one)}, {hung}. A second producer that "
        f"came later found nobody: {two['items_left']} of its {two['expected'] // 2} items were "
        f"never used. Left to chance, two producers lost items in {facts['lossy_tries']} of "
        f"{facts['tries']} tries: the first None ends everyone. {cure}",
    )


def _left(end: Facts) -> str:
    nones = f"{end['nones_left']} None stays in the queue"
    return f"{nones}, {end['unfinished']} entries were never reported done"


def _of_shutdown(end: Facts | None) -> str:
    if end is None:
        return "This Python's queues have no shutdown(), which came with 3.13."
    if clean(end):
        return "Queue.shutdown(), which this Python has, did the same without any None."
    return "Queue.shutdown(), which this Python has, did not come to a clean end."


def _waits(facts: Facts) -> str:
    fast, slow = facts["paces"].values()
    return (
        f"While it runs, the bound of {facts['bound']} holds the faster side back: a fast producer "
        f"waited {fast['producer_waited_s']:.2g} s of {fast['seconds']:.2g} s for room, and with "
        f"fast consumers these waited {slow['consumers_waited_s']:.2g} s together for items."
    )


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """How full the queue was."""
    rows = [
        {"series": name, "x": at, "y": level}
        for name, pace in facts["paces"].items()
        for at, level in pace["levels"]
    ]
    told = "; ".join(
        f"{name}: the producer waited {pace['producer_waited_s']:.2g} s, the consumers "
        f"{pace['consumers_waited_s']:.2g} s together"
        for name, pace in facts["paces"].items()
    )
    return Picture(
        "lines",
        "How full the queue is",
        f"{told[:1].upper()}{told[1:]}.",
        rows,
        x="ms",
        y="items in the queue",
        marks=[(facts["bound"], f"its bound, {facts['bound']}")],
    )


@experiment(
    "sharing",
    belief="One None at the end of a queue is enough to end all of its consumers.",
    listings=(
        ("Bad: one None for all", consume_until_none),
        ("Good: one None each", consume),
        ("Good: how it ends", end_with_one_each),
        ("Good, from Python 3.13", consume_until_shut_down),
    ),
    judge=judge,
    picture=picture,
    seconds=3.0,
)
def producer_consumer(
    bound: Annotated[int, Between(1, 1_000), "How many items the queue holds at most."] = 10,
    items: Annotated[int, Between(1, 2_000), "How many items each producer makes."] = 60,
    consumers: Annotated[int, Between(1, 16), "How many threads use them."] = 2,
) -> Steps:
    """Producer and consumer

    A bounded queue lets the faster side wait for the slower one, so that nothing piles up. The
    hard part is the end: a consumer cannot see that nothing more will come, so it has to be told.
    """
    paces = {}
    for name, making, using in (
        ("producer faster", 1, SLOWER * consumers),
        ("consumers faster", SLOWER, 1),
    ):
        paces[name] = paced(bound, items, consumers, making, using)
        yield {"pace": name, **{key: round(paces[name][key], 4) for key in TOLD}}
    ways = [("one None for all", 1), ("one None for all", 2), ("one None each", 2)]
    if CAN_SHUT_DOWN:
        ways.append(("shutdown()", 2))
    # At once: those that wait for ever are waited for once.
    with ThreadPoolExecutor(len(ways)) as pool:
        ends = list(pool.map(lambda way: ended(way[0], way[1], consumers, items), ways))
    yield from ends
    losses = [lost_by_chance(consumers, items) for _ in range(TRIES)]
    lossy = sum(lost > 0 for lost in losses)
    yield {"variant": "two producers, left to chance", "tries": TRIES, "lossy": lossy}
    return {
        "bound": bound,
        "items": items,
        "consumers": consumers,
        "paces": paces,
        "ends": ends if CAN_SHUT_DOWN else [*ends, None],
        "can_shut_down": CAN_SHUT_DOWN,
        "tries": TRIES,
        "lossy_tries": lossy,
        "lost_by_chance": sum(losses),
    }
