"""How many CPUs this process may really use: the least of affinity and cgroup quota.

The plain CPU count over-counts wherever a container has a quota or a process is pinned.
"""

import math
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cpus:
    """Logical CPUs of the host, those of this process's affinity, and the cgroup quota in CPUs."""

    logical: int
    affinity: int
    quota: float | None

    @property
    def usable(self) -> int:
        """The least of affinity and quota, the quota rounded up; at least one."""
        quota = self.affinity if self.quota is None else math.ceil(self.quota)
        return max(1, min(self.affinity, quota))


def cpus(root: Path = Path("/")) -> Cpus:
    """What this process may use, read below `root` (another root serves the tests)."""
    logical = os.cpu_count() or 1
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else logical
    return Cpus(logical, affinity, quota(root))


def quota(root: Path) -> float | None:
    """The cgroup's quota in CPUs, the least on the way up to its root; None if there is none."""
    found = [limit for folder in _cgroups(root) if (limit := _quota_of(folder)) is not None]
    return min(found, default=None)


def throttle_file(root: Path = Path("/")) -> str:
    """The cpu.stat of the nearest cgroup that has a quota; empty if there is none."""
    limited = [folder for folder in _cgroups(root) if _quota_of(folder) is not None]
    files = [folder / "cpu.stat" for folder in limited if (folder / "cpu.stat").exists()]
    return str(files[0]) if files else ""


def _cgroups(root: Path) -> list[Path]:
    """The folders of this process's cgroup and of all above it, for version 2 and 1."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return []
    folders = []
    for line in lines:
        if line.count(":") < 2:
            continue
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            tops = [root / "sys/fs/cgroup", root / "sys/fs/cgroup/unified"]
        elif "cpu" in controllers.split(","):
            tops = [root / "sys/fs/cgroup/cpu", root / "sys/fs/cgroup/cpu,cpuacct"]
        else:
            continue
        inner = Path(path.lstrip("/"))
        folders += [top / above for top in tops for above in (inner, *inner.parents)]
    return folders


def _quota_of(folder: Path) -> float | None:
    try:
        if (folder / "cpu.max").exists():
            limit, period = (folder / "cpu.max").read_text().split()
        else:
            limit = (folder / "cpu.cfs_quota_us").read_text().strip()
            period = (folder / "cpu.cfs_period_us").read_text().strip()
        return None if limit in ("max", "-1") else int(limit) / int(period)
    except (OSError, ValueError, ZeroDivisionError):
        return None
