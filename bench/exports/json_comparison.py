"""A comparison as plain data, `speedup-lab-comparison/1`."""

import math
from dataclasses import asdict
from typing import Any

from bench.analysis.comparing import MEASURES, Change, Comparison, Pair
from bench.analysis.comparing_cautions import cautions_of
from bench.analysis.differences import differences
from bench.analysis.results import MODES, Result
from bench.samples import Run

FORMAT = "speedup-lab-comparison/1"


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Both runs in short, their environments' differences, and what changed, in the plan's order.

    Ratios are B's value over A's; `corrected` is their interval with which the verdict was made.
    """
    return {
        "format": FORMAT,
        "a": _run(found.a),
        "b": _run(found.b),
        "workload": found.a.plan.workload,
        "differences": [
            one.as_json() for one in differences(found.a.environment, found.b.environment)
        ],
        "contenders": [_pair(pair) for pair in found.pairs],
        "only_a": list(found.only_a),
        "only_b": list(found.only_b),
        "cautions": [caution.as_json() for caution in cautions_of(found)],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "state": run.state,
        "started": run.started,
        "parameters": dict(run.plan.parameters),
        "plan_fingerprint": run.plan.fingerprint,
        "fingerprint": run.environment.get("fingerprint"),
        "pythons": run.pythons,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "name": pair.name,
        "a": _side(pair.a),
        "b": _side(pair.b),
        **{
            measure: {mode: _change(pair.changes.get((measure, mode))) for mode in MODES}
            for measure in MEASURES
        },
        "error": pair.error or None,
    }


def _side(result: Result) -> dict[str, Any]:
    one = result.contender
    return {"name": one.name, "interpreter": one.interpreter, "role": one.role, "n": result.n}


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "a": asdict(change.a),
        "b": asdict(change.b),
        "ratio": asdict(change.ratio),
        "corrected": _ends(change),
        "verdict": change.verdict,
    }


def _ends(change: Change) -> list[float] | None:
    """The ends of the corrected interval; None where there is none that can be written down."""
    if change.ends is None or max(map(abs, change.ends)) > 700:
        return None
    return [math.exp(end) for end in change.ends]
