"""Sharing data: what it costs to bring bytes to processes and back, in five ways."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, starmap
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any
from zlib import adler32

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.experiments.sending import (
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
from bench.forms import Between

if TYPE_CHECKING:
    from bench.analysis.verdicts import Verdict

# Payloads: from 1 KiB on, each so many times as large as the one before.
SMALLEST, FACTOR = 1_024, 4

# A payload is sent several times in a row, whose median is taken: so many bytes, or so often.
IN_A_ROW, MOST_IN_A_ROW = 4_194_304, 20

# Seconds of a way: a list for each size, with one value for each round.
Times = Sequence[Sequence[float]]

DIRECTIONS = {"there": "to the workers", "back": "back from them"}


def sizes_up_to(largest: int) -> list[int]:
    """The payloads in bytes, the largest one included."""
    sizes = [SMALLEST]
    while sizes[-1] * FACTOR < largest:
        sizes.append(sizes[-1] * FACTOR)
    return [*sizes, largest] if largest > SMALLEST else sizes


def sized(size: float) -> str:
    """A number of bytes: 64 KiB, 1.5 MiB."""
    return f"{size / 2**20:.3g} MiB" if size >= 2**20 else f"{size / 2**10:.3g} KiB"


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


def judge(facts: Facts) -> Judgement:
    """Whether shared memory is faster than a pipe at every size."""
    from bench.analysis.verdicts import verdict

    if not facts["intact"]:
        return Judgement("not resolved here", "Bytes arrived that were not those that were sent.")
    sizes = facts["sizes"]
    copied, shared = facts["there"]["Pipe"], facts["there"]["shared_memory"]
    ratios = _times_as_fast(shared, copied)
    verdicts = [verdict(one, comparisons=len(sizes)) for one in ratios]
    rest = " ".join(
        [*_break_even(sizes, ratios, verdicts), _made_once(facts), *_fastest(facts), _left(facts)]
    )
    if "slower" in verdicts:
        least = verdicts.index("slower")
        return Judgement(
            "does not hold here",
            f"At {sized(sizes[least])} a new segment of shared memory took {_took(shared[least])}, "
            f"and a copy through its pipe for each of {_counted(facts['workers'])} "
            f"{_took(copied[least])}: to make, attach and remove a segment takes as long for one "
            f"byte as for many. {rest}",
        )
    if all(one == "faster" for one in verdicts):
        return Judgement(
            "holds here",
            f"A new segment of shared memory was faster than a pipe at every size. {rest}",
        )
    open_ = [sized(size) for size, one in zip(sizes, verdicts, strict=True) if one != "faster"]
    return Judgement(
        "not resolved here",
        f"No difference between shared memory and a pipe was shown at {', '.join(open_)}: try more "
        f"rounds. {rest}",
    )


def _counted(workers: int) -> str:
    return f"{workers} worker{'s' * (workers != 1)}"


def _times_as_fast(way: Times, other: Times) -> list[list[float]]:
    from bench.analysis.ways import times_as_fast

    return list(starmap(times_as_fast, zip(way, other, strict=True)))


def _took(seconds: Sequence[float]) -> str:
    from bench.analysis import words
    from bench.analysis.intervals import geometric

    return words.seconds(geometric(seconds).estimate)


def _break_even(
    sizes: Sequence[int], ratios: Times, verdicts: Sequence["Verdict"]
) -> Iterator[str]:
    from bench.analysis.crossings import crossings

    by_round = [list(row) for row in zip(*ratios, strict=True)]
    for one in crossings([float(size) for size in sizes], by_round, verdicts):
        assert one.at.low
        assert one.at.high
        turn = "faster" if one.rising else "slower"
        yield (
            f"It is {turn} above {sized(one.at.estimate)} ({sized(one.at.low)} to "
            f"{sized(one.at.high)})."
        )


def _made_once(facts: Facts) -> str:
    """From what size on an Array is shown to be faster than a pipe, that far without a gap."""
    from bench.analysis.verdicts import verdict

    ratios = _times_as_fast(facts["there"]["Array"], facts["there"]["Pipe"])
    verdicts = [verdict(one, comparisons=len(ratios)) for one in ratios]
    sizes = list(facts["sizes"])
    while verdicts and verdicts[-1] == "faster":
        verdicts.pop()
    if len(verdicts) == len(sizes):
        return "Memory that is made once (an Array) was not shown to be faster than a pipe."
    return (
        "Memory that is made once, before the workers (an Array), is shown to be faster than a "
        f"pipe from {sized(sizes[len(verdicts)])} on."
    )


def _fastest(facts: Facts) -> Iterator[str]:
    from bench.analysis.ways import fastest

    for direction, told in DIRECTIONS.items():
        names = []
        for place in range(len(facts["sizes"])):
            best = fastest({way: times[place] for way, times in facts[direction].items()})
            names.append(" or ".join(best) if len(best) < 3 else "undecided")
        parts = [
            f"{name} from {sized(next(group)[1])} on"
            for name, group in groupby(zip(names, facts["sizes"], strict=True), itemgetter(0))
        ]
        yield f"Fastest {told}: {', '.join(parts)}."


def _left(facts: Facts) -> str:
    left_over = len(facts["segments_left"])
    return (
        f"Of {facts['segments_made']:,} segments {left_over or 'none'} "
        f"{'are' if left_over else 'is'} left."
    )


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
    return Picture(
        "lines",
        "What it takes to bring bytes to processes",
        f"Until {facts['workers']} workers have read them all, with 95% intervals over "
        f"{facts['rounds']} interleaved rounds.",
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
        ("Good for any size, if it is known before", write_array),
    ),
    judge=judge,
    picture=picture,
    seconds=12.0,
)
def sharing_data(
    workers: Annotated[int, Between(1, 8), "How many processes get all of the bytes."] = 2,
    largest: Annotated[int, Between(4, 65_536, "KiB"), "The largest payload."] = 16_384,
    rounds: Annotated[int, Between(3, 30), "How often each is measured, in turn."] = 7,
) -> Steps:
    """Data that several processes share

    Processes do not see each other's memory. Bytes are pickled and copied on their way to each of
    them, unless they stand in memory that all of them see.
    """
    sizes = [size for size in sizes_up_to(1_024 * largest) if fits(3 * workers * size)]
    payloads = {size: random.Random(size).randbytes(size) for size in sizes}
    plan = [(way, size, there) for way in WAYS for size in sizes for there in DIRECTIONS]
    times: dict[tuple[str, int, str], list[float]] = {one: [] for one in plan}
    intact = True
    with team_of(workers, max(sizes)) as team:
        for round_ in range(rounds + 1):
            for one in random.Random(round_).sample(plan, len(plan)):
                way, size, direction = one
                seconds, right = timed(team, way, direction, payloads[size])
                intact = intact and right
                if round_:  # the one before the first only warms up
                    times[one].append(seconds)
            if round_:
                for size in sizes:
                    took = {way: f"{1e3 * times[way, size, 'there'][-1]:.3g} ms" for way in WAYS}
                    yield {"round": round_, "bytes": sized(size), **took}
        names = set().union(*team.told("names_seen"))
    return {
        "workers": workers,
        "rounds": rounds,
        "started_by": START_METHOD,
        "sizes": sizes,
        "without": [sized(size) for size in sizes_up_to(1_024 * largest) if size not in sizes],
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
