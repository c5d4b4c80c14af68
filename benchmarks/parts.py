"""The parts, each a module with one question, imported when asked for."""

import importlib
from collections.abc import Callable, Iterator, Sequence

from bench.errors import Refused
from bench.forms import choice_of
from benchmarks.rows import Row
from benchmarks.session import Session

# Whether the numbers are true and what measuring costs; what the app and its advice are like; and
# what takes too long to be with either.
GROUPS = {
    "numbers": (
        "dispatch",
        "byhand",
        "waiting",
        "fidelity",
        "steadiness",
        "burner",
        "same",
        "truth",
        "cost",
        "peers",
    ),
    "app": ("history", "pages", "viewers", "shares", "abuse", "advise"),
    "long": ("soak",),
}

PARTS = tuple(part for parts in GROUPS.values() for part in parts)

Part = Callable[[Session], Iterator[Row]]


def parts_of(names: Sequence[str]) -> list[str]:
    """The parts that names of parts and groups stand for, each once. Raises Refused."""
    parts = [part for name in names for part in GROUPS.get(name, (name,))]
    for part in parts:
        find_part(part)
    return list(dict.fromkeys(parts))


def find_part(name: str) -> Part:
    """What measures the part of that name. Raises Refused."""
    if name not in PARTS:
        raise Refused("part", name, choice_of([*GROUPS, *PARTS]))
    part: Part = importlib.import_module(f"benchmarks.{name}").rows
    return part


def about(name: str) -> str:
    """A part's question: the first line of its module's docstring."""
    module = importlib.import_module(f"benchmarks.{name}")
    return (module.__doc__ or "").partition("\n")[0]
