"""The CPUs that measuring may use. Standard library only, as trials use it."""

import os
from collections.abc import Collection

# Where this process keeps to other CPUs than those that it starts measurements on: the latter.
_measuring: frozenset[int] = frozenset()


def my_cpus() -> set[int]:
    """The numbers of the CPUs that what this process measures may run on."""
    if _measuring:
        return set(_measuring)
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def measure_on(cpus: Collection[int]) -> None:
    """Let it be known that measurements run on these CPUs, whatever this process keeps to."""
    global _measuring
    _measuring = frozenset(cpus)
