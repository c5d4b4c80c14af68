"""Checking what a plan is made of: the one door from people, files and links to a plan.

`draft` and `plan_from_json` fill in every default and refuse in one sentence; nothing else makes
plans that are to be measured.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any, cast

from bench.errors import Refused
from bench.executors import checked_options, find_executor, options_form
from bench.executors.seam import Executor
from bench.forms import Between, Field, Value, choice_of
from bench.measure.interpreters import lacking
from bench.measure.known import Known, known_interpreters
from bench.plan import PRECISIONS, Contender, Plan, on, this_interpreter
from bench.workloads import Workload, find_workload

MOST_CONTENDERS = 64

PLAN_FIELDS = (
    "workload",
    "parameters",
    "contenders",
    "precision",
    "budget_s",
    "seed",
    "rounds",
    "interpreters",
)
CONTENDER_FIELDS = ("name", "executor", "workers", "options", "interpreter")

_ROUNDS = Field("rounds", (int,), 5, (Between(2, 1_000),))
_BUDGET = Field("budget", (float,), 60.0, (Between(0.1, 3_600.0, "s"),))
_SEED = Field("seed", (int,), 0, (Between(0, 2**32 - 1),))


def draft(
    workload: str,
    *,
    executors: Mapping[str, Mapping[str, object]],
    workers: Sequence[object],
    parameters: Mapping[str, object] | None = None,
    preset: str | None = None,
    precision: str = "standard",
    rounds: object = None,
    budget_s: object = None,
    seed: object = None,
    interpreters: Sequence[str] = (),
    known: Known = known_interpreters,
) -> Plan:
    """A checked plan: each executor (with its options) at each number of workers.

    It does so on each of the `interpreters`, by their names among those `known`; on this one if
    none is named. Sequential work is the baseline of every plan, so naming it adds nothing. Raises
    Refused.
    """
    counts = _worker_counts(workers)
    hosts = list(dict.fromkeys(interpreters)) or [this_interpreter()]
    contenders = [
        {"executor": name, "workers": count, "options": options, "interpreter": host}
        for host in hosts
        for name, options in executors.items()
        if find_executor(name).name != "sequential"
        for count in counts
    ]
    if not executors:
        raise Refused("executors", "empty", "at least one", "choose one of those listed")
    if seed is None:
        seed = random.SystemRandom().randrange(2**32)
    return _checked(
        workload,
        parameters or {},
        preset,
        contenders,
        precision,
        rounds,
        budget_s,
        seed,
        hosts,
        known,
    )


def plan_from_json(plain: object, known: Known = known_interpreters) -> Plan:
    """The plan that plain data describes, checked like any other. Raises Refused."""
    if not isinstance(plain, dict):
        raise Refused(
            "plan", type(plain).__name__, "an object with workload, parameters and contenders"
        )
    for name in plain:
        if name not in PLAN_FIELDS:
            raise Refused("plan field", name, choice_of(PLAN_FIELDS))
    for name in ("workload", "parameters", "contenders", "precision", "seed"):
        if name not in plain:
            raise Refused(f"plan.{name}", None, "given")
    return _checked(
        plain["workload"],
        _of_type(plain["parameters"], dict, "plan.parameters", "an object"),
        None,
        _of_type(plain["contenders"], list, "plan.contenders", "a list"),
        plain["precision"],
        plain.get("rounds"),
        plain.get("budget_s"),
        plain["seed"],
        _of_type(plain.get("interpreters", [this_interpreter()]), list, "interpreters", "a list"),
        known,
    )


def _checked(
    workload: object,
    parameters: Mapping[str, object],
    preset: str | None,
    contenders: Sequence[object],
    precision: object,
    rounds: object,
    budget_s: object,
    seed: object,
    interpreters: Sequence[object],
    known: Known,
) -> Plan:
    work = find_workload(workload if isinstance(workload, str) else repr(workload))
    hosts = tuple(_interpreter(name, known) for name in interpreters)
    if not hosts or len(set(hosts)) < len(hosts):
        raise Refused("interpreters", ", ".join(hosts), "at least one, each named once")
    for host in hosts:
        _check_on(host, work, known)
    if not isinstance(precision, str) or precision not in PRECISIONS:
        raise Refused("precision", precision, choice_of(list(PRECISIONS)))
    if len(contenders) > MOST_CONTENDERS:
        raise Refused("contenders", len(contenders), f"at most {MOST_CONTENDERS}", "choose fewer")
    checked = tuple(_contender(contender, work, hosts, known) for contender in contenders)
    names = [contender.name for contender in checked]
    for name in names:
        if names.count(name) > 1:
            raise Refused("contender", name, "named once", "remove the second one")
    values = work.parameters(parameters, preset)
    work.check(**values)
    return Plan(
        workload=work.name,
        parameters=values,
        contenders=checked,
        precision=precision,
        budget_s=_number(_BUDGET, budget_s, PRECISIONS[precision].budget_s),
        seed=int(_number(_SEED, seed, 0)),
        rounds=None if rounds is None else int(_number(_ROUNDS, rounds, 0)),
        interpreters=hosts,
    )


def _interpreter(name: object, known: Known) -> str:
    """The name of an interpreter that trials can run on. Raises Refused."""
    if name == this_interpreter():
        return this_interpreter()
    usable = [one.name for one in known().values() if not one.problem]
    if not isinstance(name, str) or name not in known():
        raise Refused("interpreter", name, choice_of(usable))
    if problem := known()[name].problem:
        raise Refused("interpreter", name, choice_of(usable), problem.rstrip("."))
    return name


def missing_on(
    host: str, what: Workload | Executor, known: Known = known_interpreters
) -> str | None:
    """Why that interpreter cannot run a workload or executor, in one sentence; None if it can."""
    if host == this_interpreter():
        return what.missing()
    found = known()[host]
    if isinstance(what, Workload) and what.source:
        return lacking(found.path, what.packages)
    return (found.workloads if isinstance(what, Workload) else found.executors).get(what.name)


def _check_on(host: str, what: Workload | Executor, known: Known) -> None:
    if reason := missing_on(host, what, known):
        kind = "workload" if isinstance(what, Workload) else "executor"
        place = "here" if host == this_interpreter() else f"on {host}"
        raise Refused(kind, what.name, f"one that can run {place}", reason.rstrip("."))


def _contender(plain: object, work: Workload, hosts: Sequence[str], known: Known) -> Contender:
    given = _of_type(plain, dict, "contender", "an object with executor, workers and options")
    for name in given:
        if name not in CONTENDER_FIELDS:
            raise Refused("contender field", name, choice_of(CONTENDER_FIELDS))
    executor = find_executor(str(given.get("executor")))
    if executor.name == "sequential":
        raise Refused(
            "contender", "sequential", "another executor", "the baseline is always measured"
        )
    host = given.get("interpreter") or hosts[0]
    if host not in hosts:
        raise Refused("contender.interpreter", host, choice_of(hosts))
    _check_on(host, executor, known)
    if reason := executor.unfit(work):
        raise Refused(
            "executor", executor.name, f"one that can run {work.name}", reason.rstrip(".")
        )
    workers = Field("workers", (int,), 1, (Between(1, executor.most),))
    options = _of_type(given.get("options", {}), dict, f"{executor.name}.options", "an object")
    count = int(workers.checked(given.get("workers"), f"{executor.name}."))
    checked = checked_options(executor, options)
    name = on(host, hosts, _named(executor, count, checked))
    return Contender(name, executor.name, count, checked, host)


def _named(executor: Executor, workers: int, options: Mapping[str, Value]) -> str:
    """Executor and workers, with the options that differ from their defaults in brackets."""
    odd = [
        f"{option.name.replace('_', ' ')} {options[option.name]}"
        if option.name == "chunk" or isinstance(options[option.name], int)
        else str(options[option.name])
        for option in options_form(executor)
        if options[option.name] != option.default
    ]
    return f"{executor.name} × {workers}" + (f" ({', '.join(odd)})" if odd else "")


def _worker_counts(workers: Sequence[object]) -> list[object]:
    if not workers:
        raise Refused("workers", "empty", "at least one number", "such as 1,2,4")
    return [count for place, count in enumerate(workers) if count not in workers[:place]]


def _number(bounds: Field, value: object, default: float) -> float:
    return default if value is None else cast(float, bounds.checked(value))


def _of_type(value: object, kind: type[Any], what: str, bound: str) -> Any:
    if not isinstance(value, kind):
        raise Refused(what, value, bound)
    return value
