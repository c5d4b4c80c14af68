"""The run's JSON, `speedup-lab/1`: a public format, described in docs/format.md."""

from dataclasses import asdict
from typing import Any

from bench.analysis.disturbance import disturbance
from bench.analysis.insights import scaling_of, whys_of
from bench.analysis.intervals import Interval
from bench.analysis.results import MODES, Reading, Result, results
from bench.analysis.swept import lines_of
from bench.analysis.warnings import warnings
from bench.exports.json_scaling import scaling_json
from bench.samples import Run

FORMAT = "speedup-lab/1"


def run_json(run: Run) -> dict[str, Any]:
    """A run as plain data: plan, environment, state, samples, analysis and warnings."""
    return {
        "format": FORMAT,
        "id": run.id,
        "state": run.state,
        "error": run.error or None,
        "imported": run.imported.as_json() if run.imported else None,
        "created": run.created,
        "started": run.started,
        "ended": run.ended,
        "plan": run.plan.as_json(),
        "fingerprint": run.plan.fingerprint,
        "environment": dict(run.environment),
        "samples": [sample.as_json() for sample in run.samples],
        "failures": [failure.as_json() for failure in run.failures],
        "traces": [trace.as_json() for trace in run.traces],
        "analysis": _analysis(run),
        "warnings": [warning.as_json() for warning in warnings(run)],
    }


def _analysis(run: Run) -> dict[str, Any]:
    found, rounds = results(run), disturbance(run.plan, run.samples)
    return {
        "contenders": [_result(result) for result in found],
        "reasons": [
            {"contender": why.contender, **reason.as_json()}
            for why in whys_of(run, found)
            for reason in why.reasons
        ],
        "scaling": [scaling_json(one) for one in scaling_of(run, found, "warm")],
        "rounds": {
            "all": list(rounds.rounds),
            "disturbed": list(rounds.disturbed),
            "used": sorted(rounds.used),
        },
        "crossings": [
            {"line": line.name, "rising": crossing.rising, "mode": mode, **asdict(crossing.at)}
            for mode in MODES
            for line in lines_of(run, found, mode)
            for crossing in line.crossings
        ],
    }


def _result(result: Result) -> dict[str, Any]:
    contender = result.contender
    return {
        "name": contender.name,
        "executor": contender.executor,
        "workers": contender.workers,
        "options": dict(contender.options),
        "interpreter": contender.interpreter,
        "at": contender.at,
        "role": contender.role,
        "against": result.against,
        "n": result.n,
        "warm": _reading(result.warm, result.error),
        "cold": _reading(result.cold, result.error),
        "error": result.error or None,
    }


def _reading(reading: Reading | None, error: str) -> dict[str, Any]:
    if reading is None:
        return {
            "seconds": None,
            "speedup": None,
            "verdict": "failed" if error else "no difference shown",
        }
    return {
        "seconds": _interval(reading.seconds),
        "speedup": _interval(reading.speedup),
        "verdict": reading.verdict,
    }


def _interval(interval: Interval | None) -> dict[str, float | None] | None:
    return None if interval is None else asdict(interval)
