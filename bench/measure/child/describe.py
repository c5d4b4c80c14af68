"""The child that tells what the operator's own work is, so that nobody else need import it.

While a module is imported the line that is being run is noted, so that even what ends the process
at once is told with its line. Standard library only.
"""

import importlib
import inspect
import itertools
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType, ModuleType
from typing import Any

from bench.errors import Broken
from bench.measure.child.answering import answer, note, opened_note
from bench.measure.processes.frames import is_own
from bench.workloads import FAMILIES, Workload, all_workloads, defined_at, title_of

# So many lines are noted; a module that runs more of them while it is imported goes on unnoted.
MOST_LINES = 1_000_000

# A change in one of so many files is noticed.
MOST_FILES = 500

# A title and a text are shown up to so many characters.
MOST_TITLE, MOST_ABOUT = 100, 1_000


def described(request: Mapping[str, Any]) -> dict[str, Any]:
    """What a module registers, or a task and items that are named. Raises what an import raises."""
    module = imported(request["module"], request["file"])
    if "task" in request:
        home = imported(request["items_module"], request["items_file"])
        works = [function(module, request["task"])]
        check_items(home, request["items"])
    else:
        ours = [name for names in FAMILIES.values() for name in names]
        works = [registered(one) for one in all_workloads().values() if one.name not in ours]
    files = itertools.islice(own_files(request["file"]), MOST_FILES)
    return {"event": "described", "workloads": works, "files": list(files)}


def imported(module: str, file: str) -> ModuleType:
    """The module, with each of its file's lines noted before it is run."""
    with lines_noted(file):
        return importlib.import_module(module)


@contextmanager
def lines_noted(file: str) -> Iterator[None]:
    note(file, 1, "<module>")
    descriptor = opened_note()
    left = MOST_LINES

    def in_file(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if event == "line" and descriptor is not None:
            left -= 1
            with suppress(OSError):  # it may have been closed under our hands
                os.pwrite(descriptor, b"%-9d" % frame.f_lineno, 0)
        return in_file if left > 0 else None

    def called(frame: FrameType, _: str, __: object) -> Any:
        return in_file if frame.f_code.co_filename == file and left > 0 else None

    before = sys.gettrace()
    sys.settrace(called)
    try:
        yield
    finally:
        sys.settrace(before)
        if descriptor is not None:
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
                os.close(descriptor)


def registered(workload: Workload) -> dict[str, Any]:
    """A workload in plain data, but for what it computes."""
    file, line = defined_at(workload.build)
    return {
        "name": workload.name,
        "title": workload.title[:MOST_TITLE],
        "about": workload.about[:MOST_ABOUT],
        "kind": workload.kind,
        "form": [field.as_json() for field in workload.form],
        "presets": {name: dict(values) for name, values in workload.presets.items()},
        "packages": list(workload.packages),
        "resources": list(workload.resources),
        "staged": workload.staged,
        "environment": dict(workload.environment),
        "file": file,
        "line": line,
    }


def function(module: ModuleType, name: str) -> dict[str, Any]:
    """A task of its own as a workload without parameters. Raises Broken if there is none."""
    task = found(module, name)
    if not callable(task):
        raise Broken(f"{name} is of type {type(task).__name__}: it must be a function of one item.")
    file, line = defined_at(task)
    title, about = title_of(task) if inspect.getdoc(task) else (name, "")
    return {
        "name": name,
        "title": title[:MOST_TITLE],
        "about": about[:MOST_ABOUT],
        "kind": "io" if inspect.iscoroutinefunction(task) else "cpu",
        "file": file or module.__file__,
        "line": line or 1,
    }


def check_items(module: ModuleType, name: str) -> None:
    """Raises Broken unless items go by that name: any iterable, or a function that gives one."""
    given = found(module, name)
    if callable(given):
        try:
            inspect.signature(given).bind()
        except TypeError as error:
            raise Broken(f"{name} gives items, but asks for something ({error}).") from error
    elif not hasattr(given, "__iter__") and not hasattr(given, "__getitem__"):
        kind = type(given).__name__
        raise Broken(f"{name} is of type {kind}: it must be a list, or a function that gives one.")


def found(module: ModuleType, name: str) -> Any:
    """What a module calls by that name. Raises Broken."""
    if not hasattr(module, name):
        here = vars(module).items()
        names = [one for one, of in here if not (one.startswith("_") or isinstance(of, ModuleType))]
        raise Broken(f"there is no {name}: there is {', '.join(names) or 'nothing'}.")
    return getattr(module, name)


def own_files(source: str) -> Iterator[str]:
    """The files that were imported and may change: the operator's own."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and is_own(file, source):
            yield file


def main() -> int:
    """Answer one request; the exit code is 0 unless the channel itself failed."""
    return answer(described)


if __name__ == "__main__":
    sys.exit(main())
