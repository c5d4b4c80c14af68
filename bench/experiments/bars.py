"""What a progress bar costs, a task: drawn for each, for some, or a few times a second."""

import math
import random
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean, stdev
from tempfile import TemporaryFile
from typing import Any, TextIO

# What a bar costs is taken from so many updates, so often; its file is what a log would be.
UPDATES, TIMES = 4_000, 10

EVERY, TICK = 100, 0.1


def draw(log: TextIO, done: int, total: int) -> None:
    log.write(f"\r[{'#' * (40 * done // total):40}] {done}/{total}")
    log.flush()


def no_bar(_: TextIO, total: int) -> None:
    for _done in range(1, total + 1):
        pass


def each_task(log: TextIO, total: int) -> None:
    for done in range(1, total + 1):
        draw(log, done, total)


def every_100th(log: TextIO, total: int) -> None:
    for done in range(1, total + 1):
        if done % EVERY == 0:
            draw(log, done, total)


def ten_a_second(log: TextIO, total: int) -> None:
    drawn = 0.0
    for done in range(1, total + 1):
        if time.monotonic() - drawn >= TICK or done == total:
            draw(log, done, total)
            drawn = time.monotonic()


BARS: Mapping[str, Callable[[TextIO, int], None]] = {
    "none": no_bar,
    "each task": each_task,
    "every 100th task": every_100th,
    "ten times a second": ten_a_second,
}


def bars_shown() -> dict[str, Any]:
    """The seconds of each kind of bar, round by round, and the bytes that it leaves in a log."""
    chance = random.Random(UPDATES)
    shown: dict[str, Any] = {name: {"seconds": [], "bytes": 0} for name in BARS}
    for _ in range(TIMES):
        for name in chance.sample(list(BARS), len(BARS)):
            with TemporaryFile("w") as log:
                began = time.perf_counter()
                BARS[name](log, UPDATES)
                shown[name]["seconds"].append(time.perf_counter() - began)
                shown[name]["bytes"] = log.tell()
    return shown


def costs_told(shown: Mapping[str, Any]) -> str:
    """What each bar costs a task over none, with its interval, and what it leaves in a log."""
    from bench.analysis.words import seconds, size

    told = []
    for name in list(BARS)[1:]:
        cost, reach = _cost(shown[name]["seconds"], shown["none"]["seconds"])
        price = f"{seconds(cost)} (± {seconds(reach)})" if cost > reach else "no time that is shown"
        told.append(f"{name} {price} and {size(shown[name]['bytes'])} in a log")
    return f"A bar of {UPDATES:,} short tasks costs, a task: drawn for {'; '.join(told)}."


def _cost(drawn: Sequence[float], bare: Sequence[float]) -> tuple[float, float]:
    """The mean of paired differences, in seconds a task, and how far its 95% interval reaches."""
    from bench.analysis.intervals import CONFIDENCE, t_quantile

    costs = [(with_bar - none) / UPDATES for with_bar, none in zip(drawn, bare, strict=True)]
    reach = t_quantile(CONFIDENCE, len(costs) - 1) * stdev(costs) / math.sqrt(len(costs))
    return fmean(costs), reach
