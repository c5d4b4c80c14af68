"""How many CPUs measuring may really use: the least of affinity and cgroup quota.

The plain CPU count over-counts wherever a container has a quota or a process is pinned.
"""

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measure.child.affinity import my_cpus
from bench.measure.host.cgroups import Group, groups


@dataclass(frozen=True)
class Cpus:
    """Logical CPUs of the host, those of the affinity, and the cgroup quota in CPUs.

    `cgroup` is the version of the control groups that set the quota.
    """

    logical: int
    affinity: int
    quota: float | None
    cgroup: int | None = None

    @property
    def usable(self) -> int:
        """The least of affinity and quota, the quota rounded up; at least one."""
        quota = self.affinity if self.quota is None else math.ceil(self.quota)
        return max(1, min(self.affinity, quota))


def cpus(root: Path = Path("/")) -> Cpus:
    """What measuring may use, read below `root` (another root serves the tests)."""
    logical = os.cpu_count() or 1
    affinity = len(my_cpus())
    limit, group = min(_quotas(root), key=lambda pair: pair[0], default=(None, None))
    return Cpus(logical, affinity, limit, group.version if group else None)


def quota(root: Path) -> float | None:
    """The cgroup's quota in CPUs, the least on the way up to its root; None if there is none."""
    return min((limit for limit, _ in _quotas(root)), default=None)


def throttle_file(root: Path = Path("/")) -> str:
    """The cpu.stat of the nearest cgroup that has a quota; empty if there is none."""
    files = [group.folder / "cpu.stat" for _, group in _quotas(root)]
    return next((str(file) for file in files if file.exists()), "")


def _quotas(root: Path) -> Iterator[tuple[float, Group]]:
    for group in groups("cpu", root):
        if (limit := _quota_of(group.folder)) is not None:
            yield limit, group


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
