"""Blocking the event loop: how late a heartbeat comes beside a coroutine that does something."""

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.forms import Between

# Every how many seconds the heart is to beat.
BEAT = 0.010

# So many beats are waited for before the work begins and after it has ended.
CALM = 2

# A beat is drawn as wide as this at least, in milliseconds: else it could not be seen.
NARROWEST = 1.0

SEED = 20

# When a beat was due, and when it came.
Beat = tuple[float, float]


async def heartbeat(beats: list[Beat]) -> None:
    while True:
        due = time.perf_counter() + BEAT
        await asyncio.sleep(BEAT)
        beats.append((due, time.perf_counter()))


def compute(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1_000))


async def awaits(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def sleeps(seconds: float) -> None:
    time.sleep(seconds)


async def computes(seconds: float) -> None:
    compute(seconds)


async def sleeps_in_a_thread(seconds: float) -> None:
    await asyncio.to_thread(time.sleep, seconds)


async def computes_in_a_thread(seconds: float) -> None:
    await asyncio.to_thread(compute, seconds)


WAYS: Mapping[str, tuple[str, Callable[[float], Awaitable[None]]]] = {
    "awaits": ("await asyncio.sleep()", awaits),
    "sleeps": ("time.sleep()", sleeps),
    "computes": ("computing", computes),
    "sleeps_in_a_thread": ("to_thread(time.sleep)", sleeps_in_a_thread),
    "computes_in_a_thread": ("to_thread(computing)", computes_in_a_thread),
}
AT_ONCE = ("sleeps", "computes")


async def beside(work: Callable[[float], Awaitable[None]], seconds: float) -> dict[str, Any]:
    """How the heart beats beside some work: each beat in ms, how many came while it went on.

    `late` is how many ms a beat was late, by the median of those that were to come meanwhile,
    `latest` how many it was at worst.
    """
    beats: list[Beat] = []
    start = time.perf_counter()
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(CALM * BEAT)
    began = time.perf_counter()
    await work(seconds)
    ended = time.perf_counter()
    await asyncio.sleep(CALM * BEAT)  # a beat that is late by now has yet to come
    heart.cancel()
    late = [came - due for due, came in beats if came > began and due < ended]
    return {
        "beats": [[1e3 * (due - start), 1e3 * (came - start)] for due, came in beats],
        "during": sum(began < came < ended for _, came in beats),
        "late": 1e3 * statistics.median(late),
        "latest": 1e3 * max(late),
    }


def _gathered(rounds: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was seen in each round, and the beats of the one in the middle."""
    middle = sorted(rounds, key=lambda one: one["latest"])[len(rounds) // 2]
    told = {name: [one[name] for one in rounds] for name in ("late", "latest", "during")}
    return {**told, "beats": middle["beats"]}


def judge(facts: Facts) -> Judgement:
    """Whether the heart went on beating beside each async function."""
    from bench.analysis.words import joined

    ways = facts["ways"]
    late = {name: _interval(ways[name]["late"]) for name in WAYS}
    silent = [name for name in AT_ONCE if not any(ways[name]["during"])]
    lively = [name for name in AT_ONCE if all(ways[name]["during"])]
    told = [
        f"Beside {WAYS['awaits'][0]} a beat was {late['awaits']} late.",
        _cures(facts, late),
    ]
    if not all(ways["awaits"]["during"]):
        return Judgement("not resolved here", " ".join(["Even an awaited sleep kept it.", *told]))
    if silent:
        blocking = joined([WAYS[name][0] for name in silent])
        told.insert(
            0,
            f"In {facts['rounds']} rounds of {facts['work']} ms not one beat came beside "
            f"{blocking}: an async function gives way only where it awaits, and until then no "
            "other task, timer or request of the loop goes on.",
        )
        return Judgement("does not hold here", " ".join(told))
    if len(lively) == len(AT_ONCE):
        return Judgement("holds here", " ".join(["The heart beat beside each of them.", *told]))
    return Judgement("not resolved here", " ".join(["It beat in some rounds only.", *told]))


def _cures(facts: Facts, late: Mapping[str, str]) -> str:
    """What a thread makes of it, with the reason that this interpreter gives."""
    from bench.analysis.verdicts import verdict

    ways = facts["ways"]
    calm = ways["awaits"]["late"]
    waiting, computing = (
        verdict(
            [one / other for one, other in zip(calm, ways[name]["late"], strict=True)],
            comparisons=2,
        )
        for name in ("sleeps_in_a_thread", "computes_in_a_thread")
    )
    told = f"With the sleep in a thread it was {late['sleeps_in_a_thread']} late"
    told += ", more than with awaiting" if waiting == "slower" else ""
    told += f"; with the computing in one, {late['computes_in_a_thread']}"
    if computing != "slower":
        why = "" if facts["gil"] else ": without a GIL the thread runs beside the loop"
        return f"{told}, which is not shown to be more than with awaiting{why}."
    if facts["gil"]:
        return (
            f"{told}: at each beat the loop waits for the GIL, which the thread that computes "
            f"gives up after {facts['switch_interval']:g} ms."
        )
    return f"{told}: there is no GIL to wait for, but the CPUs are shared."


def _interval(values: Sequence[float]) -> str:
    """A mean of some ms with its interval, in words."""
    from bench.analysis.intervals import geometric
    from bench.analysis.words import digits

    told = geometric(values)
    if told.low is None or told.high is None:
        return f"{digits(told.estimate, 2)} ms"
    return f"{digits(told.estimate, 2)} ms ({digits(told.low, 2)}–{digits(told.high, 2)})"


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """The beats of one round: each from when it was due to when it came."""
    beat = facts["beat"]
    rows = [
        {
            "lane": title,
            "start": due,
            "end": max(came, due + NARROWEST),
            "text": f"{came - due:.2g} ms late",
            "tone": "bad" if came - due > beat else "good",
        }
        for name, (title, _) in WAYS.items()
        for due, came in facts["ways"][name]["beats"]
    ]
    return Picture(
        "spans",
        "Heartbeats of the event loop",
        f"One is due every {beat:g} ms. Each is drawn from when it was due to when it came: a long "
        f"bar is a loop that stood still. The work goes on for {facts['work']:g} ms.",
        rows,
        x="ms",
    )


@experiment(
    "pitfalls",
    belief="A function that is written with async def does not block the event loop.",
    listings=(
        ("Bad: it sleeps", sleeps),
        ("Bad: it computes", computes),
        ("Good: it awaits", awaits),
        ("Good: it awaits a thread", sleeps_in_a_thread),
        ("Good: it awaits a thread that computes", computes_in_a_thread),
        ("What runs beside it", heartbeat),
    ),
    judge=judge,
    picture=picture,
    seconds=5.0,
)
def blocking_the_loop(
    work: Annotated[int, Between(30, 300, "ms"), "How long each way sleeps or computes."] = 150,
    rounds: Annotated[int, Between(2, 12), "How often each way is run, in shuffled order."] = 5,
) -> Steps:
    """Blocking the event loop

    All coroutines of a loop share one thread. While one of them sleeps or computes without
    awaiting, none of the others goes on: a heartbeat, meant to come every 10 ms, shows it.
    """
    order, chance = list(WAYS), random.Random(SEED)
    seen: dict[str, list[Mapping[str, Any]]] = {name: [] for name in WAYS}
    for turn in range(rounds):
        chance.shuffle(order)
        for name in order:
            beating = asyncio.run(beside(WAYS[name][1], work / 1e3))
            seen[name].append(beating)
            yield {
                "round": turn + 1,
                "beside": WAYS[name][0],
                "beats": beating["during"],
                "late (ms)": round(beating["late"], 2),
                "at worst (ms)": round(beating["latest"], 2),
            }
    return {
        "rounds": rounds,
        "beat": 1e3 * BEAT,
        "work": work,
        "switch_interval": 1e3 * sys.getswitchinterval(),
        "ways": {name: _gathered(beatings) for name, beatings in seen.items()},
    }
