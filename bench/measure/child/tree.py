"""What this process and all that descends from it have used: CPU time, memory, switches.

Standard library only, as trials use it. What has ended is in the operating system's own sums once
it was waited for; what lives is read where the system tells of it (Linux), and is missing else.
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# The clock of another process's CPU time, as Linux encodes it in a clock's number.
_SCHEDULED = 2


@dataclass(frozen=True)
class Used:
    """What was used since each process began: CPU seconds, and context switches.

    `seconds` is exact to microseconds; `user` and `system`, its parts, are exact to 10 ms for
    what still lives. A switch is voluntary if a thread waited for something, else it was taken
    off its CPU.
    """

    seconds: float
    user: float
    system: float
    voluntary: int
    involuntary: int

    def since(self, before: "Used") -> "Used":
        """What was used between two readings; never less than nothing."""
        return Used(
            max(0.0, self.seconds - before.seconds),
            max(0.0, self.user - before.user),
            max(0.0, self.system - before.system),
            max(0, self.voluntary - before.voluntary),
            max(0, self.involuntary - before.involuntary),
        )


def used() -> Used:
    """What this process and its descendants have used so far."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = [_living(pid) for pid in descendants(os.getpid())]
    return Used(
        time.process_time() + ended.ru_utime + ended.ru_stime + sum(one.seconds for one in living),
        own.ru_utime + ended.ru_utime + sum(one.user for one in living),
        own.ru_stime + ended.ru_stime + sum(one.system for one in living),
        own.ru_nvcsw + ended.ru_nvcsw + sum(one.voluntary for one in living),
        own.ru_nivcsw + ended.ru_nivcsw + sum(one.involuntary for one in living),
    )


def cpu_seconds() -> float | None:
    """CPU seconds of this process and its descendants so far, exact to microseconds.

    None where the system does not tell of living descendants.
    """
    if not Path("/proc/self/task").exists():
        return None
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(_seconds(pid) for pid in descendants(os.getpid()))
    return time.process_time() + ended.ru_utime + ended.ru_stime + living


def memory() -> int | None:
    """The most memory that this tree has held, in bytes; None where the system does not tell.

    Memory that processes share is shared out among them (PSS); what each held more at its peak
    is counted as its own.
    """
    parts = [_memory(pid) for pid in (os.getpid(), *descendants(os.getpid()))]
    known = [part for part in parts if part is not None]
    return sum(known) if parts[0] is not None else None


def descendants(pid: int) -> Iterator[int]:
    """All living descendants, where the system lists a thread's children (Linux); else none."""
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_bytes().split():
                yield int(child)
                yield from descendants(int(child))


def _living(pid: int) -> Used:
    """What a living descendant has used, and those of its children that it has waited for."""
    tick = os.sysconf("SC_CLK_TCK")
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return Used(0.0, 0.0, 0.0, 0, 0)  # it has ended since
    user, system, waited_user, waited_system = (int(field) / tick for field in fields[11:15])
    voluntary, involuntary = _switches(pid)
    return Used(
        _seconds(pid) + waited_user + waited_system,
        user + waited_user,
        system + waited_system,
        voluntary,
        involuntary,
    )


def _seconds(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | _SCHEDULED)
    except OSError:
        return 0.0  # it has ended since


def _switches(pid: int) -> tuple[int, int]:
    counts = [0, 0]
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for line in (thread / "status").read_bytes().splitlines()[-2:]:
                counts[line.startswith(b"nonvoluntary")] += int(line.split()[1])
    return counts[0], counts[1]


def _memory(pid: int) -> int | None:
    try:
        shares = _kilobytes(f"/proc/{pid}/smaps_rollup")
        whole = _kilobytes(f"/proc/{pid}/status")
        return 1_024 * (shares["Pss"] + max(0, whole["VmHWM"] - whole["VmRSS"]))
    except (OSError, KeyError):
        return None


def _kilobytes(path: str) -> dict[str, int]:
    """The lines of a file of /proc that hold kilobytes: VmRSS:  1234 kB."""
    lines = (line.split() for line in Path(path).read_text().splitlines())
    return {
        line[0].rstrip(":"): int(line[1]) for line in lines if len(line) == 3 and line[2] == "kB"
    }
