"""What work must leave as it was: its items and, from pass to pass, its module's variables.

A task that changes its items does other work in each later pass, and so do processes that have
copies of their own: its times would lie. What is compared is data, as much of it as is soon looked
at, and none of the work's own code is run for it. Standard library only.
"""

import marshal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

from bench.answers import first_difference
from bench.errors import Broken
from bench.measure.child.owned import function_of
from bench.work import Work

# How long items, or variables, are looked at, in seconds; and how far into one of them.
SECONDS = 0.5
DEEPEST, MOST_PARTS = 8, 5_000

# Of a long buffer its ends are looked at, so many bytes of each.
END = 65_536

CONTAINERS = (list, tuple, dict, set, frozenset)

# Nobody can change these.
FIXED = (int, float, complex, str, bytes, bool, type(None), range)


class Watch:
    """Items and variables as they were before the first pass."""

    def __init__(self, work: Work[Any, Any]) -> None:
        self._items = work.items
        self._module = sys.modules.get(getattr(function_of(work.task), "__module__", ""))
        self._prints = prints(work.items)
        self._variables = variables(self._module)

    def check_items(self) -> None:
        """Raises Broken for an item that is not what it was."""
        for place, (was, is_) in enumerate(zip(self._prints, prints(self._items), strict=False)):
            if was != is_:
                kind = type(self._items[place]).__name__
                raise Broken(
                    f"the task changes its items: items[{place}], of type {kind}, is not what it "
                    "was, and later passes would do other work; let it change a copy."
                )

    def changed(self) -> list[str]:
        """The names of variables that are not what they were."""
        now = variables(self._module)
        return [name for name, was in self._variables.items() if now.get(name, was) != was]


def differing(
    first: Sequence[Any], last: Sequence[Any], answers: Sequence[str], changed: Sequence[str]
) -> Broken:
    """Two passes gave different answers: in which item, and because of what, if that is seen."""
    found = first_difference(first, last)
    where = f": items[{found[0]}] gave {found[1]} first and {found[2]} then" if found else ""
    why = f", as {' and '.join(changed)} changed" if changed else ""
    return Broken(
        f"two passes over the same items gave different answers, {answers[0]} and {answers[1]}"
        f"{where}. The task, or reduce, keeps or changes something{why}."
    )


def prints(items: Sequence[Any]) -> list[int]:
    """A fingerprint of each item, until time is up."""
    until = time.monotonic() + SECONDS
    found: list[int] = []
    for item in () if isinstance(items, range) else items:
        if time.monotonic() > until:
            break
        found.append(0 if type(item) in FIXED else fingerprint(item))
    return found


def variables(module: ModuleType | None) -> dict[str, int]:
    """A fingerprint of each of a module's variables and of its classes', until time is up."""
    until = time.monotonic() + SECONDS
    found: dict[str, int] = {}
    for name, value in _data_of(module) if module else ():
        if time.monotonic() > until:
            break
        found[name] = fingerprint(value)
    return found


def _data_of(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, value in list(vars(module).items()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield from ((f"{name}.{one}", held) for one, held in _data(vars(value)))
        else:
            yield from _data({name: value})


def _data(names: Any) -> Iterator[tuple[str, object]]:
    for name, value in names.items():
        plain = not callable(value) and not isinstance(value, ModuleType | property | classmethod)
        if plain and not name.startswith("__"):
            yield name, value


def fingerprint(value: Any) -> int:
    """A number that is another one, but for chance, once the value's data has changed."""
    return _print(value, DEEPEST, [MOST_PARTS])


def _print(value: Any, deep: int, left: list[int]) -> int:
    left[0] -= 1
    if deep < 0 or left[0] < 0:
        return 0
    if type(value) not in (*FIXED, *CONTAINERS) and (ends := _ends(value)) is not None:
        return ends
    with suppress(ValueError):  # for what is no plain data
        return hash(marshal.dumps(value, 2))  # no version that tells who else holds it
    return hash((type(value), *(_print(part, deep - 1, left) for part in _parts(value))))


def _ends(value: Any) -> int | None:
    """The ends of a buffer: an array may be longer than anyone wants to look at."""
    try:
        view = memoryview(value).cast("B")
    except (TypeError, ValueError, BufferError):
        return None
    return hash((len(view), bytes(view[:END]), bytes(view[-END:])))


def _parts(value: Any) -> Iterator[object]:
    """What a container or an object holds; nothing of what is neither."""
    if isinstance(value, dict):
        yield from dict.keys(value)
        yield from dict.values(value)
    elif isinstance(value, list):
        yield from list.__iter__(value)
    elif isinstance(value, tuple):
        yield from tuple.__iter__(value)
    elif isinstance(value, set):
        yield from set.__iter__(value)
    if not isinstance(value, type | ModuleType):
        for kind in type(value).__mro__:
            slots = kind.__dict__.get("__slots__", ())
            for name in [slots] if isinstance(slots, str) else slots:
                if name not in ("__dict__", "__weakref__"):
                    yield getattr(value, name, None)
        yield from getattr(value, "__dict__", {}).items()
