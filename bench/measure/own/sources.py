"""Finding the operator's own work: a module's name, or the path of a file, as it was written.

    mine.py ──────► the file, its module `mine`, and the folder to import it from
    my.module ────► the same, found on PYTHONPATH or below the current folder

Nothing is imported here.
"""

import keyword
import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import invalidate_caches
from importlib.machinery import PathFinder
from pathlib import Path

from bench.errors import Refused
from bench.measure.processes.running import ROOT

FIELD = "own work"


@dataclass(frozen=True)
class Place:
    """Where own work is: the module to import, its file, and what people call it.

    `folder` must be on the PYTHONPATH of whoever imports it; None for what is installed.
    """

    label: str
    module: str
    file: str
    folder: str | None

    @property
    def folders(self) -> tuple[str, ...]:
        return (self.folder,) if self.folder else ()


def place_of(text: str) -> Place:
    """The place that a module's name or a file's path stands for. Raises Refused."""
    try:
        return _of_file(text) if text.endswith(".py") or os.sep in text else _of_module(text)
    except OSError as error:
        bound = f"in a folder that can be read ({error.strerror})"
        raise Refused(FIELD, text, bound) from error


def function_in(text: str) -> tuple[Place, str]:
    """The place and the name that `mine.py:resize` or `my.module:resize` stands for."""
    where, _, name = text.rpartition(":")
    if not where or not name.isidentifier():
        raise Refused(FIELD, text, "a file or module and a name in it", "such as mine.py:resize")
    return place_of(where), name


def stamp(files: Iterable[str]) -> tuple[object, ...]:
    """What changes when one of these files, or what is installed, does."""
    return tuple(map(_changing, (*files, sysconfig.get_path("purelib"))))


def _changing(file: str) -> tuple[int, int] | None:
    try:
        status = os.stat(file)  # noqa: PTH116  asked for whenever a page is drawn
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _of_file(text: str) -> Place:
    file = Path(text).expanduser()
    file = file.parent.resolve() / file.name  # as its importer will call it
    if not file.is_file() or file.suffix != ".py":
        raise Refused(FIELD, text, "a Python file that is there", "check its path")
    # A file of a package is a module of that package, which may import its neighbours.
    names, folder = [file.stem], file.parent
    while (folder / "__init__.py").exists():
        names.insert(0, folder.name)
        folder = folder.parent
    if file.stem == "__init__":
        names.pop()
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name):
            raise Refused(
                FIELD, text, "a file whose name is one for Python", "rename it, as in my_work.py"
            )
    _check_free(text, names[0], folder)
    return Place(file.name, ".".join(names), str(file), str(folder))


def _of_module(text: str) -> Place:
    names = text.split(".")
    if not all(name.isidentifier() for name in names):
        raise Refused(FIELD, text, "a module's name or a file's path", "such as mine.py")
    file = _found(text)
    if file is None:
        raise Refused(
            FIELD,
            text,
            "a module that Python finds",
            "set PYTHONPATH to the folder that it is in, or give the path of its file",
        )
    if _installed(file):
        return Place(text, text, str(file), None)
    depth = len(names) + (file.name == "__init__.py")
    folder = file.parents[depth - 1]
    _check_free(text, names[0], folder)
    return Place(text, text, str(file), str(folder))


def _found(module: str) -> Path | None:
    """The file of a module, looked for as an import from the current folder would."""
    invalidate_caches()
    path: Sequence[str] | None = [str(Path(one).resolve()) for one in (".", *sys.path)]
    names = module.split(".")
    for depth in range(len(names)):
        spec = PathFinder.find_spec(".".join(names[: depth + 1]), path)
        if spec is None:
            return None
        path = spec.submodule_search_locations
    origin = Path(spec.origin or "") if spec else Path()
    return origin if origin.suffix == ".py" else None


def _installed(file: Path) -> bool:
    """Whether a file is of this Python or of what was installed into it."""
    paths = sysconfig.get_paths()
    return any(file.is_relative_to(paths[name]) for name in ("stdlib", "purelib", "platlib"))


def _check_free(text: str, name: str, folder: Path) -> None:
    """Raises Refused if what stands in that folder would hide what others import."""
    if name == "bench" or name in sys.stdlib_module_names or _is_installed(name):
        raise Refused(FIELD, text, "a module whose name is not taken", f"rename {name}")
    with os.scandir(folder) as entries:
        names = {Path(entry.name).stem for entry in entries if _is_module(entry)}
    theirs = sys.stdlib_module_names if folder == ROOT else {*sys.stdlib_module_names, "bench"}
    if hiding := sorted(names & theirs):
        bound = f"in a folder that hides nothing from others, and there is a {hiding[0]}"
        raise Refused(FIELD, text, bound, "rename that one, or put your work into another folder")


def _is_module(entry: "os.DirEntry[str]") -> bool:
    return entry.name.endswith(".py") or Path(entry.path, "__init__.py").exists()


def _is_installed(name: str) -> bool:
    found = PathFinder.find_spec(name, [sysconfig.get_path("purelib")])
    return found is not None and found.origin is not None
