"""The Pythons on this machine: found by themselves, each asked once what it is.

    own, named ones, PATH, uv's and pyenv's folders ──► paths ──ask──► answers ──► Interpreters

An interpreter is asked in a process of its own, with a deadline; answers are kept in a file with
the time stamp of the program, so that the next start asks nobody. A free-threaded build stands for
two: without its GIL and with it.
"""

import functools
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from bench.errors import SHORT_OF, Unavailable, machine_refused
from bench.measure.processes.groups import told_by
from bench.measure.processes.running import ROOT
from bench.workloads import no_packages

OLDEST = (3, 11)

_NAME = re.compile(r"python3\.\d+t?")

# How long an interpreter may take to say what it is, in seconds.
ANSWER = 10.0

NO_PYTHON = "It does not start, or is no Python 3."

# What is asked, in words that every Python 3 understands.
QUESTION = """
import json, os, platform, sys
answer = {
    "path": sys.executable,
    "program": os.path.realpath(sys.executable),
    "version": platform.python_version(),
    "implementation": platform.python_implementation(),
    "compiler": platform.python_compiler(),
    "free_threaded": "free-threading" in sys.version,
}
if sys.version_info >= (3, 11):
    sys.path.insert(0, sys.argv[1])
    from bench.executors import all_executors
    from bench.measure.child.build import build
    from bench.workloads import all_workloads
    answer["build"] = build()
    answer["executors"] = {name: one.missing() for name, one in all_executors().items()}
    answer["workloads"] = {name: one.missing() for name, one in all_workloads().items()}
print(json.dumps(answer))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that trials may run on, or the reason why they cannot.

    `name` is short and unique on this machine: 3.13, 3.14t, 3.14t+gil. `executors` and `workloads`
    say of each why it cannot run there, in one sentence, or None if it can. `path` is its own
    word for where it is, `named` the path that it was found by. `build` says whether it is a
    debug build, and whether it was optimised by a profile (pgo) and at link time (lto).
    """

    name: str
    path: str
    version: str = ""
    implementation: str = ""
    compiler: str = ""
    gil: bool = True
    free_threaded: bool = False
    executors: Mapping[str, str | None] = field(default_factory=dict)
    workloads: Mapping[str, str | None] = field(default_factory=dict)
    problem: str = ""
    named: str = ""
    build: Mapping[str, bool | None] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Implementation, version and GIL in words."""
        gil = "with the GIL" if self.gil else "without the GIL"
        return f"{self.implementation} {self.version} {gil}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What its processes need in their environment."""
        return {"PYTHON_GIL": "1" if self.gil else "0"} if self.free_threaded else {}

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "label": self.label if self.version else "",
            "path": self.path,
            "version": self.version,
            "implementation": self.implementation,
            "gil": self.gil,
            "free_threaded": self.free_threaded,
            "build": dict(self.build),
            "executors": dict(self.executors),
            "workloads": dict(self.workloads),
            "missing": self.problem or None,
        }


Answer = Mapping[str, Any]

# Which of the packages that follow it has not.
LACKING = """
import sys
from importlib.util import find_spec
print(*(name for name in sys.argv[1:] if find_spec(name) is None))
"""


@functools.lru_cache
def lacking(path: str, packages: tuple[str, ...]) -> str | None:
    """What an interpreter lacks of some packages, in one sentence; None if nothing is known of."""
    if not packages:
        return None
    with suppress(OSError, subprocess.SubprocessError):
        told = told_by([path, "-P", "-c", LACKING, *packages], ANSWER)
        return no_packages(told.decode().split())
    return None


def find_interpreters(named: Sequence[str] = (), kept: Path | None = None) -> list[Interpreter]:
    """This interpreter first, then the named ones, then what else is on this machine, by version.

    `named` are paths; answers are kept in the file `kept`.
    """
    paths = list(dict.fromkeys([sys.executable, *named, *_paths()]))
    answers = _answers(paths, kept)
    programs: set[str] = set()
    names: set[str] = set()
    found: list[Interpreter] = []
    ahead = 1 + len(named)
    order = sorted(range(len(paths)), key=lambda at: (min(at, ahead), _version(answers[at])))
    for at in order:
        answer = answers[at]
        program = str(answer.get("program", paths[at]))
        # One program reached by several names is one interpreter, unless it was named.
        if at >= ahead and (program in programs or "problem" in answer):
            continue
        programs.add(program)
        found += _interpreters(paths[at], answer, names)
    return found


def _interpreters(path: str, answer: Answer, names: set[str]) -> Iterator[Interpreter]:
    """The one or two interpreters behind a path, under names that are not taken yet."""
    problem = str(answer.get("problem", ""))
    version = str(answer.get("version", ""))
    if problem:
        yield Interpreter(_free(Path(path).name, path, names), path, problem=problem, named=path)
        return
    free_threaded = bool(answer["free_threaded"])
    if _version(answer) < OLDEST:
        problem = f"Python {version} is older than {OLDEST[0]}.{OLDEST[1]}."
    short = ".".join(version.split(".")[:2])
    name = _free(short + "t" * free_threaded, version + "t" * free_threaded, names)
    for gil in (False, True) if free_threaded else (True,):
        yield Interpreter(
            name=f"{name}+gil" if free_threaded and gil else name,
            path=str(answer["path"]),
            version=version,
            implementation=str(answer["implementation"]),
            compiler=str(answer["compiler"]),
            gil=gil,
            free_threaded=free_threaded,
            executors=answer.get("executors", {}),
            workloads=answer.get("workloads", {}),
            problem=problem,
            named=path,
            build=answer.get("build", {}),
        )


def _free(short: str, long: str, names: set[str]) -> str:
    """The short name, else the long one, else the long one with a number; now taken."""
    tries = itertools.chain([short, long], (f"{long} ({again})" for again in itertools.count(2)))
    name = next(name for name in tries if name not in names)
    names.add(name)
    return name


def _version(answer: Answer) -> tuple[int, ...]:
    numbers = re.findall(r"\d+", str(answer.get("version", "")))
    return tuple(int(number) for number in numbers[:3])


def _paths() -> Iterator[str]:
    """Programs called python3.X or python3.Xt on PATH and in uv's and pyenv's folders."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    uv = Path(
        os.environ.get("UV_PYTHON_INSTALL_DIR", user_data_path("uv", appauthor=False) / "python")
    )
    on_path = [Path(folder) for folder in os.get_exec_path() if folder]
    # A shim of pyenv's stands for whichever version is chosen, or for none.
    folders = [folder for folder in on_path if folder != pyenv / "shims"]
    folders += [*sorted(pyenv.glob("versions/*/bin")), *sorted(uv.glob("*/bin"))]
    for folder in folders:
        with suppress(OSError):
            for program in sorted(folder.iterdir()):
                if _NAME.fullmatch(program.name) and os.access(program, os.X_OK):
                    yield str(program)


def _answers(paths: Sequence[str], kept: Path | None) -> list[Answer]:
    """Each path's answer: the kept one if its program has not changed since, else a new one."""
    old = _read(kept)
    stamps = {path: _stamp(path) for path in paths}
    new = [path for path in paths if old.get(path, {}).get("stamp") != stamps[path]]
    with ThreadPoolExecutor(4) as pool:
        asked = dict(zip(new, pool.map(_ask, new), strict=True))
    answers = {
        path: {**asked[path], "stamp": stamps[path]} if path in asked else old[path]
        for path in paths
    }
    if new and kept:
        _write(kept, answers)
    return [answers[path] for path in paths]


def _stamp(path: str) -> list[int]:
    """What changes if a program is replaced or gets packages, or the lab asks for more."""
    program = Path(path)
    changing = [
        program,
        Path(__file__),
        *sorted(program.parent.parent.glob("lib/python3*/site-packages")),
        *sorted(ROOT.glob("bench/executors/*.py")),
        *sorted(ROOT.glob("bench/workloads/*.py")),
    ]
    return [one.stat().st_mtime_ns for one in changing if one.exists()]


def _ask(path: str) -> Answer:
    try:
        answer = json.loads(told_by([path, "-c", QUESTION, str(ROOT)], ANSWER))
    except subprocess.TimeoutExpired:
        return {"problem": f"It did not say what it is within {ANSWER:g} s."}
    except OSError as error:
        if error.errno in SHORT_OF:  # no word on the interpreter, and none to be kept
            raise Unavailable(machine_refused(error)) from error
        return {"problem": NO_PYTHON}
    except (subprocess.CalledProcessError, ValueError):
        return {"problem": NO_PYTHON}
    return answer if isinstance(answer, dict) else {"problem": "It is no Python 3."}


def _read(kept: Path | None) -> dict[str, Any]:
    try:
        read = json.loads(kept.read_text()) if kept else {}
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _write(kept: Path, answers: Mapping[str, Answer]) -> None:
    # Two processes may do this at once: each writes a file of its own and puts it in the place.
    own = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        own.write_text(json.dumps(answers))
        own.replace(kept)
