"""Checking what a plan is made of: the one door from people, files and links to a plan.

`draft` and `plan_from_json` fill in every default and refuse in one sentence; nothing else makes
plans that are to be measured.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from bench.asking.cluster_bounds import check_on_cluster
from bench.asking.contenders import check_on, checked_contender
from bench.asking.sweeps import checked_sweep
from bench.errors import Refused
from bench.executors import find_executor
from bench.forms import Between, Field, Value, choice_of
from bench.measure.host.cluster import Reach, known_cluster
from bench.measure.host.known import Known, known_interpreters, usable_interpreter
from bench.plan import PRECISIONS, Plan, Sweep, this_interpreter
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
    "sweep",
)

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
    sweep: tuple[str, Sequence[object]] | None = None,
    ceiling: bool | None = None,
    known: Known = known_interpreters,
    cluster: Reach = known_cluster,
) -> Plan:
    """A checked plan: each executor (with its options) at each number of workers.

    It does so on each of the `interpreters`, by their names among those `known`; on this one if
    none is named. `sweep` names a parameter or an option and the values that it takes in turn.
    `ceiling` says whether the hardware's ceiling is measured too, at each number of workers; by
    default where `wants_ceiling` says so. Sequential work is the baseline of every plan, so naming
    it adds nothing. The executor `dask` may have as many workers as the `cluster`, where there is
    one. Raises Refused.
    """
    counts = _worker_counts(workers)
    hosts = list(dict.fromkeys(interpreters)) or [this_interpreter()]
    if ceiling is None:
        room = (len(executors) + 1) * len(counts) * len(hosts) <= MOST_CONTENDERS
        ceiling = room and wants_ceiling(workload, precision, executors, counts, sweep)
    if ceiling:
        executors = {**executors, "ceiling": executors.get("ceiling", {})}
    contenders = [
        {"executor": name, "workers": count, "options": options, "interpreter": host, "at": at}
        for host in hosts
        for name, options in executors.items()
        if find_executor(name).name != "sequential"
        for count in counts
        for at in (sweep[1] if sweep else (None,))
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
        {"name": sweep[0], "values": sweep[1]} if sweep else None,
        known,
        cluster,
    )


def wants_ceiling(
    workload: str,
    precision: str,
    executors: Iterable[str],
    workers: Iterable[object] = (),
    sweep: object = None,
) -> bool:
    """Whether a plan measures the hardware's ceiling without being asked to.

    It does for work that computes, where there is time for it and something of this machine to hold
    against it.
    """
    return (
        precision != "quick"
        and sweep is None
        and find_workload(workload).kind in ("cpu", "native")
        and bool({*executors} - {"sequential", "ceiling", "dask"})
        and find_executor("ceiling").missing() is None
        and all(
            isinstance(count, int) and count <= find_executor("ceiling").most for count in workers
        )
    )


def plan_from_json(
    plain: object, known: Known = known_interpreters, cluster: Reach = known_cluster
) -> Plan:
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
        plain.get("sweep"),
        known,
        cluster,
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
    sweep: object,
    known: Known,
    cluster: Reach,
) -> Plan:
    work = find_workload(workload if isinstance(workload, str) else repr(workload))
    hosts = tuple(usable_interpreter(name, known) for name in interpreters)
    if not hosts or len(set(hosts)) < len(hosts):
        raise Refused("interpreters", ", ".join(hosts), "at least one, each named once")
    for host in hosts:
        check_on(host, work, known)
    if not isinstance(precision, str) or precision not in PRECISIONS:
        raise Refused("precision", precision, choice_of(list(PRECISIONS)))
    if len(contenders) > MOST_CONTENDERS:
        raise Refused("contenders", len(contenders), f"at most {MOST_CONTENDERS}", "choose fewer")
    given = [_of_type(one, dict, "contender", "an object with executor") for one in contenders]
    swept = _sweep(sweep, work, given)
    checked = tuple(checked_contender(one, work, hosts, swept, known) for one in given)
    check_on_cluster(checked, work, cluster)
    names = [contender.name for contender in checked]
    for name in names:
        if names.count(name) > 1:
            raise Refused("contender", name, "named once", "remove the second one")
    plan = Plan(
        workload=work.name,
        parameters=_parameters(work, parameters, preset, swept),
        contenders=checked,
        precision=precision,
        budget_s=_number(_BUDGET, budget_s, PRECISIONS[precision].budget_s),
        seed=int(_number(_SEED, seed, 0)),
        rounds=None if rounds is None else int(_number(_ROUNDS, rounds, 0)),
        interpreters=hosts,
        sweep=swept,
    )
    for one in plan.line_up:
        work.check(**plan.parameters_of(one))
    return plan


def _sweep(
    plain: object, work: Workload, contenders: Sequence[Mapping[str, object]]
) -> Sweep | None:
    if plain is None:
        return None
    names = dict.fromkeys(str(contender.get("executor")) for contender in contenders)
    return checked_sweep(plain, work, [find_executor(name) for name in names])


def _parameters(
    work: Workload, given: Mapping[str, object], preset: str | None, sweep: Sweep | None
) -> dict[str, Value]:
    """The parameters that stay as they are: one that is swept takes its values from there."""
    values = work.parameters(given, preset)
    if sweep and sweep.of == "parameter":
        if sweep.name in given:
            raise Refused(f"{work.name}.{sweep.name}", given[sweep.name], "left out", "it is swept")
        del values[sweep.name]
    return values


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
