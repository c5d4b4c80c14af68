"""pytest-benchmark's JSON (`pytest --benchmark-json`): tests and the seconds of their rounds.

A value is the mean of a round's iterations.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bench.errors import Refused
from bench.imports.lab_shapes import CONTENDERS
from bench.imports.other_tools import Benchmark, run_of
from bench.imports.shapes import line, listed, maybe, printed, record, time, whole
from bench.samples import Imported, Run

_STATS = record({"iterations": whole(1, 10**9)}, {"data": maybe(listed(time, 400_000))})

_MACHINE = record(
    {},
    dict.fromkeys(
        ("python_implementation", "python_version", "python_compiler", "system", "release"),
        maybe(line),
    )
    | {
        "machine": maybe(line),
        "cpu": record({}, {"brand_raw": maybe(line), "count": maybe(whole(1, 10**5))}),
    },
)

_FILE = record(
    {
        "machine_info": _MACHINE,
        "benchmarks": listed(record({"name": printed, "stats": _STATS}), CONTENDERS, 1),
    },
    {"datetime": maybe(line), "version": maybe(line)},
)


def pytest_benchmark_run(plain: dict[str, Any], now: float) -> Run:
    """The run that a file of pytest-benchmark's holds. Raises Refused."""
    told = _FILE(plain, "")
    name = _python(told["machine_info"])
    benchmarks = [_benchmark(one, place, name) for place, one in enumerate(told["benchmarks"])]
    imported = Imported("pytest-benchmark", told.get("version") or "", now)
    return run_of(benchmarks, imported, _environment(told["machine_info"]), _moment(told))


def _benchmark(told: dict[str, Any], place: int, interpreter: str) -> Benchmark:
    values = told["stats"].get("data")
    if not values:
        remedy = "save them with --benchmark-json, or --benchmark-save-data"
        raise Refused(f"benchmarks[{place}].stats.data", values, "given", remedy)
    repeats = [told["stats"]["iterations"]] * len(values)
    return Benchmark(told["name"], values, repeats, interpreter=interpreter)


def _python(machine: Mapping[str, Any]) -> str:
    return ".".join(str(machine.get("python_version") or "").split(".")[:2])


def _environment(machine: Mapping[str, Any]) -> dict[str, Any]:
    name, version = _python(machine), machine.get("python_version")
    cpu = machine.get("cpu", {})
    label = f"{machine.get('python_implementation') or 'Python'} {version}"
    return _filled(
        {
            "interpreters": {name: {"label": label, "version": version}} if name else None,
            "cpus": _filled({"logical": cpu.get("count"), "model": cpu.get("brand_raw")}),
            "system": _filled(
                {
                    "name": machine.get("system"),
                    "release": machine.get("release"),
                    "machine": machine.get("machine"),
                }
            ),
        }
    )


def _filled(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value}


def _moment(told: Mapping[str, Any]) -> float | None:
    try:
        return max(0.0, datetime.fromisoformat(told.get("datetime") or "").timestamp())
    except (ValueError, OverflowError):
        return None
