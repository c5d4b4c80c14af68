"""What the lab runs on, read from the system: small files below a root, and a few questions.

- processors.py: CPUs, cores, clock
- memory.py: memory, swap, and what else there is room for
- system.py: the operating system, containers, hypervisors, load
"""

from pathlib import Path

from bench.machine import Machine
from bench.measure.host.known import Known, known_interpreters
from bench.measure.host.machine.memory import memory, room
from bench.measure.host.machine.processors import processors
from bench.measure.host.machine.system import system
from bench.measure.host.told import ROOT
from bench.measure.processes.hostlock import holder
from bench.settings import Settings

__all__ = ["machine"]


def machine(here: Settings, known: Known = known_interpreters, root: Path = ROOT) -> Machine:
    """The facts as they are now, with the interpreters that can be used first.

    Another `root` serves the tests.
    """
    return Machine(
        cpus=processors(root),
        memory=memory(root),
        room=room(here.data, root),
        system=system(root),
        pythons=tuple(sorted(known().values(), key=lambda python: bool(python.problem))),
        measuring=holder(here.lock),
    )
