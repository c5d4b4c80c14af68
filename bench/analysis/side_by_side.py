"""Two runs as one, so that a chart of a run draws both: a side is what an interpreter is there.

The names of the two sides stand where an interpreter's does: A and B, or with several interpreters
A/3.11 and so on. Results are those of each run: nothing is compared across the sides.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bench.analysis.comparing import Comparison
from bench.analysis.results import Result, results
from bench.analysis.words import room
from bench.plan import Contender, Plan, called, line_of
from bench.samples import Run

SIDES = ("A", "B")


def side_by_side(found: Comparison) -> tuple[Run, tuple[Result, ...]]:
    """The run of both with its results. The sweep is that of both, and none if they differ."""
    runs = (found.a, found.b)
    names = {side: _renamed(side, run.plan) for side, run in zip(SIDES, runs, strict=True)}
    hosts = [
        _host(side, one, run.plan)
        for side, run in zip(SIDES, runs, strict=True)
        for one in run.plan.interpreters
    ]
    sweep = found.a.plan.sweep if found.a.plan.sweep == found.b.plan.sweep else None
    plan = replace(
        found.a.plan,
        contenders=tuple(
            _moved(one, side, run.plan, names[side])
            for side, run in zip(SIDES, runs, strict=True)
            for one in run.plan.contenders
        ),
        interpreters=tuple(hosts),
        sweep=sweep,
    )
    run = replace(
        found.a,
        id=f"{found.a.id}-{found.b.id}",
        plan=plan,
        environment=_environment(found),
        samples=tuple(
            replace(sample, contender=names[side][sample.contender])
            for side, run in zip(SIDES, runs, strict=True)
            for sample in run.samples
        ),
        failures=(),
        traces=(),
    )
    both = tuple(
        replace(
            result,
            contender=_moved(result.contender, side, run.plan, names[side]),
            against=names[side].get(result.against, ""),
        )
        for side, run in zip(SIDES, runs, strict=True)
        for result in results(run)
    )
    return run, both


def _host(side: str, interpreter: str, plan: Plan) -> str:
    return side if len(plan.interpreters) < 2 else f"{side}/{interpreter}"


def _renamed(side: str, plan: Plan) -> dict[str, str]:
    """The line-up's names as they are among those of both."""
    names = {}
    for one in plan.line_up:
        alone = line_of(one, plan.sweep).removesuffix(f" on {one.interpreter}")
        host = _host(side, one.interpreter, plan)
        names[one.name] = called(alone, host, SIDES, plan.sweep, one.at)
    return names


def _moved(one: Contender, side: str, plan: Plan, names: Mapping[str, str]) -> Contender:
    return replace(one, name=names[one.name], interpreter=_host(side, one.interpreter, plan))


def _environment(found: Comparison) -> dict[str, Any]:
    """What both have, and of each side what it ran on."""
    a, b = found.a.environment, found.b.environment
    both: dict[str, Any] = {}
    if (usable := _usable(a)) and usable == _usable(b):
        both["cpus"] = {"usable": usable}
    if a.get("cluster") == b.get("cluster"):
        both["cluster"] = a.get("cluster")
    labels = {
        _host(side, name, run.plan): {"label": f"{known['label']}, {room(run.environment)}"}
        for side, run in zip(SIDES, (found.a, found.b), strict=True)
        for name, known in run.environment.get("interpreters", {}).items()
    }
    return {**both, "interpreters": labels}


def _usable(environment: Mapping[str, Any]) -> Any:
    return environment.get("cpus", {}).get("usable")
