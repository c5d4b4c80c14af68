"""What people pick in the Lab's form, from which a plan is drafted; and what a plan was picked as.

picked ──drafted──► plan ──picked_of──► picked
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.asking.plans import draft
from bench.executors import NAMES, find_executor, options_form
from bench.forms import Value
from bench.measure.host.cluster import Reach, known_cluster
from bench.measure.host.known import Known, known_interpreters
from bench.plan import Contender, Plan, Sweep
from bench.workloads import all_workloads


@dataclass(frozen=True)
class Picked:
    """Every field of the form: each executor (with all its options) at each number of workers.

    What is swept, a parameter or an option, is not among parameters and options.
    """

    workload: str
    parameters: Mapping[str, Value]
    executors: Mapping[str, Mapping[str, Value]]
    workers: tuple[int, ...]
    interpreters: tuple[str, ...]
    precision: str
    sweep: tuple[str, tuple[Value, ...]] | None = None


def drafted(
    picked: Picked, known: Known = known_interpreters, cluster: Reach = known_cluster
) -> Plan:
    """The checked plan of what was picked. Raises Refused."""
    return draft(
        picked.workload,
        executors=picked.executors,
        workers=picked.workers,
        parameters=picked.parameters,
        precision=picked.precision,
        interpreters=picked.interpreters,
        sweep=picked.sweep,
        ceiling=False,  # it is one of the executors to pick
        known=known,
        cluster=cluster,
    )


def picked_of(plan: Plan) -> Picked | None:
    """What has to be picked for a plan; its seed, and rounds and budget of its own, are left out.

    None where it cannot be picked: work, parameters, executors or options that are not known here,
    executors with different worker counts, one executor with different options, or one interpreter
    with other contenders than the next.
    """
    if not _known(plan):
        return None
    first, *others = (_ways(plan, name) for name in plan.interpreters)
    if first is None or any(ways != first for ways in others):
        return None
    counts = {tuple(counts) for _, counts in first.values()}
    if len(counts) > 1:
        return None
    return Picked(
        plan.workload,
        dict(plan.parameters),
        {name: options for name, (options, _) in first.items()},
        next(iter(counts), ()),
        plan.interpreters,
        plan.precision,
        (plan.sweep.name, plan.sweep.values) if plan.sweep else None,
    )


def _known(plan: Plan) -> bool:
    """Whether this lab knows all names in a plan, which may come from another one."""
    work = all_workloads().get(plan.workload)
    swept = plan.sweep.name if plan.sweep and plan.sweep.of == "parameter" else None
    names = {*plan.parameters, *filter(None, [swept])}
    return (
        work is not None
        and plan.has_baseline
        and names <= {field.name for field in work.form}
        and all(
            one.executor in NAMES
            and {*one.options}
            <= {field.name for field in options_form(find_executor(one.executor))}
            for one in plan.contenders
        )
    )


def _ways(plan: Plan, interpreter: str) -> dict[str, tuple[Mapping[str, Value], list[int]]] | None:
    """Executors with their options and worker counts; None if one has different options."""
    ways: dict[str, tuple[Mapping[str, Value], list[int]]] = {}
    for contender in plan.contenders:
        if contender.interpreter == interpreter:
            fixed = _fixed(contender, plan.sweep)
            options, counts = ways.setdefault(contender.executor, (fixed, []))
            if contender.workers not in counts:
                counts.append(contender.workers)
            if options != fixed:
                return None
    return ways


def _fixed(contender: Contender, sweep: Sweep | None) -> dict[str, Value]:
    """The options that stay as they are."""
    swept = sweep.name if sweep and sweep.of == "option" else ""
    return {name: value for name, value in contender.options.items() if name != swept}
