"""The control groups that hold for this process: their folders, below a root.

A limit of any group on the way up holds, so the least of them counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measure.host.told import number

# A limit of 2 to the power of 60 and more is version 1's way to say that there is none.
_NO_LIMIT = 2**60


@dataclass(frozen=True)
class Group:
    """A group's folder, and the version (1 or 2) of the tree that it is in."""

    folder: Path
    version: int


def groups(controller: str, root: Path) -> Iterator[Group]:
    """This process's group for a controller and all above it, in version 2's tree and 1's."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    top = root / "sys/fs/cgroup"
    for line in lines:
        if line.count(":") < 2:
            continue
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            version, tops = 2, [top, top / "unified"]
        elif controller in controllers.split(","):
            version, tops = 1, [top / controller, top / controllers]
        else:
            continue
        inner = Path(path.lstrip("/"))
        for tree in dict.fromkeys(tops):
            for above in (inner, *inner.parents):
                yield Group(tree / above, version)


def memory_limits(root: Path) -> Iterator[tuple[Group, int]]:
    """The groups that limit this process's memory, each with its limit in bytes."""
    for group in groups("memory", root):
        file = "memory.max" if group.version == 2 else "memory.limit_in_bytes"
        limit = number(group.folder / file)
        if limit is not None and limit < _NO_LIMIT:
            yield group, limit
