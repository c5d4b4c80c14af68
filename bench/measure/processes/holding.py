"""How much memory a child and all that descends from it hold, looked at from outside.

A look reads one short line a process. That counts what processes share once for each of them, so it
says too much; only if it is beyond the limit is what they share reckoned up (PSS), for which the
system takes the longer the larger they are. Where it does not tell (not Linux), nothing is held.
"""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from bench.measure.child.tree import descendants

# How often it is looked, in seconds; and rarer if a look takes long: it has that share of a CPU.
WEIGH, SHARE = 0.25, 0.05


def weighing(
    child: int, most: int, clock: Callable[[], float] = time.monotonic
) -> Callable[[], bool]:
    """What tells whether a child's tree holds more than so many bytes, if it is time to look."""
    due = clock()

    def too_much() -> bool:
        nonlocal due
        began = clock()
        if began < due:
            return False
        found = holds_more(child, most)
        now = clock()
        due = now + max(WEIGH, (now - began) / SHARE)
        return found

    return too_much


def holds_more(child: int, most: int) -> bool:
    """Whether a child's tree holds more than so many bytes."""
    members = [child, *descendants(child)]
    return _held(members, _resident) > most and _held(members, _share) > most


def _held(members: Iterable[int], tell: Callable[[int], int]) -> int:
    held = 0
    for member in members:
        with suppress(OSError, IndexError, ValueError):  # it has ended since
            held += tell(member)
    return held


def _resident(pid: int) -> int:
    """All that is in memory for a process."""
    return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _share(pid: int) -> int:
    """The same, but of what others have mapped, too, its share only."""
    words = Path(f"/proc/{pid}/smaps_rollup").read_bytes().split()
    return int(words[words.index(b"Pss:") + 1]) * 1_024
