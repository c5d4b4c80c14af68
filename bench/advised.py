"""From advice to what can be done with it: the plan that measures a row, the code to start from."""

from bench.analysis.advice import Recommendation, Row, Situation
from bench.contenders import missing_on
from bench.drafting import draft
from bench.executors import find_executor, options_form
from bench.measure.interpreters import Interpreter
from bench.measure.known import Known, known_interpreters
from bench.plan import Contender, Plan, this_interpreter
from bench.scripts import written
from bench.workloads import find_workload


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
