"""Who else is on the machine, what lies beneath the system, and where its time comes from."""

from collections.abc import Iterator

from bench.analysis.doctor.finding import Check, Finding
from bench.analysis.words import counted, digits, joined
from bench.machine import Machine

# A load that leaves less than this of the usable CPUs to the lab.
LEAST_LEFT = 0.75

# Clocks that are read from a device, through the kernel.
SLOW_CLOCKS = ("hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit")


def _load(machine: Machine) -> Iterator[Finding]:
    cpus, load = machine.cpus, machine.system.load
    # The lab's own measurements are load too, and nobody else's fault.
    if load is None or machine.measuring:
        return
    left = cpus.logical - load
    if left < LEAST_LEFT * cpus.usable:
        yield Finding(
            "high-load",
            "hurts",
            f"Over the last minute {digits(load, 2)} programs ran or waited at a time, and the "
            f"lab may use {cpus.usable} of {counted(cpus.logical, 'CPU')}: they get in its way.",
            "Close other programs, or measure when the machine is quiet; a measurement of the "
            "lab's own that has just ended counts for a minute, too.",
        )


def _measuring(machine: Machine) -> Iterator[Finding]:
    if machine.measuring:
        yield Finding(
            "measuring-now",
            "worth knowing",
            f"On this machine {machine.measuring} is measuring now.",
            "Nothing needs to be done: a new run waits until it has ended.",
        )


def _virtual(machine: Machine) -> Iterator[Finding]:
    if machine.system.virtualisation:
        yield Finding(
            "virtual-machine",
            "worth knowing",
            f"This is a virtual machine ({machine.system.virtualisation}): its host may take CPU "
            "time away, or run two of its CPUs on one core, without saying so.",
            "See from the one-minute check what its CPUs reach together; for the last per cent, "
            "measure on a machine of metal.",
        )


def _container(machine: Machine) -> Iterator[Finding]:
    if machine.system.container:
        yield Finding(
            "container",
            "worth knowing",
            f"The lab runs in a container ({machine.system.container}), which shares the host's "
            "CPUs and disks with whatever else runs there.",
            "Give it CPUs of its own (with Docker --cpuset-cpus), and keep others off them.",
        )


def _battery(machine: Machine) -> Iterator[Finding]:
    if machine.system.on_battery:
        yield Finding(
            "on-battery",
            "hurts",
            "The machine runs on its battery: many lower their clock then.",
            "Plug it in.",
        )


def _clock(machine: Machine) -> Iterator[Finding]:
    if machine.system.clock_source in SLOW_CLOCKS:
        yield Finding(
            "slow-clock",
            "worth knowing",
            f"The kernel takes the time from {machine.system.clock_source}, which is slow to read: "
            "tasks of a few microseconds take longer when they are traced.",
            "See with sudo dmesg | grep -i clocksource why it left the faster one.",
        )


def _layout(machine: Machine) -> Iterator[Finding]:
    if machine.system.randomised is False:
        yield Finding(
            "aslr-off",
            "worth knowing",
            "Every process has its memory in the same place (ASLR is off): a place that happens to "
            "be fast or slow is so in all samples.",
            "Switch it on, so that samples average over places: "
            "sudo sysctl kernel.randomize_va_space=2.",
        )


def _untold(machine: Machine) -> Iterator[Finding]:
    cpus, system = machine.cpus, machine.system
    # The clock of a virtual CPU is the host's affair.
    clocked = not system.virtualisation
    unknown = {
        "what others do while it measures": not system.tells_others,
        "which CPUs share a core": cpus.cores is None,
        "what governs the clock": clocked and cpus.governor is None,
        "whether turbo is on": clocked and cpus.turbo is None,
        "its load": system.load is None,
        "whether it is a virtual machine": system.virtualisation is None,
    }
    names = [name for name, is_unknown in unknown.items() if is_unknown]
    if names:
        yield Finding(
            "cannot-tell",
            "worth knowing",
            f"This system does not tell {joined(names)}.",
            "Trust the control of each run: it shows how steady the machine was, whatever the "
            "reason.",
        )


CHECKS: tuple[Check, ...] = (
    _load,
    _battery,
    _measuring,
    _virtual,
    _container,
    _clock,
    _layout,
    _untold,
)
