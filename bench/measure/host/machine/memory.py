"""Memory and swap, and what else there is room for: disk, shared memory, files, processes."""

import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.machine import Memory, Room
from bench.measure.host.cgroups import groups, memory_limits
from bench.measure.host.told import ROOT, number, text


def memory(root: Path = ROOT) -> Memory:
    """Bytes of memory and swap: as /proc tells them, else as psutil does."""
    total, available, swap, swap_free = _meminfo(root) or _by_psutil()
    limits = list(_limits(root))
    return Memory(
        total=total,
        available=max(0, min([available, *(limit - used for limit, used in limits)])),
        limit=min((limit for limit, _ in limits), default=None),
        swap=swap,
        swap_used=swap - swap_free,
    )


def room(data: Path, root: Path = ROOT) -> Room:
    """What there is room for, with the data folder on its disk, be it there or not."""
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    shared = root / "dev/shm"
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Room(
        disk_free=shutil.disk_usage(place).free,
        shared=shutil.disk_usage(shared).total if shared.is_dir() else None,
        open_files=_bound(soft),
        most_open_files=_bound(hard),
        processes=min(_processes(root), default=None),
    )


def _meminfo(root: Path) -> tuple[int, int, int, int] | None:
    lines = (text(root / "proc/meminfo") or "").splitlines()
    words = {line.partition(":")[0]: line.split() for line in lines}
    try:
        total, available, swap, swap_free = (
            int(words[name][1]) * 1024
            for name in ("MemTotal", "MemAvailable", "SwapTotal", "SwapFree")
        )
    except (KeyError, IndexError, ValueError):
        return None
    return total, available, swap, swap_free


def _by_psutil() -> tuple[int, int, int, int]:
    main, swap = psutil.virtual_memory(), psutil.swap_memory()
    return main.total, main.available, swap.total, swap.free


def _limits(root: Path) -> Iterator[tuple[int, int]]:
    """Each limit that holds for this process, with what is used of it and cannot be given back."""
    for group, limit in memory_limits(root):
        second = group.version == 2
        used = number(group.folder / ("memory.current" if second else "memory.usage_in_bytes"))
        spare = _counted(group.folder / "memory.stat", "" if second else "total_")
        yield limit, max(0, (used or 0) - spare)


def _counted(file: Path, prefix: str) -> int:
    """The bytes of files that the kernel keeps in memory as long as nobody needs it."""
    for line in (text(file) or "").splitlines():
        name, _, count = line.partition(" ")
        if name == f"{prefix}inactive_file" and count.isdigit():
            return int(count)
    return 0


def _processes(root: Path) -> Iterator[int]:
    """The limits on processes and threads. The one of the user does not hold for root."""
    soft = _bound(resource.getrlimit(resource.RLIMIT_NPROC)[0])
    if soft is not None and os.geteuid() != 0:
        yield soft
    for group in groups("pids", root):
        limit = number(group.folder / "pids.max")
        if limit is not None:
            yield limit


def _bound(limit: int) -> int | None:
    return None if limit == resource.RLIM_INFINITY else limit
