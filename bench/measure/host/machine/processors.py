"""The CPUs: how many are usable, which share a core, and what sets their clock."""

import platform
from collections.abc import Collection
from pathlib import Path

from bench.machine import Processors
from bench.measure.child.affinity import my_cpus
from bench.measure.host.cpus import cpus
from bench.measure.host.told import ROOT, names_in, switch, text

# Where kernels say which CPUs are threads of one core: a newer name and an older one.
_SIBLINGS = ("topology/core_cpus_list", "topology/thread_siblings_list")


def processors(root: Path = ROOT, mine: Collection[int] | None = None) -> Processors:
    """What is known of the CPUs; `mine` are the numbers of those that this process may run on."""
    mine = my_cpus() if mine is None else mine
    found, folder = cpus(root), root / "sys/devices/system/cpu"
    cores = _cores(folder)
    isolated = text(folder / "isolated")
    return Processors(
        usable=found.usable,
        logical=found.logical,
        affinity=found.affinity,
        quota=found.quota,
        cgroup=found.cgroup,
        model=_model(root),
        cores=len(set(cores.values())) or None,
        usable_cores=len({cores[cpu] for cpu in mine if cpu in cores}) or None,
        smt=len(set(cores.values())) < len(cores) if cores else None,
        isolated=None if isolated is None else len(names_in(isolated).intersection(mine)),
        governor=_frequency(folder, mine, "scaling_governor"),
        driver=_frequency(folder, mine, "scaling_driver"),
        turbo=_turbo(folder, mine),
        idle_driver=text(folder / "cpuidle/current_driver"),
    )


def _cores(folder: Path) -> dict[int, str]:
    """Of each CPU that is on, the CPUs of its core."""
    found = {}
    for cpu in folder.glob("cpu[0-9]*"):
        siblings = next(filter(None, (text(cpu / name) for name in _SIBLINGS)), None)
        if siblings:
            found[int(cpu.name.removeprefix("cpu"))] = siblings
    return found


def _frequency(folder: Path, mine: Collection[int], name: str) -> str | None:
    """What sets the clock of my CPUs, all of them if they differ."""
    told = {text(folder / f"cpu{cpu}" / "cpufreq" / name) for cpu in mine}
    return ", ".join(sorted(filter(None, told))) or None


def _turbo(folder: Path, mine: Collection[int]) -> bool | None:
    """Whether any of my CPUs may clock higher than its nominal frequency."""
    forbidden = switch(folder / "intel_pstate/no_turbo")
    if forbidden is not None:
        return not forbidden
    for_all = switch(folder / "cpufreq/boost")
    if for_all is not None:
        return for_all
    each = {switch(folder / f"cpu{cpu}" / "cpufreq/boost") for cpu in mine} - {None}
    return any(each) if each else None


def _model(root: Path) -> str:
    lines = (text(root / "proc/cpuinfo") or "").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(filter(None, models), platform.processor() or "unknown")
