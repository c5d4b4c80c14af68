"""What breaks first with more viewers and more runs? Simulated from measured costs.

`python -m benchmarks.scaling` prints the tables of docs/scaling.md. Nothing is measured here: the
costs of one viewer and one run are constants, measured by the parts `viewers` and `history`.
"""

import heapq
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from bench.store.watched import MOST_LOOKS

# What one app took on two shared cores of an AMD EPYC: CPU (s) to open a run's page and to poll a
# live one, memory (MiB) at first and for each session, and descriptors of a session.
OPEN_S, POLL_S = 0.035, 0.010
BASE_MIB, SESSION_MIB, SESSION_FILES = 150.0, 0.08, 4

# What the app may take of each: CPU seconds a second (it has one thread at a time), memory (as the
# lab promises), and descriptors that it makes room for.
MOST_CPU, MOST_MIB, MOST_FILES = 0.8, 400.0, 4_000

# People come within ten minutes of a link being shared; a run keeps a host for so many seconds.
COMING_S, RUN_S = 600.0, 30.0

# A queue takes so many who wait.
QUEUE = 20

A_DAY = 86_400.0

COUNTS = (100, 10_000, 1_000_000)


@dataclass(frozen=True)
class Load:
    """What viewers of one live run take of one app, each as a share of what it may take."""

    cpu: float
    memory: float
    files: float

    @property
    def first(self) -> str:
        """What is used up first."""
        shares = {"CPU": self.cpu, "memory": self.memory, "descriptors": self.files}
        return max(shares, key=lambda name: shares[name])

    @property
    def apps(self) -> int:
        """How many apps they take."""
        most = max(self.cpu, self.memory, self.files)
        return max(1, -int(-most // 1))


def watching(viewers: int) -> Load:
    """The load of so many who come within ten minutes and watch one run."""
    opening = viewers / COMING_S * OPEN_S
    polling = min(viewers, MOST_LOOKS) * POLL_S
    return Load(
        cpu=(opening + polling) / MOST_CPU,
        memory=viewers * SESSION_MIB / (MOST_MIB - BASE_MIB),
        files=viewers * SESSION_FILES / MOST_FILES,
    )


@dataclass(frozen=True)
class Waits:
    """How long runs waited (s): the mean, the longest of 95%; and the share that was refused."""

    mean: float
    most: float
    refused: float


def queueing(
    a_day: float, hosts: int, *, run_s: float = RUN_S, bound: int = QUEUE, seed: int = 1
) -> Waits:
    """Runs that come by chance, so many a day, for hosts that each measure one at a time.

    One queue before all hosts, first in first out, of at most `bound` a host.
    """
    rng = random.Random(seed)
    free = [0.0] * hosts
    begins: list[float] = []  # of those that wait, a heap
    waits: list[float] = []
    now, refused, count = 0.0, 0, 20_000
    for _ in range(count):
        now += rng.expovariate(a_day / A_DAY)
        while begins and begins[0] <= now:
            heapq.heappop(begins)
        if len(begins) >= bound * hosts:
            refused += 1
            continue
        begin = max(now, heapq.heappop(free))
        heapq.heappush(free, begin + run_s)
        heapq.heappush(begins, begin)
        waits.append(begin - now)
    waits.sort()
    return Waits(mean(waits), waits[int(0.95 * len(waits))], refused / count)


def least_hosts(a_day: float, wait_s: float = 60.0) -> int:
    """The least number of hosts with which 95% of runs wait no longer than that."""
    low, high = 0, 1
    while not _enough(a_day, high, wait_s):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _enough(a_day, middle, wait_s) else (middle, high)
    return high


def _enough(a_day: float, hosts: int, wait_s: float) -> bool:
    if a_day * RUN_S >= hosts * A_DAY:
        return False
    found = queueing(a_day, hosts)
    return found.most <= wait_s and not found.refused


def tables(counts: Sequence[int] = COUNTS) -> str:
    """The tables, as Markdown."""
    lines = ["| viewers | CPU | memory | descriptors | first | apps |", "|---|---|---|---|---|---|"]
    for count in counts:
        load = watching(count)
        shares = " | ".join(f"{100 * part:,.0f}%" for part in (load.cpu, load.memory, load.files))
        first = load.first if load.apps > 1 else "none"
        lines.append(f"| {count:,} | {shares} | {first} | {load.apps:,} |")
    head = "| runs a day | one host: 95% wait | refused | hosts for a wait of 1 min |"
    lines += ["", head, "|---|---|---|---|"]
    for count in counts:
        alone = queueing(count, 1)
        refused = f"{100 * alone.refused:.0f}%"
        lines.append(f"| {count:,} | {alone.most:,.0f} s | {refused} | {least_hosts(count):,} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(tables() + "\n")
