"""Pages through two stages: who is ahead at which size of page, by paired ratios, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.analysis.crossings import crossings
from bench.analysis.intervals import geometric
from bench.analysis.verdicts import Verdict, verdict
from bench.analysis.words import digits, percent, seconds, size, span

# The ways that compute in processes; and the one that does all in threads.
STAGED = ("barrier", "streamed")
THREADS = "threads only"

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class At:
    """How many times as fast as threads alone the staged ways are at one size, by round."""

    facts: Facts
    ratios: Mapping[str, Sequence[float]]
    verdicts: Mapping[str, Verdict]

    @property
    def size(self) -> float:
        """How large each page is, in bytes."""
        return float(self.facts["size"])


def readings(facts: Facts) -> list[At]:
    """The paired ratios of each size with their verdicts, sizes ascending."""
    found = []
    for one in facts["sizes"]:
        ratios = {way: _ratios(one, THREADS, way) for way in STAGED}
        found.append(At(one, ratios, {way: _verdict(ratios[way], facts) for way in STAGED}))
    return found


def explained(facts: Facts, read: Sequence[At]) -> str:
    """What the readings say, in sentences."""
    return " ".join(
        [
            *map(_compared, read),
            _ahead(read),
            _parts(facts),
            _streaming(read[-1], facts),
            _gil(facts),
        ]
    )


def _ratios(one: Facts, base: str, way: str) -> list[float]:
    times = [one["ways"][name]["seconds"] for name in (base, way)]
    return [base_s / way_s for base_s, way_s in zip(*times, strict=True)]


def _verdict(ratios: Sequence[float], facts: Facts) -> Verdict:
    # Both ways are compared at each size, and one with the other.
    return verdict(ratios, comparisons=len(STAGED) * len(facts["sizes"]) + 1)


def _compared(at: At) -> str:
    if "faster" in at.verdicts.values():
        found = "processes are faster than threads alone"
    elif set(at.verdicts.values()) == {"slower"}:
        found = "processes are slower than threads alone"
    else:
        found = "processes are not shown to be faster than threads alone"
    at_barrier, streamed = (_times(at.ratios[way]) for way in STAGED)
    return (
        f"With pages of {size(at.size)} {found}: {at_barrier} as fast at a barrier, {streamed} "
        "streamed."
    )


def _times(ratios: Sequence[float]) -> str:
    interval = geometric(ratios)
    return f"{digits(interval.estimate, 2)} times ({span(interval)})"


def _ahead(read: Sequence[At]) -> str:
    """From which size of page on processes are ahead."""
    by_round = list(zip(*(one.ratios["streamed"] for one in read), strict=True))
    verdicts = [one.verdicts["streamed"] for one in read]
    found = crossings([one.size for one in read], by_round, verdicts)
    if found and found[-1].rising:
        at = found[-1].at
        ends = f" ({size(at.low)} to {size(at.high)})" if at.low and at.high else ""
        return f"Streamed, processes get ahead at about {size(at.estimate)} a page{ends}."
    largest = size(read[-1].size)
    if "faster" in read[-1].verdicts.values():
        return f"With pages of {largest} processes are ahead."
    return f"Processes are not shown to get ahead with pages of up to {largest}."


def _parts(facts: Facts) -> str:
    small, large = facts["sizes"][0], facts["sizes"][-1]
    hashing = large["hashing_s"] / _computing(large)
    return (
        f"Starting {facts['processes']} processes takes {seconds(facts['start_up_s'])}. The "
        f"smallest pages are sent to them in {seconds(small['sending_s'])} to share out "
        f"{seconds(_computing(small))} of computing, the largest in {seconds(large['sending_s'])} "
        f"to share out {seconds(_computing(large))}. Of the latter {percent(hashing, 2)} is "
        "SHA-256, which lets the GIL go: threads can do that at once, too."
    )


def _computing(one: Facts) -> float:
    return float(one["hashing_s"] + one["counting_s"])


def _streaming(at: At, facts: Facts) -> str:
    ratios = _ratios(at.facts, "barrier", "streamed")
    at_barrier, streamed = (seconds(at.facts["ways"][way]["waited_s"]) for way in STAGED)
    shown = _verdict(ratios, facts) != "no difference shown"
    found = f"streaming is {_times(ratios)} as fast" if shown else "no difference in all is shown"
    return (
        f"A page of {size(at.size)} lies between the stages for {at_barrier} at a barrier and for "
        f"{streamed} if streamed: {found}."
    )


def _gil(facts: Facts) -> str:
    if facts["gil"]:
        return "With the GIL of this Python, threads count words one at a time."
    return "Without the GIL, threads of this Python count words at once, with nothing to send."
