"""Made-up machines: one without fault, and others that differ from it."""

from dataclasses import replace
from typing import Any

from bench.machine import Machine, Memory, Processors, Room, System
from bench.measure.host.interpreters import Interpreter

GB = 10**9
OPTIMISED = {"debug": False, "pgo": True, "lto": True}


def a_python(name: str = "3.14t", *, gil: bool = False, **more: Any) -> Interpreter:
    """A Python that can run everything; free-threaded if its name says so."""
    given: dict[str, Any] = {
        "executors": {"threads": None},
        "workloads": {"primes": None},
        "build": OPTIMISED,
    }
    return Interpreter(
        name,
        f"/usr/bin/python{name}",
        "3.14.2",
        "CPython",
        gil=gil,
        free_threaded="t" in name,
        **(given | more),
    )


# Eight cores of metal that do nothing else, and a Python without the GIL.
CLEAN = Machine(
    cpus=Processors(
        usable=8,
        logical=8,
        affinity=8,
        quota=None,
        cgroup=None,
        model="Some CPU",
        cores=8,
        usable_cores=8,
        smt=False,
        isolated=0,
        governor="performance",
        driver="acpi-cpufreq",
        turbo=False,
        idle_driver="acpi_idle",
    ),
    memory=Memory(total=64 * GB, available=60 * GB, limit=None, swap=8 * GB, swap_used=0),
    room=Room(
        disk_free=100 * GB,
        shared=32 * GB,
        open_files=1_024,
        most_open_files=1_048_576,
        processes=None,
    ),
    system=System(
        name="Linux",
        release="6.18.0",
        architecture="x86_64",
        clock="clock_gettime(CLOCK_MONOTONIC)",
        tick=1e-9,
        container="",
        virtualisation="",
        clock_source="tsc",
        randomised=True,
        on_battery=None,
        tells_others=True,
        load=0.05,
        uptime=90_000.0,
    ),
    pythons=(a_python(), a_python("3.14t+gil", gil=True)),
)


def a_machine(**changes: Any) -> Machine:
    """The clean machine with changes by part: `cpus={"usable": 1}`, `measuring="somebody"`."""
    return replace(
        CLEAN,
        **{
            part: replace(getattr(CLEAN, part), **change) if isinstance(change, dict) else change
            for part, change in changes.items()
        },
    )
