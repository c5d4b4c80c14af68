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
from bench.plan import PRECISIONS, Contender, Plan, this_interpreter
from bench.workloads import Workload, find_workload

MOST_CONTENDERS = 64

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
) -> Plan:
    """A checked plan: each executor (with its options) at each number of workers.

    Sequential work is the baseline of every plan, so naming it adds nothing. Raises Refused.
    """
    counts = _worker_counts(workers)
    contenders = [
        {"executor": name, "workers": count, "options": options}
        for name, options in executors.items()
        if find_executor(name).name != "sequential"
        for count in counts
    ]
    if not executors:
        raise Refused("executors", "empty", "at least one", "choose one of those listed")
    if seed is None:
        seed = random.SystemRandom().randrange(2**32)
    return _checked(
        workload, parameters or {}, preset, contenders, precision, rounds, budget_s, seed
    )


def plan_from_json(plain: object) -> Plan:
    """The plan that plain data describes, checked like any other. Raises Refused."""
    if not isinstance(plain, dict):
        raise Refused(
            "plan", type(plain).__name__, "an object with workload, parameters and contenders"
        )
    known = ("workload", "parameters", "contenders", "precision", "budget_s", "seed", "rounds")
    for name in plain:
        if name not in known:
            raise Refused("plan field", name, choice_of(known))
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
) -> Plan:
    work = find_workload(workload if isinstance(workload, str) else repr(workload))
    if reason := work.missing():
        raise Refused("workload", work.name, "one that can run here", reason.rstrip("."))
    if not isinstance(precision, str) or precision not in PRECISIONS:
        raise Refused("precision", precision, choice_of(list(PRECISIONS)))
    if len(contenders) > MOST_CONTENDERS:
        raise Refused("contenders", len(contenders), f"at most {MOST_CONTENDERS}", "choose fewer")
    checked = tuple(_contender(contender, work) for contender in contenders)
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
    )


def _contender(plain: object, work: Workload) -> Contender:
    given = _of_type(plain, dict, "contender", "an object with executor, workers and options")
    known = ("name", "executor", "workers", "options", "interpreter")
    for name in given:
        if name not in known:
            raise Refused("contender field", name, choice_of(known))
    executor = find_executor(str(given.get("executor")))
    if executor.name == "sequential":
        raise Refused(
            "contender", "sequential", "another executor", "the baseline is always measured"
        )
    if reason := executor.missing():
        raise Refused("executor", executor.name, "one that can run here", reason.rstrip("."))
    if reason := executor.unfit(work):
        raise Refused(
            "executor", executor.name, f"one that can run {work.name}", reason.rstrip(".")
        )
    workers = Field("workers", (int,), 1, (Between(1, executor.most),))
    options = _of_type(given.get("options", {}), dict, f"{executor.name}.options", "an object")
    interpreter = given.get("interpreter") or this_interpreter()
    if interpreter != this_interpreter():
        raise Refused(
            "interpreter", interpreter, this_interpreter(), "it is the only one known here"
        )
    count = int(workers.checked(given.get("workers"), f"{executor.name}."))
    checked = checked_options(executor, options)
    return Contender(_named(executor, count, checked), executor.name, count, checked, interpreter)


def _named(executor: Executor, workers: int, options: Mapping[str, Value]) -> str:
    """Executor and workers, with the options that differ from their defaults in brackets."""
    odd = [
        f"{option.name} {options[option.name]}"
        if option.name == "chunk"
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
