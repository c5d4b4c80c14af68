"""How executors scale, as plain data: rungs, and models with the reason where there is none."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench.analysis.amdahl import Amdahl
from bench.analysis.curves import Predicted
from bench.analysis.insights import Scaling
from bench.analysis.projection import Projection
from bench.analysis.scaling import Withheld
from bench.analysis.usl import Usl


def scaling_json(scaling: Scaling) -> dict[str, Any]:
    """One executor's rungs and models."""
    return {
        "line": scaling.name,
        "rungs": [asdict(rung) for rung in scaling.rungs],
        "amdahl": _amdahl(scaling.amdahl),
        "usl": _usl(scaling.usl),
        "projection": _projection(scaling.projection),
    }


def _withheld(reason: Withheld) -> dict[str, Any]:
    return {"withheld": reason.as_json()}


def _amdahl(model: Amdahl | Withheld) -> dict[str, Any]:
    if isinstance(model, Withheld):
        return _withheld(model)
    return {
        "serial_share": asdict(model.share),
        "limit": asdict(model.limit) if model.limit else None,
        "bends": model.bends,
        "workers": list(model.workers),
        "beyond": list(model.beyond),
        "message": model.sentence,
    }


def _usl(model: Usl | Withheld) -> dict[str, Any]:
    if isinstance(model, Withheld):
        return _withheld(model)
    return {
        "contention": asdict(model.contention),
        "crosstalk": asdict(model.crosstalk),
        "fell": model.fell,
        "peak": asdict(model.peak) if model.peak else None,
        "workers": list(model.workers),
        "beyond": list(model.beyond),
        "message": model.sentence,
    }


def _projection(model: Projection | Withheld) -> dict[str, Any]:
    if isinstance(model, Withheld):
        return _withheld(model)
    return {
        "points": _points(model.points),
        "error": model.error,
        "workers": list(model.workers),
        "message": model.sentence,
    }


def _points(points: Sequence[Predicted]) -> list[dict[str, Any]]:
    return [{"workers": point.workers, "speedup": asdict(point.speedup)} for point in points]
