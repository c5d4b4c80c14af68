"""The interpreters that this process knows: its own at once, the others when they are asked for."""

import platform
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bench.errors import Refused, Unavailable
from bench.forms import choice_of
from bench.measure.child.build import build
from bench.measure.child.gil import gil_enabled
from bench.measure.host.interpreters import Interpreter, find_interpreters
from bench.plan import this_interpreter
from bench.settings import settings

_known: dict[tuple[str, ...], dict[str, Interpreter]] = {}
_asking = threading.Lock()
_asker: threading.Thread | None = None
_starting = threading.Lock()

# How long who does not want to wait does wait for kept answers, in seconds: they are there sooner.
MOMENT = 0.1

# Asking all of them anew takes every CPU for a second: the page that wants to know is drawn first.
LATER = 0.5


def known_interpreters(named: Sequence[str] = ()) -> Mapping[str, Interpreter]:
    """The interpreters by name, those of the operator's setting among them; found once a process.

    `named` are paths of more.
    """
    paths = (*settings().pythons, *named)
    with _asking:
        if paths not in _known:
            found = find_interpreters(paths, _kept())
            _known[paths] = {interpreter.name: interpreter for interpreter in found}
    return _known[paths]


def known_by_now() -> Mapping[str, Interpreter] | None:
    """The interpreters, for who does not want to wait; None while they are being asked."""
    global _asker
    paths = settings().pythons
    if paths not in _known:
        with _starting:
            if _asker is None or not _asker.is_alive():
                _asker = threading.Timer(0.0 if _kept().exists() else LATER, _ask)
                _asker.daemon = True
                _asker.start()
            asker = _asker
        if _kept().exists():
            asker.join(MOMENT)
    return _known.get(paths)


def _kept() -> Path:
    """The file that keeps what interpreters answered."""
    return settings().data / "interpreters.json"


def _ask() -> None:
    with suppress(Unavailable):  # whoever needs the answer asks again, and is told why
        known_interpreters()


# The interpreters there are by name: asked for only where another than this one is named, as it
# takes a while the first time.
Known = Callable[[], Mapping[str, Interpreter]]


def interpreter_of(name: str, known: Known = known_interpreters) -> Interpreter:
    """The interpreter of that name. Raises Unavailable if it is not among those known."""
    if name == this_interpreter():
        return Interpreter(
            name=name,
            path=sys.executable,
            version=platform.python_version(),
            implementation=platform.python_implementation(),
            compiler=platform.python_compiler(),
            gil=gil_enabled(),
            build=build(),
        )
    if name not in known():
        raise Unavailable(f"Python {name} is not on this machine any more: choose another one.")
    return known()[name]


def usable_interpreter(name: object, known: Known) -> str:
    """The name of an interpreter that trials can run on. Raises Refused."""
    if name == this_interpreter():
        return this_interpreter()
    usable = [one.name for one in known().values() if not one.problem]
    if not isinstance(name, str) or name not in known():
        raise Refused("interpreter", name, choice_of(usable))
    if problem := known()[name].problem:
        raise Refused("interpreter", name, choice_of(usable), problem.rstrip("."))
    return name
