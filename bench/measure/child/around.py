"""What went on around a trial's timed parts: how much of the machine others took meanwhile.

    read ──► timed parts ──► read        two readings of the system's counters, none in between

Standard library only, as trials use it. On Linux the system counts the time that its CPUs were
idle; what they were busy less what the trial's own tree used is what others took. Its clock ticks
100 times a second, so one tick a CPU is taken off: what is told was surely others'.
"""

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure.child.affinity import my_cpus
from bench.measure.child.tree import Used, used

# Places in a CPU's line of /proc/stat, of ticks spent so.
_IDLE, _WAITING, _STEAL = 3, 4, 7


@dataclass(frozen=True)
class Reading:
    """The counters at a moment (seconds); what the system does not tell is None."""

    moment: float
    own: Used
    idle: float | None
    stolen: float | None
    throttled: float | None
    swapped_in: int | None


def read(root: Path = Path("/"), throttle_file: str = "") -> Reading:
    """The counters now, of the CPUs that this process may run on.

    `throttle_file` is the cpu.stat of the cgroup whose quota holds for this process, if any.
    """
    idle, stolen = _cpus(root)
    return Reading(
        moment=time.perf_counter(),
        own=used(),
        idle=idle,
        stolen=stolen,
        throttled=_throttled(throttle_file),
        swapped_in=_swapped(root),
    )


def between(before: Reading, after: Reading, cpus: int, usable: int) -> dict[str, Any]:
    """What others did from one reading to the next, as a trial tells it.

    Shares are parts of the `usable` CPUs' time. Of the `cpus` that this process may run on, those
    beyond the usable ones can be busy without harm.
    """
    seconds = after.moment - before.moment
    own = after.own.since(before.own)
    capacity = seconds * usable
    foreign = steal = None
    if before.idle is not None and after.idle is not None:
        tick = 1 / os.sysconf("SC_CLK_TCK")
        busy = seconds * cpus - (after.idle - before.idle)
        spare = seconds * (cpus - usable)
        foreign = max(0.0, busy - own.seconds - spare - tick * cpus) / capacity
    if before.stolen is not None and after.stolen is not None:
        steal = max(0.0, after.stolen - before.stolen) / capacity
    return {
        "foreign_share": foreign,
        "steal_share": steal,
        "throttled_s": _less(after.throttled, before.throttled),
        "swapped_in": _less(after.swapped_in, before.swapped_in),
    }


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else max(0, after - before)


def _cpus(root: Path) -> tuple[float | None, float | None]:
    """Seconds that my CPUs were idle, and that the hypervisor took from them."""
    try:
        text = (root / "proc/stat").read_text()
    except OSError:
        return None, None
    tick = os.sysconf("SC_CLK_TCK")
    lines = {int(line[1]): line[2].split() for line in re.finditer(r"(?m)^cpu(\d+) (.*)$", text)}
    mine = [lines[number] for number in my_cpus() if number in lines]
    if not mine or any(len(line) <= _STEAL for line in mine):
        return None, None
    idle = sum(int(line[_IDLE]) + int(line[_WAITING]) for line in mine)
    return idle / tick, sum(int(line[_STEAL]) for line in mine) / tick


def _throttled(file: str) -> float | None:
    if not file:
        return None
    counts = _counts(Path(file))
    if "throttled_usec" in counts:
        return counts["throttled_usec"] / 1e6
    return counts["throttled_time"] / 1e9 if "throttled_time" in counts else None


def _swapped(root: Path) -> int | None:
    return _counts(root / "proc/vmstat").get("pswpin")


def _counts(file: Path) -> Mapping[str, int]:
    """Lines of a name and a number; none where there is no such file."""
    try:
        pairs = [line.split() for line in file.read_text().splitlines()]
    except OSError:
        return {}
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}
