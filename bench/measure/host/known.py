"""The interpreters that this process knows: its own at once, the others when they are asked for."""

import platform
import sys
from collections.abc import Callable, Mapping, Sequence

from bench.errors import Refused, Unavailable
from bench.forms import choice_of
from bench.measure.child.build import build
from bench.measure.child.gil import gil_enabled
from bench.measure.host.interpreters import Interpreter, find_interpreters
from bench.plan import this_interpreter
from bench.settings import settings

_known: dict[tuple[str, ...], dict[str, Interpreter]] = {}


def known_interpreters(named: Sequence[str] = ()) -> Mapping[str, Interpreter]:
    """The interpreters by name, those of the operator's setting among them; found once a process.

    `named` are paths of more.
    """
    here = settings()
    paths = (*here.pythons, *named)
    if paths not in _known:
        found = find_interpreters(paths, here.data / "interpreters.json")
        _known[paths] = {interpreter.name: interpreter for interpreter in found}
    return _known[paths]


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
