"""Work that waits and computes: pages that are downloaded, then read; and any blend of the two."""

import hashlib
import time
from collections import Counter
from typing import Annotated

from bench.forms import Between
from bench.work import Staged, Work
from bench.workloads import workload
from bench.workloads.clients import PACKAGES, afetch, fetch, load_clients
from bench.workloads.pages import urls
from bench.workloads.turns import turn, turns_for

# A page's SHA-256, how many words it has, and how many different ones.
Page = tuple[str, int, int]


def read(body: bytes) -> Page:
    """Hash a page and count its words."""
    counts: Counter[bytes] = Counter()
    for word in body.split():
        counts[word.lower()] += 1
    return hashlib.sha256(body).hexdigest(), counts.total(), len(counts)


async def ascrape(url: str) -> Page:
    """Download a page as a coroutine, and read it on the event loop."""
    return read(await afetch(url))


@workload(
    "mixed",
    seconds=lambda count, delay, size: count * (delay + 0.004 + size * 3e-8),
    presets={
        "small": {"count": 8, "delay": 0.05, "size": 500_000},
        "article": {"count": 4, "delay": 1.0, "size": 20_000},
    },
    packages=PACKAGES,
    staged=True,
)
def scrape(
    count: Annotated[int, Between(1, 1_000), "How many pages to download and read."] = 8,
    delay: Annotated[
        float, Between(0.0, 10.0, "s"), "How long the server waits before it answers."
    ] = 0.05,
    size: Annotated[int, Between(1, 10_000_000, "bytes"), "How long each page is."] = 500_000,
    *,
    server: str,
) -> Work[str, Page]:
    """Download pages, then hash them and count their words

    Two stages: downloading waits and lets the GIL go, counting keeps it. What was downloaded must
    reach whoever counts.
    """
    load_clients()
    return Work(
        task=Staged(wait=fetch, compute=read),
        items=urls(server, count, delay, size),
        atask=ascrape,
    )


# A task's number, the turns that it computes, and the seconds that it waits.
Blend = tuple[int, int, float]


def compute_and_wait(item: Blend) -> int:
    """Compute, then wait; the number that came of it."""
    number, turns, delay = item
    value = turn(turns, number)
    if delay:
        time.sleep(delay)
    return value


async def acompute_and_wait(item: Blend) -> int:
    """The same as a coroutine: it computes on the event loop."""
    import asyncio

    number, turns, delay = item
    value = turn(turns, number)
    if delay:
        await asyncio.sleep(delay)
    return value


@workload(
    "mixed",
    seconds=lambda count, length, **_: count * (length * 1e-3 + 2e-5),
    presets={"small": {"count": 64, "length": 10.0, "share": 50.0}},
)
def blend(
    count: Annotated[int, Between(1, 100_000), "How many tasks."] = 64,
    length: Annotated[float, Between(0.01, 10_000.0, "ms"), "How long each task takes."] = 10.0,
    share: Annotated[
        float, Between(0.0, 100.0, "%"), "How much of that it waits; it computes for the rest."
    ] = 50.0,
) -> Work[Blend, int]:
    """Compute for a share of the time and wait for the rest

    The GIL is let go while a task waits and kept while it computes. Computing is counted, 25,000
    turns of a loop a millisecond: the same work for all, and longer on a slower machine.
    """
    turns = turns_for(length * 1_000 * (100 - share) / 100)
    delay = length / 1_000 * share / 100
    return Work(
        task=compute_and_wait,
        items=[(number, turns, delay) for number in range(count)],
        reduce=sum,
        atask=acompute_and_wait,
    )
