"""How long this thread was ready and had no CPU, because others had them all.

Time in which it waits for something is not that: where machines are shared, both look alike by the
clock alone. Standard library only.
"""


def starved() -> float:
    """Seconds that this thread has waited for a CPU so far; 0 where the system does not tell."""
    try:
        with open("/proc/thread-self/schedstat", "rb") as told:  # noqa: PTH123  it is quicker
            return int(told.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0
