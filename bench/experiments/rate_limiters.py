"""Ways to let so many calls through a second, and what can be counted of them."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import Any


class SleepUnderLock:
    def __init__(self, rate: float) -> None:
        self.period, self.last = 1 / rate, 0.0
        self.lock = threading.Lock()

    def wait(self) -> None:
        # Whoever asks waits for who sleeps.
        with self.lock:
            due = self.last + self.period
            pause = due - time.monotonic()
            time.sleep(max(0.0, pause))
            self.last = time.monotonic()


class ReservedSlots:
    def __init__(self, rate: float) -> None:
        self.period, self.next = 1 / rate, 0.0
        self.lock = threading.Lock()

    def wait(self, timeout: float = inf) -> bool:
        with self.lock:
            now = time.monotonic()
            slot = max(now, self.next)
            if slot - now > timeout:
                return False
            self.next = slot + self.period
        # The lock is free again.
        time.sleep(slot - now)
        return True


class TokenBucket:
    def __init__(self, rate: float, size: int) -> None:
        self.rate, self.size = rate, float(size)
        self.tokens, self.at = self.size, 0.0
        self.lock = threading.Lock()

    def wait(self, timeout: float = inf) -> bool:
        with self.lock:
            now = time.monotonic()
            new = (now - self.at) * self.rate
            tokens = min(self.size, self.tokens + new)
            left = tokens - 1  # below zero: promised
            pause = max(0.0, -left / self.rate)
            if pause > timeout:
                return False
            self.tokens, self.at = left, now
        time.sleep(pause)
        return True


Limiter = SleepUnderLock | ReservedSlots | TokenBucket


@dataclass(frozen=True)
class Call:
    """When a call asked to begin, began and ended, in seconds."""

    asked: float
    began: float
    ended: float


def counted(calls: Sequence[Call], period: float) -> dict[str, Any]:
    """What calls came to that began after a while in which there was none; in seconds.

    `burst` is how many began within half a period of the first one: a limiter that spaces calls
    lets through one in that time.
    """
    began = sorted(call.began for call in calls)
    gaps = [after - before for before, after in pairwise(began)]
    return {
        "burst": _before(began, began[0] + period / 2),
        "rate": len(gaps) / (began[-1] - began[0]),
        "gaps_s": [min(gaps), median(gaps), max(gaps)],
        "blocked_s": sum(call.began - call.asked for call in calls),
        "at_once": most_at_once(calls),
    }


def _before(moments: Sequence[float], end: float) -> int:
    return sum(moment < end for moment in moments)


def most_within(seconds: float, moments: Sequence[float]) -> int:
    """The most of some moments that any so many seconds hold."""
    moments = sorted(moments)
    return max(_before(moments[first:], at + seconds) for first, at in enumerate(moments))


def most_at_once(calls: Sequence[Call]) -> int:
    """The most calls that had begun and not ended."""
    edges = sorted([(call.began, 1) for call in calls] + [(call.ended, -1) for call in calls])
    open_, most = 0, 0
    for _, edge in edges:
        open_ += edge
        most = max(most, open_)
    return most


def impatient(limiter: Limiter, period: float) -> dict[str, Any]:
    """What becomes of a caller who would wait a quarter of a period, behind another one.

    One is let through before, so that the next must wait.
    """
    limiter.wait()
    other = threading.Thread(target=limiter.wait)
    other.start()
    time.sleep(period / 4)
    asked = time.monotonic()
    refused = False
    if isinstance(limiter, SleepUnderLock):
        limiter.wait()  # there is nothing else that it could be asked
    else:
        refused = not limiter.wait(timeout=period / 4)
    answered = time.monotonic() - asked
    other.join()
    return {
        "patience_s": period / 4,
        "answered_s": answered,
        "refused": refused,
        # Waking up takes a while, too: twice its patience is what it may take.
        "honoured": answered < period / 2,
    }


def reached(limiter: Limiter, calls: int, threads: int) -> float:
    """How many calls a second get through if threads ask again and again."""
    moments: list[float] = []

    def ask() -> None:
        for _ in range(max(2, calls // threads)):
            limiter.wait()
            moments.append(time.monotonic())

    team = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in team:
        thread.start()
    for thread in team:
        thread.join()
    return (len(moments) - 1) / (max(moments) - min(moments))
