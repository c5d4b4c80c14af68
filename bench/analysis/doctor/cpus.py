"""How many CPUs there are for measurements, what they share, and what sets their clock."""

import math
from collections.abc import Iterator

from bench.analysis.doctor.finding import Check, Finding
from bench.analysis.words import counted
from bench.machine import Machine, Processors


def _quota(machine: Machine) -> Iterator[Finding]:
    cpus = machine.cpus
    if cpus.quota is None or cpus.quota >= cpus.affinity:
        return
    whole = math.floor(cpus.quota)
    most = f"Choose at most {counted(whole, 'worker')}, or give" if whole else "Give"
    yield Finding(
        "quota-below-affinity",
        "hurts",
        f"A quota (cgroup version {cpus.cgroup}) allows {cpus.quota:.3g} of the "
        f"{cpus.affinity} CPUs: once a period's share is used up, all work stops until the next.",
        f"{most} the container whole CPUs instead of a quota "
        "(with Docker --cpuset-cpus in place of --cpus).",
    )


def _one(machine: Machine) -> Iterator[Finding]:
    cpus = machine.cpus
    if cpus.usable > 1:
        return
    why, action = _why_one(cpus)
    yield Finding(
        "one-usable-cpu",
        "hurts",
        f"Only 1 CPU is usable, as {why}: more workers cannot make computing faster.",
        f"{action}, or measure work that waits.",
    )


def _why_one(cpus: Processors) -> tuple[str, str]:
    if cpus.affinity > 1:
        return f"the quota is {cpus.quota or 1:.3g} CPUs", "Start the lab with a larger quota"
    if cpus.logical > 1:
        return (
            f"the lab is pinned to one of {cpus.logical}",
            "Start the lab without taskset, or with more CPUs in its set",
        )
    return "the machine has no more", "Use a machine with more CPUs"


def _siblings(machine: Machine) -> Iterator[Finding]:
    cpus = machine.cpus
    if cpus.usable_cores is None or cpus.usable <= cpus.usable_cores:
        return
    yield Finding(
        "smt-siblings",
        "hurts",
        f"The {cpus.usable} usable CPUs are hardware threads of "
        f"{counted(cpus.usable_cores, 'core')}: two that share one reach far less than twice its "
        "speed.",
        "Pin the lab to CPUs of different cores (lscpu -e lists them, taskset -c pins), "
        "or hold speedups against the measured ceiling.",
    )


def _isolated(machine: Machine) -> Iterator[Finding]:
    count = machine.cpus.isolated or 0
    if count > 1:
        yield Finding(
            "isolated-cpus",
            "hurts",
            f"{count} of the lab's CPUs are isolated: the kernel spreads no work over them, "
            "so that workers stay together on one.",
            "Pin the lab to other CPUs (taskset -c), or start the kernel without isolcpus.",
        )


def _governor(machine: Machine) -> Iterator[Finding]:
    governor = machine.cpus.governor
    if governor not in (None, "performance"):
        yield Finding(
            "governor-not-performance",
            "hurts",
            f"The governor of the CPUs' frequency is {governor}: the clock follows the load, so a "
            "time depends on what ran before.",
            "Choose the other one while measuring: sudo cpupower frequency-set -g performance.",
        )


def _turbo(machine: Machine) -> Iterator[Finding]:
    if machine.cpus.turbo:
        yield Finding(
            "turbo-on",
            "worth knowing",
            "Turbo is on: one busy core may clock higher than several, so that speedups stay below "
            "the number of workers even where nothing is lost.",
            "Hold speedups against the ceiling, or switch turbo off while measuring: "
            "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo (Intel), "
            "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost (others).",
        )


CHECKS: tuple[Check, ...] = (_quota, _one, _siblings, _isolated, _governor, _turbo)
