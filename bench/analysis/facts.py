"""A machine's facts in words, grouped, for the page and the command line alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.analysis.words import counted, digits, joined, lasted, seconds, size
from bench.machine import Machine, Memory, Processors, Room, System
from bench.measure.host.interpreters import Interpreter

NOT_TOLD = "not told"


@dataclass(frozen=True)
class Facts:
    """A group of facts: names and values."""

    title: str
    lines: tuple[tuple[str, str], ...]


def facts_of(machine: Machine) -> tuple[Facts, ...]:
    """All facts but those of the interpreters, CPUs first."""
    return (
        Facts("CPUs", tuple(_cpus(machine.cpus))),
        Facts("Memory", tuple(_memory(machine.memory))),
        Facts("System", tuple(_system(machine.system))),
        Facts("Limits", tuple(_room(machine.room))),
    )


def summary(machine: Machine) -> str:
    """The machine in one line: AMD EPYC, 2 usable CPUs, 25.3 GB of memory, Linux 6.18."""
    cpus, system = machine.cpus, machine.system
    return (
        f"{cpus.model}, {counted(cpus.usable, 'usable CPU')}, "
        f"{size(machine.memory.limit or machine.memory.total)} of memory, "
        f"{system.name} {system.release}"
    )


def _cpus(cpus: Processors) -> Iterator[tuple[str, str]]:
    pinned = "all of them" if cpus.affinity == cpus.logical else f"{cpus.affinity} of them"
    yield "Usable", f"{cpus.usable}"
    yield "Model", cpus.model
    yield "Logical CPUs", f"{cpus.logical}, {pinned} for the lab"
    yield "Quota", "none" if cpus.quota is None else _quota(cpus)
    yield "Physical cores", _cores(cpus)
    yield "Governor", _with(cpus.governor, cpus.driver)
    yield "Turbo", _on(cpus.turbo)
    yield "Idle driver", cpus.idle_driver or NOT_TOLD


def _quota(cpus: Processors) -> str:
    return f"{cpus.quota:.3g} CPU{'s' * (cpus.quota != 1)} (cgroup version {cpus.cgroup})"


def _cores(cpus: Processors) -> str:
    if cpus.cores is None:
        return NOT_TOLD
    shared = "with several CPUs each (SMT)" if cpus.smt else "with one CPU each"
    return f"{cpus.cores}, {shared}"


def _memory(memory: Memory) -> Iterator[tuple[str, str]]:
    yield "Total", size(memory.total)
    yield "Available", size(memory.available)
    yield "Limit", "none" if memory.limit is None else f"{size(memory.limit)} (cgroup)"
    yield "Swap", f"{size(memory.swap_used)} of {size(memory.swap)} used" if memory.swap else "none"


def _system(system: System) -> Iterator[tuple[str, str]]:
    yield "Kernel", f"{system.name} {system.release}, {system.architecture}"
    yield "Container", _kind(system.container)
    yield "Virtual machine", _kind(system.virtualisation)
    yield "Load of a minute", NOT_TOLD if system.load is None else digits(system.load)
    yield "Up for", NOT_TOLD if system.uptime is None else lasted(system.uptime)
    # clock_gettime(CLOCK_MONOTONIC): its argument tells enough, and fits into narrow columns.
    clock = system.clock.removesuffix("()").rpartition("(")[2].rstrip(")")
    yield "Clock", f"{_with(clock, system.clock_source)}, to {seconds(system.tick)}"
    yield "Memory layout (ASLR)", _on(system.randomised, "random", "the same for all processes")
    if system.on_battery is not None:
        yield "Power", "battery" if system.on_battery else "plugged in"


def _room(room: Room) -> Iterator[tuple[str, str]]:
    yield "Disk of the data folder", f"{size(room.disk_free)} free"
    yield "Shared memory (/dev/shm)", NOT_TOLD if room.shared is None else size(room.shared)
    yield "Open files of a process", _most(room.open_files)
    yield "Processes", _most(room.processes)


def _kind(told: str | None) -> str:
    if told is None:
        return NOT_TOLD
    return told or "none"


def _with(told: str | None, detail: str | None) -> str:
    if told is None:
        return NOT_TOLD
    return f"{told} ({detail})" if detail else told


def _on(told: bool | None, yes: str = "on", no: str = "off") -> str:
    return {True: yes, False: no, None: NOT_TOLD}[told]


def _most(limit: int | None) -> str:
    return "no limit" if limit is None else f"at most {limit:,}"


def build_of(python: Interpreter) -> str:
    """What its times owe to how it was built: debug, PGO, LTO or no PGO; empty if not known."""
    told = [name.upper() for name in ("pgo", "lto") if python.build.get(name)]
    if python.build.get("pgo") is False:
        told.insert(0, "no PGO")
    if python.build.get("debug"):
        told.insert(0, "debug")
    return ", ".join(told)


def able(kinds: Mapping[str, str | None]) -> str:
    """How many of the known kinds can run: all 11, or 9 of 11; none where none is known."""
    if not kinds:
        return "none"
    can = sum(reason is None for reason in kinds.values())
    return f"all {can}" if can == len(kinds) else f"{can} of {len(kinds)}"


def barred(python: Interpreter) -> Sequence[tuple[str, str]]:
    """What cannot run on an interpreter, by reason: names, and the sentence that they share."""
    if python.problem:
        return [("anything", python.problem)]
    by_reason: dict[str, list[str]] = {}
    for kinds in (python.executors, python.workloads):
        for name, reason in kinds.items():
            if reason is not None:
                by_reason.setdefault(reason, []).append(name)
    return [(joined(names), reason) for reason, names in by_reason.items()]
