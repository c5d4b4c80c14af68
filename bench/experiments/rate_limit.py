"""Rate limits: so many requests a second, saved up or not, and a semaphore, which is none."""

import random
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.fetching import address, fetch
from bench.experiments.picture import Picture, Row
from bench.experiments.rate_limiters import (
    Call,
    ReservedSlots,
    SleepUnderLock,
    TokenBucket,
    counted,
    impatient,
    most_within,
    reached,
)
from bench.forms import Between

TITLES = {
    "sleeping": "sleep under the lock",
    "reserved": "slot reserved",
    "bucket": "token bucket",
    "semaphore": "semaphore",
}
LIMITERS = ("sleeping", "reserved", "bucket")

# Rates at which oversleeping shows, in calls a second, and for how many seconds each is asked for.
HIGH_RATES = (200, 2_000)
HIGH_S = 0.15

SEED = 1

# A page of the server is as short as that, in bytes.
SIZE = 200

Guard = SleepUnderLock | ReservedSlots | TokenBucket | threading.Semaphore


def called(guard: Guard, url: str) -> Call:
    """One request, when its limiter lets it through; or for as long as a semaphore is held."""
    asked = time.monotonic()
    if isinstance(guard, threading.Semaphore):
        with guard:
            return _fetched(asked, url)
    guard.wait()
    return _fetched(asked, url)


def _fetched(asked: float, url: str) -> Call:
    began = time.monotonic()
    fetch(url)
    return Call(asked, began, time.monotonic())


def wave(guard: Guard, urls: Sequence[str], threads: int) -> list[Call]:
    """All requests at once, as far as threads and limiter let them."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda url: called(guard, url), urls))


def judge(facts: Facts) -> Judgement:
    """Whether the lock around a sleep lets a burst through after idling, as the bucket does."""
    sleeping, bucket = (facts["limiters"][name] for name in ("sleeping", "bucket"))
    told = (
        f"After idling, the token bucket let {bucket['burst']} requests through at once, and the "
        f"lock around a sleep {sleeping['burst']}"
    )
    rest = " ".join([_of_patience(facts), _of_high_rates(facts), _of_semaphore(facts)])
    if bucket["burst"] < 2:
        return Judgement(
            "not resolved here",
            f"{told}: without a burst of the bucket's there is nothing to tell them apart by. Try "
            f"a lower rate or more threads. {rest}",
        )
    if sleeping["burst"] >= bucket["burst"]:
        return Judgement("holds here", f"{told}. {rest}")
    if sleeping["burst"] == 1:
        return Judgement(
            "does not hold here",
            f"{told}: it saves nothing up while nobody asks. It does keep the rate: "
            f"{sleeping['rate']:.3g} a second of the {facts['rate']} allowed. {rest}",
        )
    return Judgement(
        "not resolved here",
        f"{told}: threads woke up too late to tell. Try a lower rate. {rest}",
    )


def _of_patience(facts: Facts) -> str:
    sleeping, reserved = (facts["limiters"][name]["impatient"] for name in ("sleeping", "reserved"))
    patience = f"{1_000 * sleeping['patience_s']:.3g} ms"
    if sleeping["honoured"] or not reserved["honoured"]:
        return f"Of a caller with {patience} of patience nothing is shown by this run."
    told = "was told no" if reserved["refused"] else "was let through"
    return (
        "Who sleeps holds the lock, so nobody else can ask how long it will take: a caller with "
        f"{patience} of patience got away after {1_000 * sleeping['answered_s']:.3g} ms. With the "
        f"slot reserved under the lock and the sleep outside of it, the same caller {told} after "
        f"{1_000 * reserved['answered_s']:.2g} ms."
    )


def _of_high_rates(facts: Facts) -> str:
    from bench.analysis.verdicts import verdict  # it needs SciPy: not where this runs

    told = []
    for high in facts["high"]:
        ratios = [a / b for a, b in zip(high["sleeping"], high["reserved"], strict=True)]
        if verdict(ratios, len(facts["high"])) == "slower":
            came = f"{median(high['sleeping']):,.0f} (reserved: {median(high['reserved']):,.0f})"
            told.append(f"of {high['rate']:,} a second {came}")
    if not told:
        return "At higher rates no drift is shown."
    return (
        "Each sleep ends a little late, and under the lock that adds up: "
        f"{', '.join(told)} came through."
    )


def _of_semaphore(facts: Facts) -> str:
    semaphore, limit = facts["limiters"]["semaphore"], facts["rate"] + 1
    told = f"A semaphore bounds how many go at once ({semaphore['at_once']} here), not how often"
    if semaphore["busiest"] > limit:
        return (
            f"{told}: {semaphore['busiest']} requests began within one second, where spaced ones "
            f"are at most {limit}."
        )
    return f"{told}; these requests are so slow that {semaphore['busiest']} began within a second."


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """How many requests had begun, since the idle time ended."""
    rows: list[Row] = [
        {"series": TITLES[name], "x": began, "y": count}
        for name, one in facts["limiters"].items()
        for count, began in enumerate(one["begun"], 1)
    ]
    limiters = facts["limiters"]
    bursts = [f"{TITLES[name]} {limiters[name]['burst']}" for name in LIMITERS]
    began = limiters["semaphore"]["begun"]
    return Picture(
        "lines",
        "Requests begun after idling",
        f"Let through at once: {', '.join(bursts)}. With a semaphore all {len(began)} began within "
        f"{began[-1]:.2g} s.",
        rows,
        x="seconds",
        y="requests",
        marks=[(facts["rate"], f"{facts['rate']}: one second's worth")],
    )


@experiment(
    "patterns",
    belief="A lock around a sleep is a token bucket.",
    listings=(("Bad", SleepUnderLock), ("Better", ReservedSlots), ("Good", TokenBucket)),
    judge=judge,
    picture=picture,
    seconds=12.0,
)
def rate_limit(
    rate: Annotated[int, Between(5, 50, "a second"), "The limit."] = 10,
    capacity: Annotated[
        int, Between(2, 10), "What the bucket saves up, and the semaphore lets in."
    ] = 5,
    threads: Annotated[int, Between(2, 50), "How many ask at once."] = 10,
    requests: Annotated[int, Between(4, 50), "Requests after the idle time."] = 15,
    delay: Annotated[float, Between(0.0, 0.5, "s"), "How long the server takes."] = 0.05,
    rounds: Annotated[int, Between(1, 20), "How often each high rate is tried."] = 3,
    *,
    server: str,
) -> Steps:
    """Rate limit

    Threads send requests to the lab's own server, no more than so many a second. After a while in
    which nobody asked, a token bucket lets as many through at once as it has saved up. A semaphore
    is another thing: it bounds how many requests are under way.
    """
    urls = [address(server, number, delay, SIZE) for number in range(requests)]
    fetch(urls[0])
    guards: Mapping[str, Callable[[], Guard]] = {
        "sleeping": lambda: SleepUnderLock(rate),
        "reserved": lambda: ReservedSlots(rate),
        "bucket": lambda: TokenBucket(rate, capacity),
        "semaphore": lambda: threading.Semaphore(capacity),
    }
    limiters: dict[str, Any] = {}
    for name, make in guards.items():
        guard, began = make(), time.monotonic()
        before = wave(guard, urls[:capacity], threads)
        # By then a bucket has filled again.
        time.sleep(max(0.0, began + 2 * capacity / rate - time.monotonic()))
        again = time.monotonic()
        after = wave(guard, urls, threads)
        limiters[name] = {
            **counted(after, 1 / rate),
            "begun": sorted(round(call.began - again, 4) for call in after),
            "busiest": most_within(1.0, [call.began for call in [*before, *after]]),
        }
        if not isinstance(guard, threading.Semaphore):
            limiters[name]["impatient"] = impatient(guard, 1 / rate)
        yield {"limiter": TITLES[name], **_brief(limiters[name])}
    high = yield from _high(rounds, threads)
    return {"rate": rate, "capacity": capacity, "limiters": limiters, "high": high}


def _brief(one: Mapping[str, Any]) -> Event:
    return {
        "at_once_after_idling": one["burst"],
        "in_the_busiest_second": one["busiest"],
        "under_way_at_once": one["at_once"],
        "waited_s": round(one["blocked_s"], 2),
    }


def _high(rounds: int, threads: int) -> Generator[Event, None, list[Event]]:
    """The rates that come of high ones, in rounds that take each in a shuffled order."""
    order = random.Random(SEED)
    seen: dict[int, dict[str, list[float]]] = {
        rate: {"sleeping": [], "reserved": []} for rate in HIGH_RATES
    }
    for round_ in range(1, rounds + 1):
        turns = [(rate, name) for rate in HIGH_RATES for name in seen[rate]]
        for rate, name in order.sample(turns, len(turns)):
            limiter = SleepUnderLock(rate) if name == "sleeping" else ReservedSlots(rate)
            seen[rate][name].append(reached(limiter, round(rate * HIGH_S), threads))
            yield {
                "round": round_,
                "limiter": TITLES[name],
                "asked_a_second": rate,
                "reached": round(seen[rate][name][-1]),
            }
    return [{"rate": rate, **seen[rate]} for rate in HIGH_RATES]
