"""Sharing data: what it costs to bring bytes to processes and back, in five ways."""

import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Annotated, Any
from zlib import adler32

from bench.errors import Unavailable
from bench.experiments import Event, Facts, Steps, experiment
from bench.experiments.picture import Picture
from bench.experiments.sending import (
    SEGMENTS,
    START_METHOD,
    WAYS,
    Team,
    Worker,
    fits,
    left,
    result_of,
    send_copies,
    share_once,
    team_of,
    write_array,
)
from bench.experiments.sharing_verdict import DIRECTIONS, counted, judge, sized
from bench.forms import Between

# Payloads: from 1 KiB on, each so many times as large as the one before.
SMALLEST, FACTOR = 1_024, 4

# A payload is sent several times in a row, whose median is taken: so many bytes, or so often.
IN_A_ROW, MOST_IN_A_ROW = 1_048_576, 20

NO_ROOM = f"The system has too little room for shared memory in {SEGMENTS}."


def sizes_up_to(largest: int) -> list[int]:
    """The payloads in bytes, the largest one included."""
    sizes = [SMALLEST]
    while sizes[-1] * FACTOR < largest:
        sizes.append(sizes[-1] * FACTOR)
    return [*sizes, largest] if largest > SMALLEST else sizes


def timed(team: Team, way: str, direction: str, data: bytes) -> tuple[float, bool]:
    """Seconds of one transfer to or from all workers, and whether every byte arrived."""
    size = len(data)
    transfer: Callable[[], Sequence[Any]] = (
        partial(WAYS[way].there, team, data)
        if direction == "there"
        else partial(WAYS[way].back, team, size)
    )
    seconds = []
    for _ in range(max(1, min(MOST_IN_A_ROW, IN_A_ROW // size))):
        began = time.perf_counter()
        answers = transfer()
        seconds.append(time.perf_counter() - began)
    right = adler32(data) if direction == "there" else result_of(size)
    return median(seconds), answers == team.each(right)


def picture(facts: Facts, _: Sequence[Event]) -> Picture:
    """What it takes to bring a payload to all workers, by its size."""
    from bench.analysis.intervals import geometric

    rows = []
    for way, times in facts["there"].items():
        for size, seconds in zip(facts["sizes"], times, strict=True):
            took = geometric(seconds)
            assert took.low
            assert took.high
            rows.append(
                {
                    "series": WAYS[way].title,
                    "x": size / 1_024,
                    "y": 1e3 * took.estimate,
                    "low": 1e3 * took.low,
                    "high": 1e3 * took.high,
                }
            )
    told = [
        f"Until {counted(facts['workers'])} have read them all, with 95% intervals over "
        f"{facts['rounds']} interleaved rounds."
    ]
    if facts["without"]:
        told.append(f"{NO_ROOM} Left out: {', '.join(facts['without'])}.")
    return Picture(
        "lines",
        "What it takes to bring bytes to processes",
        " ".join(told),
        rows,
        x="KiB",
        y="ms",
        log=True,
        log_y=True,
    )


@experiment(
    "sharing",
    belief="Shared memory is always faster than sending a copy.",
    listings=(
        ("Good for little data", send_copies),
        ("Bad for little data, good for much", share_once),
        ("How a worker reads it", Worker.read_shared),
        ("Good for any size: an array made before the workers", write_array),
    ),
    judge=judge,
    picture=picture,
    seconds=12.0,
)
def sharing_data(
    team: Annotated[int, Between(1, 8), "How many processes get all of the bytes."] = 2,
    largest: Annotated[int, Between(4, 65_536, "KiB"), "The largest payload."] = 16_384,
    rounds: Annotated[int, Between(3, 30), "How often each is measured, in turn."] = 9,
) -> Steps:
    """Data that several processes share

    Processes do not see each other's memory. Bytes are pickled and copied on their way to each of
    them, unless they stand in memory that all of them see.
    """
    wanted = sizes_up_to(1_024 * largest)
    sizes = [size for size in wanted if fits(3 * team * size)]
    if len(sizes) < 2:
        raise Unavailable(NO_ROOM)
    payloads = {size: random.Random(size).randbytes(size) for size in sizes}
    plan = [(way, size, there) for way in WAYS for size in sizes for there in DIRECTIONS]
    times: dict[tuple[str, int, str], list[float]] = {one: [] for one in plan}
    intact = True
    with team_of(team, max(sizes)) as workers:
        for round_ in range(rounds + 1):
            for one in random.Random(round_).sample(plan, len(plan)):
                way, size, direction = one
                seconds, right = timed(workers, way, direction, payloads[size])
                intact = intact and right
                if round_:  # the one before the first only warms up
                    times[one].append(seconds)
            if round_:
                for size in sizes:
                    took = {way: f"{1e3 * times[way, size, 'there'][-1]:.3g} ms" for way in WAYS}
                    yield {"round": round_, "bytes": sized(size), **took}
        names = set().union(*workers.told("names_seen"))
    return {
        "workers": team,
        "rounds": rounds,
        "started_by": START_METHOD,
        "sizes": sizes,
        "without": [sized(size) for size in wanted if size not in sizes],
        **{
            direction: {
                way: [[round(one, 8) for one in times[way, size, direction]] for size in sizes]
                for way in WAYS
            }
            for direction in DIRECTIONS
        },
        "median_ms": {
            direction: {
                way: [round(1e3 * median(times[way, size, direction]), 4) for size in sizes]
                for way in WAYS
            }
            for direction in DIRECTIONS
        },
        "intact": intact,
        "segments_made": len(names),
        "segments_left": left(names),
    }
