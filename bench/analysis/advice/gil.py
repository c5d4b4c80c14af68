"""What a profile shows of the GIL: whether a task lets it go, and for how long it holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bench.analysis.intervals import Interval, geometric
from bench.profiles import Profile

Stand = Literal["no GIL", "lets it go", "keeps it", "not resolved"]

# A counter that is faster than this share of its pace beside a sleeper is let run.
HALF = 0.5

# A task that computes for a greater share of its time needs a CPU for itself.
COMPUTES = 0.5

# Threads that gain less than this share of what they could are held up by something.
MOST = 0.9


@dataclass(frozen=True)
class Gil:
    """What a task does with the GIL.

    `beside` is a counter's pace beside the task, and `looping` that beside a loop in Python, each
    as a share of its pace beside a sleeping thread. `gain` is how many times as fast as one after
    another two threads are. `held_s` is for how long a task keeps other threads from running.
    """

    stand: Stand
    held_s: float
    beside: Interval | None = None
    looping: Interval | None = None
    gain: Interval | None = None


def gil_of(profile: Profile) -> Gil:
    """What a profile's looks at the GIL show, together."""
    beside, looping = _paces(profile)
    gain = geometric(profile.threads.gains) if profile.threads else None
    stand = _stand(profile, beside, looping)
    return Gil(stand, _held_s(profile, stand, beside, looping, gain), beside, looping, gain)


def _paces(profile: Profile) -> tuple[Interval | None, Interval | None]:
    counting = profile.counting
    if counting is None:
        return None, None
    return _over(counting.task, counting.sleeping), _over(counting.looping, counting.sleeping)


def _over(some: Sequence[float], others: Sequence[float]) -> Interval:
    return geometric([one / other for one, other in zip(some, others, strict=True)])


def _stand(profile: Profile, beside: Interval | None, looping: Interval | None) -> Stand:
    if not profile.gil:
        return "no GIL"
    if beside is None or looping is None or looping.high is None or beside.low is None:
        return "not resolved"
    if looping.high > HALF:  # what keeps it cannot be told from what lets it go
        return "not resolved"
    if beside.low > HALF:
        return "lets it go"
    return "keeps it" if (beside.high or 0.0) < HALF else "not resolved"


def _held_s(
    profile: Profile,
    stand: Stand,
    beside: Interval | None,
    looping: Interval | None,
    gain: Interval | None,
) -> float:
    """For how long a task holds what others need: the GIL, or a lock of its own.

    The counter says for what share of the time the GIL was free; what holds it computes. Two
    threads of the task itself show what the counter does not see: pieces that are too short for
    it, and locks. Of tasks that compute, they get as many done as that leaves; tasks that wait
    begin to wait together, and one is the later by what the other holds.
    """
    if stand == "no GIL":
        held = 0.0
    elif stand == "keeps it" or beside is None or looping is None:
        held = profile.cpu_s
    else:
        free = (beside.estimate - looping.estimate) / max(1e-9, 1 - looping.estimate)
        held = min(profile.cpu_s, (1 - min(1.0, max(0.0, free))) * profile.task_s)
    if gain is None or gain.low is None or gain.high is None:
        return held
    could = min(2.0, profile.usable / max(profile.busy, 1e-9))
    if gain.high < MOST * could:
        share = 1 / gain.estimate if profile.busy > COMPUTES else 2 / gain.estimate - 1
        return max(held, share * profile.task_s)
    return held if stand == "keeps it" else min(held, profile.task_s / gain.low)
