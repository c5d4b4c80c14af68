"""How the interpreters were built, and whether one runs without the GIL."""

from collections.abc import Iterator, Sequence

from bench.analysis.doctor.finding import Check, Finding
from bench.analysis.words import joined
from bench.machine import Machine
from bench.measure.host.interpreters import Interpreter


def _debug(machine: Machine) -> Iterator[Finding]:
    builds = [python for python in _usable(machine) if python.build.get("debug")]
    if builds:
        what = "is a debug build" if len(builds) == 1 else "are debug builds"
        yield Finding(
            "debug-build",
            "hurts",
            f"{_named(builds)} {what}: work takes several times as long there, and not all work by "
            "the same factor.",
            "Choose another interpreter, or build it without --with-pydebug.",
        )


def _unoptimised(machine: Machine) -> Iterator[Finding]:
    builds = [
        python
        for python in _usable(machine)
        if python.build.get("pgo") is False and not python.build.get("debug")
    ]
    if builds:
        what = "was" if len(builds) == 1 else "were"
        yield Finding(
            "unoptimised-build",
            "worth knowing",
            f"{_named(builds)} {what} built without optimisation by a profile (PGO): times are "
            "longer than with most builds that people run.",
            "Build with --enable-optimizations (for pyenv in PYTHON_CONFIGURE_OPTS), or take "
            "uv's: uv python install.",
        )


def _gil(machine: Machine) -> Iterator[Finding]:
    usable = _usable(machine)
    if usable and all(python.gil for python in usable):
        yield Finding(
            "gil-only",
            "worth knowing",
            "No Python here runs without the GIL: in each, one thread at a time runs Python code.",
            "To see what free threading gains, install one (uv python install 3.14t) and start the "
            "lab again.",
        )


def _usable(machine: Machine) -> list[Interpreter]:
    """Each build that trials can run on, once: a free-threaded one stands for two."""
    return [
        python
        for python in machine.pythons
        if not python.problem and not (python.free_threaded and python.gil)
    ]


def _named(builds: Sequence[Interpreter]) -> str:
    return f"Python {joined([python.name for python in builds])}"


CHECKS: tuple[Check, ...] = (_debug, _unoptimised, _gil)
