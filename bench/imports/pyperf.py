"""pyperf's JSON: benchmarks, and the values of their runs in seconds.

What is told of all benchmarks is inherited by each, and by each of its runs. The lab's own exports
for pyperf are known by what they tell beside that: their contenders come back, each of their two
times into its place; a file holds one executor, so it has no baseline.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bench.errors import Refused
from bench.imports.lab_shapes import CONTENDERS
from bench.imports.other_tools import Benchmark, run_of
from bench.imports.shapes import (
    either,
    line,
    listed,
    mapped,
    number,
    printed,
    record,
    time,
    value,
    whole,
)
from bench.samples import Imported, Run

# What its values may be in: only times are contenders.
SECONDS = "second"

_META = mapped(either(listed(line, 100), value, printed), 200)
_RUN = record({}, {"values": listed(number(0, 1e18), 100_000), "metadata": _META})
_BENCHMARK = record({"runs": listed(_RUN, 100_000, 1)}, {"metadata": _META})
_FILE = record(
    {"version": either(whole(5, 6), line), "benchmarks": listed(_BENCHMARK, 2 * CONTENDERS, 1)},
    {"metadata": _META},
)

Meta = Mapping[str, Any]


def pyperf_run(plain: dict[str, Any], now: float) -> Run:
    """The run that a file of pyperf's holds. Raises Refused."""
    told = _FILE(plain, "")
    if told["version"] not in ("1.0", 5, 6):
        raise Refused("version", told["version"], "1.0", "write it with a pyperf of today")
    suite = told.get("metadata", {})
    metas = [{**suite, **one.get("metadata", {})} for one in told["benchmarks"]]
    first = next((_first(one) for one in told["benchmarks"][0]["runs"] if one.get("values")), {})
    known = {**metas[0], **first}
    benchmarks = [
        _benchmark(one, meta, f"benchmarks[{place}]")
        for place, (one, meta) in enumerate(zip(told["benchmarks"], metas, strict=True))
    ]
    ours = "speedup_lab_run" in suite
    return run_of(
        list(_together(benchmarks, metas)) if ours else benchmarks,
        Imported("pyperf", str(known.get("perf_version", "")), now),
        _environment(known, benchmarks[0].interpreter),
        _moment(known),
        str(known.get("workload", "")) if ours else "",
    )


def _first(run: Mapping[str, Any]) -> Meta:
    meta: Meta = run.get("metadata", {})
    return meta


def _benchmark(told: Mapping[str, Any], meta: Meta, where: str) -> Benchmark:
    values: list[float] = []
    repeats: list[int] = []
    name = ""
    for place, run in enumerate(told["runs"]):
        known = {**meta, **run.get("metadata", {})}
        name = name or str(known.get("name", ""))
        if known.get("unit", SECONDS) != SECONDS:
            raise Refused(f"{where}.metadata.unit", known["unit"], SECONDS, "leave it out")
        loops = [
            whole(1, 10**12)(known.get(field, 1), f"{where}.runs[{place}].metadata.{field}")
            for field in ("loops", "inner_loops")
        ]
        for nth, seconds in enumerate(run.get("values", ())):
            values.append(time(seconds, f"{where}.runs[{place}].values[{nth}]"))
            repeats.append(loops[0] * loops[1])
    if not name:
        raise Refused(f"{where}.metadata.name", "missing", "given")
    if not values:
        raise Refused(f"{where}.runs", "without values", "measured", "it was only calibrated")
    return Benchmark(name, values, repeats, interpreter=_python(meta or {}))


def _together(found: Sequence[Benchmark], metas: Sequence[Meta]) -> Iterator[Benchmark]:
    """The contenders of a lab's file: each has its warm and its cold times as two benchmarks."""
    warm: dict[str, tuple[Benchmark, Meta]] = {}
    cold: dict[str, Sequence[float]] = {}
    for one, meta in zip(found, metas, strict=True):
        name = str(meta.get("contender", one.name))
        if meta.get("times") == "with pool start-up":
            cold.setdefault(name, one.values)
        else:
            warm.setdefault(name, (one, meta))
    for name, (one, meta) in warm.items():
        yield Benchmark(
            name,
            one.values,
            one.repeats,
            cold.get(name, ()),
            executor=line(meta.get("executor", ""), "metadata.executor"),
            workers=whole(1, 10**5)(meta.get("workers", 1), "metadata.workers"),
            options={
                field.removeprefix("option_"): value(told, f"metadata.{field}")
                for field, told in meta.items()
                if field.startswith("option_")
            },
            interpreter=line(meta.get("interpreter", ""), "metadata.interpreter"),
        )


def _python(meta: Meta) -> str:
    """The short name of its interpreter: 3.11 of `3.11.7 (64-bit)`; empty if it is not told."""
    if "interpreter" in meta:
        return line(meta["interpreter"], "metadata.interpreter")
    version = str(meta.get("python_version", "")).split()
    return ".".join(version[0].split(".")[:2]) if version else ""


def _environment(known: Meta, interpreter: str) -> dict[str, Any]:
    version = line(str(known.get("python_version", "")), "metadata.python_version")
    label = version if "speedup_lab_run" in known else f"{_implementation(known)} {version}"
    cpus: dict[str, Any] = {}
    for name, field in (("logical", "cpu_count"), ("usable", "usable_cpus")):
        if field in known:
            cpus[name] = whole(1, 10**5)(known[field], f"metadata.{field}")
    if "cpu_model_name" in known:
        cpus["model"] = line(known["cpu_model_name"], "metadata.cpu_model_name")
    found: dict[str, Any] = {"cpus": cpus} if cpus else {}
    if version:
        found["interpreters"] = {interpreter: {"label": label}}
    if "platform" in known:
        found["system"] = {"name": line(known["platform"], "metadata.platform")}
    if "load_avg_1min" in known:
        found["load"] = number(0, 1e6)(known["load_avg_1min"], "metadata.load_avg_1min")
    return found


def _implementation(known: Meta) -> str:
    name = line(str(known.get("python_implementation", "python")), "metadata.python_implementation")
    return {"cpython": "CPython", "pypy": "PyPy", "python": "Python"}.get(name.lower(), name)


def _moment(known: Meta) -> float | None:
    """When it began; pyperf writes a local time without its zone, and ours are in UTC."""
    text = str(known.get("date", ""))
    try:
        moment = datetime.fromisoformat(f"{text}+00:00" if "speedup_lab_run" in known else text)
        return max(0.0, moment.timestamp())
    except (ValueError, OverflowError, OSError):
        return None
