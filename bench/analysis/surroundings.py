"""What a run was measured on, as lines to read: names and values of what is known."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.analysis.words import cluster, counted, digits, joined, size


def surroundings(environment: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The lines of a stamp; none of one that was never measured."""
    return tuple((name, value) for name, value in _lines(environment) if value)


def _lines(stamp: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pythons = [str(one["label"]) for one in stamp.get("interpreters", {}).values()]
    yield "Python", joined(pythons) if pythons else ""
    yield "CPUs", _cpus(stamp.get("cpus", {}))
    yield "Memory", size(stamp["memory_bytes"]) if stamp.get("memory_bytes") else ""
    yield "System", _system(stamp.get("system", {}))
    yield "Cluster", cluster(stamp)
    yield (
        "Packages",
        ", ".join(f"{name} {told}" for name, told in stamp.get("packages", {}).items()),
    )
    load = stamp.get("load")
    yield "Load before", "" if load is None else digits(load)
    yield "Fingerprint", str(stamp.get("fingerprint", ""))


def _cpus(cpus: Mapping[str, Any]) -> str:
    told = [counted(cpus["usable"], "usable CPU")] if cpus.get("usable") else []
    if cpus.get("logical"):
        told.append(f"{cpus['logical']} logical")
    if cpus.get("quota"):
        told.append(f"quota {cpus['quota']:g}")
    return ", ".join([*told, *([str(cpus["model"])] if cpus.get("model") else [])])


def _system(system: Mapping[str, Any]) -> str:
    kernel = " ".join(
        str(system[name]) for name in ("name", "release", "machine") if name in system
    )
    around = [system[name] for name in ("container", "virtualisation") if system.get(name)]
    return ", ".join([*([kernel] if kernel else []), *map(str, around)])
