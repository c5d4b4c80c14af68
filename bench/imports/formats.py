"""Which tool wrote a file, by what is in it; and the run that it holds."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.errors import Refused
from bench.imports.hyperfine import hyperfine_run
from bench.imports.lab_run import FORMAT, lab_run
from bench.imports.parsing import parsed, too_large
from bench.imports.pyperf import pyperf_run
from bench.imports.pytest_benchmark import pytest_benchmark_run
from bench.samples import Run

Reader = Callable[[dict[str, Any], float], Run]

# Keys that are in every file of a tool, and not in those of the ones before it.
_TOOLS: Mapping[tuple[str, ...], Reader] = {
    ("machine_info", "benchmarks"): pytest_benchmark_run,
    ("version", "benchmarks"): pyperf_run,
    ("results",): hyperfine_run,
}

_KNOWN = f"a run of {FORMAT}, or JSON of pyperf, hyperfine or pytest-benchmark"


def run_from(data: bytes, most: int, now: float | None = None) -> Run:
    """The run in a file of at most so many bytes, not kept; it came `now`. Raises Refused."""
    plain = parsed(data, most)
    return _reader(plain)(plain, time.time() if now is None else now)


def run_from_file(path: Path, most: int) -> Run:
    """The run in a file by its path. Raises Refused."""
    return run_from(bytes_of(path, most), most)


def bytes_of(path: Path, most: int) -> bytes:
    """What is in a file, if it is not too large. Raises Refused."""
    try:
        size = path.stat().st_size
        if size > most:
            raise too_large(size, most)
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        remedy = error.strerror or "look where it is"
        raise Refused("file", str(path), "one that can be read", remedy) from error


def _reader(plain: Mapping[str, Any]) -> Reader:
    told = plain.get("format")
    if told == FORMAT:
        return lab_run
    if told is not None:
        raise Refused("format", told, FORMAT, "export the run itself, as JSON")
    for keys, reader in _TOOLS.items():
        if all(key in plain for key in keys):
            return reader
    raise Refused("file", f"JSON with {', '.join(list(plain)[:5])}", _KNOWN)
