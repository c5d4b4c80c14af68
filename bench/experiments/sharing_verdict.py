"""Whether shared memory is faster than sending a copy, from the seconds that each took."""

from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import TYPE_CHECKING

from bench.experiments import Facts, Judgement

if TYPE_CHECKING:
    from bench.analysis.verdicts import Verdict

DIRECTIONS = {"there": "to the workers", "back": "back from them"}

# Seconds of a way: a list for each size, with one value for each round.
Times = Sequence[Sequence[float]]


def sized(size: float) -> str:
    """A number of bytes: 64 KiB, 1.5 MiB."""
    return f"{size / 2**20:.3g} MiB" if size >= 2**20 else f"{size / 2**10:.3g} KiB"


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
            f"and a copy through its pipe for each of {counted(facts['workers'])} "
            f"{_took(copied[least])}: to make, attach and remove a segment takes its time, "
            f"however little is in it. {rest}",
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


def counted(workers: int) -> str:
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
            f"A new segment is {turn} above {sized(one.at.estimate)} ({sized(one.at.low)} to "
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
        best = [
            _either(fastest({way: times[place] for way, times in facts[direction].items()}))
            for place in range(len(facts["sizes"]))
        ]
        from_on = len(best) - 1
        while from_on and best[from_on - 1] == best[-1]:
            from_on -= 1
        parts = [f"{best[-1]} from {sized(facts['sizes'][from_on])} on"]
        if from_on:
            parts.insert(0, f"{best[0]} at {sized(facts['sizes'][0])}")
        yield f"Fastest {told}: {', '.join(parts)}."


def _either(ways: Sequence[str]) -> str:
    return " or ".join(ways) if len(ways) < 4 else "none of them alone"


def _left(facts: Facts) -> str:
    left_over = len(facts["segments_left"])
    made = f"Of the {facts['segments_made']:,} segments that were made"
    return f"{made} {left_over or 'none'} {'are' if left_over > 1 else 'is'} left."
