"""How many files and connections a process of this system may hold open at once.

Standard library only: a trial's child makes room for itself.
"""

import resource

# What a process holds open besides: its own streams, an event loop, libraries being loaded.
SPARE = 64


def most_at_once() -> int | None:
    """How many connections a process may come to hold; None where there is no limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if hard == resource.RLIM_INFINITY else max(0, hard - SPARE)


def make_room(connections: int) -> None:
    """Let this process, and those it starts, hold so many connections, or all that it may.

    Systems start programs with a low limit that each may raise for itself: 256 or 1,024.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + SPARE
    if hard != resource.RLIM_INFINITY:
        needed = min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
