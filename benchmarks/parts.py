"""The parts, each a module with one question, imported when asked for."""

import importlib
from collections.abc import Callable, Iterator

from bench.errors import Refused
from bench.forms import choice_of
from benchmarks.rows import Row
from benchmarks.session import Session

PARTS = (
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
    "history",
    "viewers",
    "shares",
    "advise",
)

# Those that take too long to be among all, and are measured where they are named.
NAMED = ("soak",)

Part = Callable[[Session], Iterator[Row]]


def find_part(name: str) -> Part:
    """What measures the part of that name. Raises Refused."""
    if name not in (*PARTS, *NAMED):
        raise Refused("part", name, choice_of([*PARTS, *NAMED]))
    part: Part = importlib.import_module(f"benchmarks.{name}").rows
    return part


def about(name: str) -> str:
    """A part's question: the first line of its module's docstring."""
    module = importlib.import_module(f"benchmarks.{name}")
    return (module.__doc__ or "").partition("\n")[0]
