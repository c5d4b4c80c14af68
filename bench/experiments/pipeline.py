"""Mixed work in stages: threads that download, processes that compute, and what joins them."""

import random
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from statistics import fmean, median
from typing import Annotated, Any, NamedTuple

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.fetching import address
from bench.experiments.picture import Picture, Row
from bench.experiments.stages import (
    Digest,
    barrier,
    counted,
    download,
    hashed,
    in_threads,
    streamed,
)
from bench.forms import Between

WAYS: Mapping[str, Callable[[Sequence[str], int], list[Digest]]] = {
    "barrier": barrier,
    "streamed": streamed,
    "threads only": lambda urls, _: in_threads(urls),
}

SEED = 1

# After so many seconds no further round begins, if there are enough of them for intervals.
BUDGET_S, LEAST_ROUNDS = 15.0, 3

Sample = dict[str, Any]


class Parts(NamedTuple):
    """Starting processes; and for the pages of each size, sending them to processes that are there,
    hashing them, and counting their words. In seconds.
    """

    start_up_s: float
    sending_s: Sequence[float]
    hashing_s: Sequence[float]
    counting_s: Sequence[float]


def sample(way: str, urls: Sequence[str], processes: int) -> Sample:
    """The seconds that a way takes for all pages, and when each page was in which stage."""
    began = time.perf_counter()
    digests = WAYS[way](urls, processes)
    took = time.perf_counter() - began
    digests.sort(key=lambda one: urls.index(one.url))
    return {
        "seconds": took,
        "pages": [
            {
                "downloading": [one.downloading.began - began, one.downloading.ended - began],
                "computing": [one.computing.began - began, one.computing.ended - began],
            }
            for one in digests
        ],
    }


def summary(samples: Sequence[Sample]) -> dict[str, Any]:
    """What a way's samples come to; in seconds.

    `downloaded_s` is when the last page was there, `waited_s` how long a page lay between its two
    stages.
    """
    took = [one["seconds"] for one in samples]
    return {
        "seconds": took,
        "median_s": median(took),
        "downloaded_s": median(
            max(page["downloading"][1] for page in one["pages"]) for one in samples
        ),
        "waited_s": median(
            fmean(page["computing"][0] - page["downloading"][1] for page in one["pages"])
            for one in samples
        ),
    }


def seconds_of(
    mapping: Callable[..., Iterable[object]],
    task: Callable[[bytes], object],
    pages: Sequence[bytes],
) -> float:
    """What a task takes for all pages with this kind of map, in seconds."""
    began = time.perf_counter()
    list(mapping(task, pages))
    return time.perf_counter() - began


def parts(bodies: Sequence[Sequence[bytes]], processes: int) -> Parts:
    """The parts of computing in processes, each alone."""
    began = time.perf_counter()
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(abs, range(processes)))
        return Parts(
            time.perf_counter() - began,
            [seconds_of(pool.map, len, pages) for pages in bodies],
            [seconds_of(map, hashed, pages) for pages in bodies],
            [seconds_of(map, counted, pages) for pages in bodies],
        )


def judge(facts: Facts) -> Judgement:
    """Whether one of the two ways with processes is ahead of threads alone at every size."""
    from bench.analysis.staged import explained, readings  # it needs SciPy: not where this runs

    read = readings(facts)
    told = explained(facts, read)
    if any(set(one.verdicts.values()) == {"slower"} for one in read):
        return Judgement("does not hold here", told)
    if all("faster" in one.verdicts.values() for one in read):
        return Judgement("holds here", told)
    return Judgement("not resolved here", f"{told} More rounds may tell.")


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """When each of the largest pages was in which stage, in one run of each way."""
    rows: list[Row] = []
    for way, one in facts["timeline"].items():
        for number, page in enumerate(one["pages"], 1):
            lane = f"{way}, page {number}"
            (asked, there), (began, ended) = page["downloading"], page["computing"]
            rows += [
                {
                    "lane": lane,
                    "start": asked,
                    "end": there,
                    "text": "downloads",
                    "tone": "neutral",
                },
                {"lane": lane, "start": there, "end": began, "text": "waits", "tone": "bad"},
                {"lane": lane, "start": began, "end": ended, "text": "computes", "tone": "good"},
            ]
    took = ", ".join(f"{way} {one['seconds']:.2f} s" for way, one in facts["timeline"].items())
    size = facts["sizes"][-1]["size"]
    return Picture(
        "spans",
        f"Pages of {size:,} bytes through two stages",
        f"Grey downloads, red waits for the next stage, green computes. {took}.",
        rows,
        x="seconds",
    )


@experiment(
    "patterns",
    belief="For mixed work, threads that download and processes that compute are the fastest.",
    listings=(
        ("A barrier between the stages", barrier),
        ("Streamed from stage to stage", streamed),
        ("Threads only", in_threads),
    ),
    judge=judge,
    picture=picture,
    seconds=13.0,
)
def pipeline(
    pages: Annotated[int, Between(2, 8), "How many pages."] = 4,
    size: Annotated[int, Between(1_000, 10_000_000, "bytes"), "The smallest pages."] = 20_000,
    largest: Annotated[int, Between(1_000, 10_000_000, "bytes"), "The largest pages."] = 4_000_000,
    processes: Annotated[int, Between(1, 16), "How many processes compute."] = 2,
    delay: Annotated[
        float, Between(0.0, 1.0, "s"), "How long the slowest page takes the server."
    ] = 0.02,
    rounds: Annotated[
        int, Between(LEAST_ROUNDS, 20), "How often each way is measured at each size."
    ] = 8,
    *,
    server: str,
) -> Steps:
    """Pipeline: download, then compute

    Pages are downloaded by threads, which wait for the server; then they are hashed and their
    words counted. Processes compute at once, but they must be started and sent each page. A barrier
    between the stages waits for the slowest page; streaming does not.
    """
    sizes = sorted({size, round(sqrt(size * largest)), largest})
    urls = [
        [address(server, page, delay * (page + 1) / pages, one) for page in range(pages)]
        for one in sizes
    ]
    samples, alone = yield from _measured(sizes, urls, processes, rounds)
    return {
        "pages": pages,
        "processes": processes,
        "rounds": len(alone),
        "start_up_s": median(one.start_up_s for one in alone),
        "sizes": [
            {
                "size": one,
                "ways": {way: summary(samples[place, way]) for way in WAYS},
                "sending_s": median(parts.sending_s[place] for parts in alone),
                "hashing_s": median(parts.hashing_s[place] for parts in alone),
                "counting_s": median(parts.counting_s[place] for parts in alone),
            }
            for place, one in enumerate(sizes)
        ],
        "timeline": {way: samples[len(sizes) - 1, way][-1] for way in WAYS},
    }


def _measured(
    sizes: Sequence[int], urls: Sequence[Sequence[str]], processes: int, rounds: int
) -> Generator[Event, None, tuple[dict[tuple[int, str], list[Sample]], list[Parts]]]:
    """Samples by place of the size and by way, in rounds of shuffled order; and the parts alone."""
    # What is only done once (loading the client, a server of forks) is done here.
    bodies = [[download(url).body for url in some] for some in urls]
    parts(bodies[:1], processes)
    samples: dict[tuple[int, str], list[Sample]] = {
        (place, way): [] for place in range(len(sizes)) for way in WAYS
    }
    alone: list[Parts] = []
    order, began = random.Random(SEED), time.perf_counter()
    for round_ in range(1, rounds + 1):
        if round_ > LEAST_ROUNDS and time.perf_counter() - began > BUDGET_S:
            break
        for place, way in order.sample(list(samples), len(samples)):
            one = sample(way, urls[place], processes)
            samples[place, way].append(one)
            yield {
                "round": round_,
                "page_bytes": sizes[place],
                "way": way,
                "seconds": round(one["seconds"], 3),
            }
        alone.append(parts(bodies, processes))
    return samples, alone
