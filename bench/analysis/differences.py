"""In what two environments differ, as a short list for people."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bench.analysis.words import cluster, size

NOT_TOLD = "not told"

Environment = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One fact that is another in B than in A, each in words."""

    what: str
    a: str
    b: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def differences(a: Environment, b: Environment) -> tuple[Difference, ...]:
    """What differs between two stamps, those things first that matter most to times."""
    return tuple(fact for fact in _facts(a, b) if fact.a != fact.b)


def _facts(a: Environment, b: Environment) -> Iterator[Difference]:
    """All facts of both, in the order of the list."""
    for what, group, name, say in _MACHINE:
        yield Difference(what, *_both(a.get(group, {}), b.get(group, {}), name, say))
    yield Difference("Memory", *_both(a, b, "memory_bytes", _memory))
    yield from _pythons(a.get("interpreters", {}), b.get("interpreters", {}))
    mine, theirs = a.get("packages", {}), b.get("packages", {})
    for name in sorted(mine.keys() | theirs.keys()):
        yield Difference(name, *_both(mine, theirs, name, _there))
    yield Difference("Cluster", cluster(a) or "none", cluster(b) or "none")
    yield Difference("The lab's code", *_both(a, b, "lab", _told))


def _pythons(a: Environment, b: Environment) -> Iterator[Difference]:
    """The interpreters of the same name, or the two if each run has one alone."""
    if len(a) == len(b) == 1:
        pairs = [("Python", *a.values(), *b.values())]
    else:
        pairs = [(f"Python {name}", a.get(name, {}), b.get(name, {})) for name in {**a, **b}]
    for what, mine, theirs in pairs:
        yield Difference(what, *_both(mine, theirs, "label", _there))
        if mine and theirs:
            yield Difference(f"{what}, compiler", *_both(mine, theirs, "compiler", _told))
            yield Difference(f"{what}, build", *_both(mine, theirs, "build", _build))


def _both(a: Environment, b: Environment, name: str, say: Callable[[Any], str]) -> tuple[str, str]:
    return say(a.get(name)), say(b.get(name))


def _build(build: Any) -> str:
    told = (f"{name} {_switch(value)}" for name, value in sorted((build or {}).items()))
    return ", ".join(told) or NOT_TOLD


def _there(value: Any) -> str:
    return "not there" if value is None else str(value)


def _told(value: Any) -> str:
    return NOT_TOLD if value is None else str(value)


def _switch(value: Any) -> str:
    return {True: "on", False: "off", None: NOT_TOLD}.get(value, str(value))


def _kind(value: Any) -> str:
    return NOT_TOLD if value is None else str(value) or "none"


def _memory(count: Any) -> str:
    # To the tenth of a gigabyte: kernels of the same machine set a little more or less aside.
    return NOT_TOLD if count is None else size(round(count, -8))


_MACHINE: tuple[tuple[str, str, str, Callable[[Any], str]], ...] = (
    ("CPU", "cpus", "model", _told),
    ("Usable CPUs", "cpus", "usable", _told),
    ("Logical CPUs", "cpus", "logical", _told),
    ("CPU quota", "cpus", "quota", lambda value: "none" if value is None else f"{value:.3g} CPUs"),
    ("Physical cores", "cpus", "cores", _told),
    ("CPUs share cores (SMT)", "cpus", "smt", _switch),
    ("Governor", "cpus", "governor", _told),
    ("Turbo", "cpus", "turbo", _switch),
    ("System", "system", "name", _told),
    ("Kernel", "system", "release", _told),
    ("Architecture", "system", "machine", _told),
    ("Container", "system", "container", _kind),
    ("Virtual machine", "system", "virtualisation", _kind),
)
