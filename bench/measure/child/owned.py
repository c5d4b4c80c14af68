"""Work of the operator's own, in its trial's child: found by name, and made fit to be measured.

Standard library only.
"""

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.errors import Broken
from bench.measure.child.answering import note
from bench.work import Staged, Work
from bench.workloads import Workload, defined_at, find_workload

# No more items than that are taken, and no more bytes of what is made one by one.
MOST_ITEMS = 1_000_000
MOST_BYTES = 2**31


def find(names: Mapping[str, str]) -> Workload:
    """The workload that a module registers; or one made of a task and items, each by its name."""
    module = importlib.import_module(names["module"])
    if "task" not in names:
        return find_workload(names["workload"])

    def build(**_: object) -> Work[Any, Any]:
        home = importlib.import_module(names["items_module"])
        given = getattr(home, names["items"])
        note_definition(given, home, names["items"])
        return Work(getattr(module, names["task"]), given() if callable(given) else given)

    return Workload("", "", "", "cpu", build, (), {}, (), ())


def fit(work: Work[Any, Any], workload: Workload) -> Work[Any, Any]:
    """The work with its items in a list, and a task that any executor can run.

    Raises Broken for work that could not be measured.
    """
    items = listed(work.items)
    task, atask = work.task, work.atask
    note_definition(function_of(task))
    if not callable(task):
        raise Broken(f"task is {_kind(task)}: it must be a function of one item.")
    if workload.staged and not isinstance(task, Staged):
        raise Broken("it says staged=True: make its task a bench.Staged.")
    if isinstance(task, Staged) and not workload.staged:
        raise Broken("its task is a bench.Staged: say staged=True in @bench.workload.")
    if atask is not None and not inspect.iscoroutinefunction(atask):
        raise Broken(f"atask is {_kind(atask)}: it must be a function written with async def.")
    if atask is None and inspect.iscoroutinefunction(task):
        from bench.awaited import Awaited  # it takes a while to load

        task, atask = Awaited(task), task
    return replace(work, task=task, items=items, atask=atask)


def listed(given: Iterable[Any]) -> Sequence[Any]:
    """Items as a sequence, taken one by one up to a bound. Raises Broken."""
    if isinstance(given, set | frozenset):
        raise Broken("items are a set, whose order differs between processes: give a list.")
    if not hasattr(given, "__iter__") and not hasattr(given, "__getitem__"):
        raise Broken(f"items are {_kind(given)}: they must be a list, or something like one.")
    items = given if type(given) in (list, tuple, range) else _taken(given)
    assert isinstance(items, Sequence)
    if not items:
        raise Broken("there are no items: give at least one.")
    if len(items) > MOST_ITEMS:
        raise Broken(f"there are {len(items):,} items: give at most {MOST_ITEMS:,}.")
    return items


def _taken(given: Iterable[Any]) -> list[Any]:
    taken: list[Any] = []
    size = 0
    for item in given:
        taken.append(item)
        size += sys.getsizeof(item)
        if len(taken) > MOST_ITEMS or size > MOST_BYTES:
            raise Broken(
                f"items go on after {len(taken) - 1:,} of them, {size / 2**20:,.0f} MiB: "
                f"give at most {MOST_ITEMS:,} and {MOST_BYTES / 2**20:,.0f} MiB."
            )
    return taken


def function_of(task: Any) -> Any:
    """The operator's function in a task: of two stages the second."""
    return getattr(task, "compute", getattr(task, "atask", task))


def note_definition(thing: object, home: ModuleType | None = None, name: str = "") -> None:
    """Note where a function is defined, or a value that a module has by that name."""
    file, line = defined_at(thing)
    if not file and home and home.__file__:
        file, line = home.__file__, assigned_at(Path(home.__file__), name)
    if file:
        note(file, line, getattr(thing, "__name__", name) or "<module>")


def assigned_at(file: Path, name: str) -> int:
    """The line of a file that first assigns to a name; the first line if none is seen to."""
    begins = re.compile(rf"{name}\s*[:=]")
    with suppress(OSError, UnicodeError):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if begins.match(line):
                return number
    return 1


def _kind(thing: object) -> str:
    return f"of type {type(thing).__name__}"
