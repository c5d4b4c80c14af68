"""The operating system and what lies beneath it: container, hypervisor, clock, load."""

import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.machine import System
from bench.measure.child.around import read
from bench.measure.host.told import ROOT, number, switch, text

# The first namespaces that a kernel makes; a process in them is in no container.
_FIRST = {
    "pid": "pid:[4026531836]",
    "uts": "uts:[4026531838]",
    "ipc": "ipc:[4026531839]",
    "cgroup": "cgroup:[4026531835]",
}

# Files that a container of a kind has, and what stands in the names of its control groups.
_FILES = {
    "run/secrets/kubernetes.io": "kubernetes",
    "var/run/secrets/kubernetes.io": "kubernetes",
    "run/.containerenv": "podman",
    ".dockerenv": "docker",
    "dev/lxd/sock": "lxc",
}
_GROUPS = {"kubepods": "kubernetes", "libpod": "podman", "docker": "docker", "lxc": "lxc"}

# What machines call themselves that are not of metal, in small letters.
_VIRTUAL = ("kvm", "qemu", "vmware", "virtual", "xen", "bochs", "amazon ec2", "google compute")

# Clocks that a hypervisor offers its guests.
_CLOCKS = {"kvm-clock": "KVM", "xen": "Xen", "hyperv_clocksource": "Hyper-V"}


def system(root: Path = ROOT) -> System:
    """What is known of the system as it is now."""
    clock, source = time.get_clock_info("perf_counter"), "sys/devices/system/clocksource"
    layout = number(root / "proc/sys/kernel/randomize_va_space")
    return System(
        name=platform.system(),
        release=platform.release(),
        architecture=platform.machine(),
        clock=clock.implementation,
        tick=clock.resolution,
        container=container(root),
        virtualisation=virtualisation(root),
        clock_source=text(root / source / "clocksource0/current_clocksource"),
        randomised=None if layout is None else layout > 0,
        on_battery=_on_battery(root),
        tells_others=read(root).idle is not None,
        load=_load(root),
        uptime=_uptime(root),
    )


def container(root: Path = ROOT) -> str | None:
    """The kind of container that this process is in; empty if it is in none.

    A file such as /.dockerenv alone says little: an image that became a disk has it too.
    """
    links = {name: _link(root / f"proc/self/ns/{name}") for name in _FIRST}
    known = {name: link for name, link in links.items() if link}
    if known and all(link == _FIRST[name] for name, link in known.items()):
        return ""
    if (root / "proc/self").exists():
        return next(_signs(root), "of an unknown kind" if _apart(known) else "")
    return None


def _apart(links: dict[str, str]) -> bool:
    return "pid" in links and links["pid"] != _FIRST["pid"]


def _signs(root: Path) -> Iterator[str]:
    told = text(root / "run/systemd/container")
    if told:
        yield told
    yield from (kind for file, kind in _FILES.items() if (root / file).exists())
    inherited = (text(root / "proc/1/environ") or "").split("\0")
    yield from (one.partition("=")[2] for one in inherited if one.startswith("container="))
    groups = text(root / "proc/self/cgroup") or ""
    yield from (kind for word, kind in _GROUPS.items() if word in groups)


def virtualisation(root: Path = ROOT) -> str | None:
    """The virtual machine that this is, as far as it says; empty if it is of metal."""
    lines = (text(root / "proc/cpuinfo") or "").splitlines()
    # Only processors of the x86 family have flags, and among them whether there is a hypervisor.
    flags = next((line.split() for line in lines if line.startswith("flags")), None)
    named = _hardware(root)
    seems = any(word in named.lower() for word in _VIRTUAL)
    if flags is None and not seems:
        return None
    if flags is not None and "hypervisor" not in flags:
        return ""
    return named or _by_clock(root) or "of an unknown kind"


def _hardware(root: Path) -> str:
    """Who made this machine and what it is called, by itself or its hypervisor."""
    if "microsoft" in (text(root / "proc/sys/kernel/osrelease") or "").lower():
        return "WSL, a virtual machine of Windows"
    told = (text(root / f"sys/class/dmi/id/{name}") for name in ("sys_vendor", "product_name"))
    named = " ".join(filter(None, told))
    return named or (text(root / "sys/hypervisor/type") or "").capitalize()


def _by_clock(root: Path) -> str:
    folder = root / "sys/devices/system/clocksource/clocksource0"
    clocks = (text(folder / "available_clocksource") or "").split()
    return next((_CLOCKS[clock] for clock in clocks if clock in _CLOCKS), "")


def _on_battery(root: Path) -> bool | None:
    """Whether there is a plug without power; None where there is none, as in most servers."""
    supplies = sorted((root / "sys/class/power_supply").glob("*"))
    plugs = [supply for supply in supplies if text(supply / "type") == "Mains"]
    powered = [told for plug in plugs if (told := switch(plug / "online")) is not None]
    return not any(powered) if powered else None


def _load(root: Path) -> float | None:
    told = (text(root / "proc/loadavg") or "").split()
    try:
        return float(told[0]) if told else os.getloadavg()[0]
    except (OSError, ValueError):
        return None


def _uptime(root: Path) -> float:
    told = (text(root / "proc/uptime") or "").split()
    try:
        return float(told[0])
    except (IndexError, ValueError):
        return time.time() - psutil.boot_time()


def _link(file: Path) -> str | None:
    try:
        return str(file.readlink())
    except OSError:
        return None
