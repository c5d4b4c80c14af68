"""From advice to what can be done with it: the plan that measures a row, the code to start from."""

import random

from bench.analysis.advice import CANDIDATES, Advice, Recommendation, Row, Situation
from bench.asking.contenders import missing_on
from bench.asking.plans import draft, plan_from_json
from bench.executors import find_executor, options_form
from bench.measure.host.interpreters import Interpreter
from bench.measure.host.known import Known, known_interpreters
from bench.plan import Contender, Plan, this_interpreter
from bench.profiles import Wanted
from bench.scripts import written
from bench.workloads import Workload, find_workload


def situation_on(python: Interpreter, usable: int) -> Situation:
    """What is known of an interpreter on a machine of so many usable CPUs."""
    major, minor, *_ = (int(part) for part in python.version.split(".")[:2])
    return Situation(gil=python.gil, usable=usable, version=(major, minor))


def plan_of(
    row: Row,
    *,
    usable: int,
    precision: str = "quick",
    interpreter: str = "",
    known: Known = known_interpreters,
) -> Plan:
    """The plan that measures a row's work: all that is advised for it and can run. Raises Refused.

    It runs on the named interpreter, or on this one.
    """
    host = interpreter or this_interpreter()
    work = find_workload(row.workload)
    able = [
        name
        for name in row.executors
        if find_executor(name).unfit(work) is None
        and missing_on(host, find_executor(name), known) is None
    ]
    return draft(
        row.workload,
        executors={name: {} for name in able},
        workers=[row.workers_on(usable)],
        parameters=row.parameters,
        precision=precision,
        interpreters=[host],
        ceiling=False,
        known=known,
    )


def starting_code(advice: Recommendation) -> str:
    """A complete script that does a row's work in the way that is recommended."""
    executor = find_executor(advice.executor)
    options = {option.name: option.default for option in options_form(executor)}
    name = f"{executor.name} × {advice.workers}"
    contender = Contender(name, executor.name, advice.workers, options, this_interpreter())
    work = find_workload(advice.row.workload)
    return written(work, work.parameters(advice.row.parameters), contender)


def able_on(work: Workload, interpreter: str, known: Known = known_interpreters) -> list[str]:
    """The executors that may be recommended for some work on an interpreter, and can run there."""
    return [
        name
        for name in CANDIDATES
        if find_executor(name).unfit(work) is None
        and missing_on(interpreter, find_executor(name), known) is None
    ]


def plan_to_check(
    advice: Advice,
    wanted: Wanted,
    *,
    precision: str = "quick",
    budget_s: float | None = None,
    seed: int | None = None,
    known: Known = known_interpreters,
) -> Plan:
    """The plan that holds a recommendation against what comes next to it. Raises Refused."""
    return plan_from_json(
        {
            "workload": wanted.workload,
            "parameters": dict(wanted.parameters),
            "contenders": [
                {"executor": way.executor, "workers": way.workers, "options": dict(way.options)}
                for way in advice.to_check
            ],
            "precision": precision,
            "interpreters": [wanted.interpreter],
            "seed": random.SystemRandom().randrange(2**32) if seed is None else seed,
            "budget_s": budget_s,
        },
        known,
    )


def recommended(advice: Advice, plan: Plan) -> str:
    """The name that the recommended way has in the plan that checks it."""
    chosen = advice.chosen
    if chosen.executor == "sequential":
        return plan.line_up[0].name
    return next(
        one.name
        for one in plan.contenders
        if (one.executor, one.workers) == (chosen.executor, chosen.workers)
        and chosen.options.items() <= one.options.items()
    )
