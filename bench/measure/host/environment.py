"""The stamp on every run: what it was measured on, in plain data."""

import hashlib
import json
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import psutil

from bench.digest import code_digest
from bench.measure.host.cluster import Cluster
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import Known, interpreter_of, known_interpreters
from bench.measure.host.machine.processors import processors
from bench.measure.host.machine.system import container, virtualisation
from bench.plan import this_interpreter

PACKAGES = (
    "aiohttp",
    "distributed",
    "loky",
    "numpy",
    "pandas",
    "pillow",
    "requests",
    "uvicorn",
    "uvloop",
)


def environment(
    interpreters: Sequence[str] = (),
    known: Known = known_interpreters,
    cluster: Cluster | None = None,
) -> dict[str, Any]:
    """This machine and the interpreters of that name, the first one as `python`; this one if none.

    Memory in bytes, load as the system gives it (one minute). `cluster` is that of the run.
    `app` is how the app gives way that serves pages beside the measuring service; None without one.
    """
    found = processors()
    names = interpreters or (this_interpreter(),)
    pythons = {name: _facts(interpreter_of(name, known)) for name in names}
    stamp = {
        "python": pythons[names[0]],
        "interpreters": pythons,
        "cpus": {
            "usable": found.usable,
            "logical": found.logical,
            "affinity": found.affinity,
            "quota": found.quota,
            "model": found.model,
            "cores": found.usable_cores,
            "smt": found.smt,
            "governor": found.governor,
            "turbo": found.turbo,
        },
        "memory_bytes": psutil.virtual_memory().total,
        "system": {
            "name": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
            "container": container(),
            "virtualisation": virtualisation(),
        },
        "packages": dict(_versions()),
        "cluster": cluster.as_json() if cluster else None,
    }
    return {
        **stamp,
        "fingerprint": _fingerprint(stamp),
        "load": _load(),
        "lab": _lab(),
        "app": None,
    }


def _facts(interpreter: Interpreter) -> dict[str, Any]:
    return {
        "label": interpreter.label,
        "version": interpreter.version,
        "implementation": interpreter.implementation,
        "gil": interpreter.gil,
        "compiler": interpreter.compiler,
        "build": dict(interpreter.build),
    }


def _versions() -> Iterator[tuple[str, str]]:
    """What the app's own Python has of the packages that work and executors are made of."""
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            yield name, version(name)


@cache
def _lab() -> str:
    """The lab's code as this process first saw it: what it has loaded is no newer."""
    return code_digest()


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _fingerprint(stamp: dict[str, Any]) -> str:
    """8 hexadecimal digits that two runs share if they may be compared as like with like."""
    return hashlib.sha256(json.dumps(stamp, sort_keys=True).encode()).hexdigest()[:8]
