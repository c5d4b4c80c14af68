"""The stamp on every run: what it was measured on, in plain data."""

import hashlib
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bench.measure.cpus import cpus


def environment() -> dict[str, Any]:
    """This machine and interpreter: memory in bytes, load as the system gives it (one minute)."""
    found = cpus()
    stamp = {
        "python": {
            "label": f"{platform.python_implementation()} {platform.python_version()} {_gil()}",
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "gil": gil_enabled(),
            "compiler": platform.python_compiler(),
        },
        "cpus": {
            "usable": found.usable,
            "logical": found.logical,
            "affinity": found.affinity,
            "quota": found.quota,
            "model": _cpu_model(),
        },
        "memory_bytes": psutil.virtual_memory().total,
        "system": {
            "name": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
        },
        "packages": {name: version(name) for name in ("requests", "uvicorn")},
    }
    return {**stamp, "fingerprint": _fingerprint(stamp), "load": _load()}


def gil_enabled() -> bool:
    """Whether this interpreter runs with a global interpreter lock right now."""
    probe = getattr(sys, "_is_gil_enabled", None)
    return True if probe is None else bool(probe())


def _gil() -> str:
    return "with the GIL" if gil_enabled() else "without the GIL"


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown"


def _fingerprint(stamp: dict[str, Any]) -> str:
    """8 hexadecimal digits that two runs share if they may be compared as like with like."""
    return hashlib.sha256(json.dumps(stamp, sort_keys=True).encode()).hexdigest()[:8]
