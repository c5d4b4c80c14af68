"""A run for pyperf: a file for each executor, so that `pyperf compare_to` compares executors.

It matches benchmarks by their names across files, and calls anything significant where files hold
different numbers of values. So a contender goes by its workers in its executor's file, the
sequential file has its values under each of these names, and all hold the same rounds: those that
everybody finished. A round is one of pyperf's runs, with one value.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bench.analysis.disturbance import disturbance
from bench.analysis.ladders import key_of
from bench.analysis.results import MODES, Mode, baselines_of, errors_of
from bench.analysis.words import counted
from bench.errors import Refused
from bench.exports.escaping import one_line
from bench.plan import Contender, Plan, line_of
from bench.samples import Run, Sample

Plain = dict[str, Any]

_NO_NAME = re.compile(r"[^0-9A-Za-z.]+")


def pyperf_files(run: Run) -> dict[str, Plain]:
    """Each file's content by its name. Raises Refused if there are no values."""
    if not run.plan.has_baseline:
        return {"benchmarks.json": _others(run)}
    finished = _finished(run)
    if not finished:
        raise Refused("run", run.id, "one with a round that all its contenders finished")
    present = [one for one in run.plan.line_up if one.name in finished]
    files: dict[str, list[Plain]] = {}
    for one in present:
        for name in _names(one, present, run.plan):
            for mode in MODES:
                files.setdefault(_file(one, run.plan), []).append(
                    _benchmark(run, one, f"{name}, {mode}", mode, finished[one.name])
                )
    return {
        f"{name}.json": {"version": "1.0", "metadata": _suite(run), "benchmarks": benchmarks}
        for name, benchmarks in files.items()
    }


def _others(run: Run) -> Plain:
    """What another tool measured, as it told it: a benchmark each, and only the one time."""
    mine: dict[str, list[Sample]] = {one.name: [] for one in run.plan.line_up}
    for sample in run.samples:
        mine[sample.contender].append(sample)
    benchmarks = [
        _benchmark(run, one, one_line(one.name), "warm", mine[one.name])
        for one in run.plan.line_up
        if mine[one.name]
    ]
    if not benchmarks:
        raise Refused("run", run.id, "one that measured something")
    return {"version": "1.0", "metadata": _suite(run), "benchmarks": benchmarks}


def _finished(run: Run) -> dict[str, list[Sample]]:
    """The samples of each contender that has a result, of the rounds that all of these finished."""
    errors = errors_of(run.plan, run.samples, run.failures)
    used = disturbance(run.plan, run.samples).used
    mine: dict[str, dict[int, Sample]] = {}
    for sample in run.samples:
        if sample.round in used and sample.contender not in errors:
            mine.setdefault(sample.contender, {})[sample.round] = sample
    shared = sorted(set.intersection(*map(set, mine.values()))) if mine else []
    return {name: [rounds[one] for one in shared] for name, rounds in mine.items() if shared}


def _file(one: Contender, plan: Plan) -> str:
    """What names its file: all but its workers and its value of what is swept."""
    line = key_of(replace(one, name=line_of(one, plan.sweep)))[1]
    return _NO_NAME.sub("-", line).strip("-")


def _names(one: Contender, present: Sequence[Contender], plan: Plan) -> list[str]:
    """What it goes by: its work and workers; a baseline or control by those of its rivals."""
    if one.role == "contender":
        return [_name(one, plan)]
    against = baselines_of(plan)
    yardstick = one.name if one.role == "baseline" else against[one.name]
    rivals = [
        other for other in present if other.role == "contender" and against[other.name] == yardstick
    ]
    return list(dict.fromkeys(_name(other, plan) for other in rivals or [one]))


def _name(one: Contender, plan: Plan) -> str:
    stop = one.name.removeprefix(line_of(one, plan.sweep))
    return f"{plan.workload}{stop}, {counted(one.workers, 'worker')}"


def _benchmark(run: Run, one: Contender, name: str, mode: Mode, samples: Sequence[Sample]) -> Plain:
    trace = next((trace for trace in run.traces if trace.contender == one.name), None)
    memory = {"mem_max_rss": trace.memory_bytes} if trace and trace.memory_bytes else {}
    options = {f"option_{option}": value for option, value in one.options.items()}
    known = {
        "name": name,
        "workload": run.plan.workload,
        "contender": one.name,
        "executor": one.executor,
        "workers": one.workers,
        "interpreter": one.interpreter,
        "times": "warm pool" if mode == "warm" else "with pool start-up",
        **options,
        **memory,
        **_python(run.environment.get("interpreters", {}).get(one.interpreter, {})),
    }
    return {"metadata": _told(known), "runs": [_run(sample, mode) for sample in samples]}


def _run(sample: Sample, mode: Mode) -> Plain:
    """A round: the first pass warms up the ones behind the value of a warm pool."""
    if mode == "cold":
        return {"values": [sample.cold_s], "metadata": {"loops": 1}}
    first = {} if sample.first_s is None else {"warmups": [[1, sample.first_s]]}
    return {
        **first,
        "values": [sample.warm_s],
        "metadata": {"loops": sample.repeats},
    }


def _suite(run: Run) -> Plain:
    """What holds for all: pyperf's own names where it has one."""
    cpus, system = run.environment.get("cpus", {}), run.environment.get("system", {})
    began = datetime.fromtimestamp(run.started or run.created, UTC)
    parts = [system.get(name) for name in ("name", "release", "machine")]
    return _told(
        {
            "unit": "second",
            "date": f"{began:%Y-%m-%d %H:%M:%S.%f}",
            "cpu_count": cpus.get("logical"),
            "cpu_model_name": cpus.get("model"),
            "platform": "-".join(part for part in parts if part),
            "load_avg_1min": run.environment.get("load"),
            "usable_cpus": cpus.get("usable"),
            "speedup_lab_run": run.id,
            "imported": run.origin,
        }
    )


def _python(facts: Mapping[str, Any]) -> Plain:
    return {
        "python_version": facts.get("label"),
        "python_implementation": str(facts.get("implementation") or "").lower(),
        "python_compiler": facts.get("compiler"),
    }


def _told(known: Mapping[str, Any]) -> Plain:
    """What is known, as pyperf takes it: no empty text, and none of several lines."""
    plain = {
        name: one_line(value) if isinstance(value, str) else value for name, value in known.items()
    }
    return {name: value for name, value in plain.items() if value not in (None, "")}
