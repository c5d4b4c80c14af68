"""A plan as a command line that measures the same."""

import shlex
from collections.abc import Mapping

from bench.drafting import wants_ceiling
from bench.executors import NAMES, find_executor, options_form
from bench.forms import Value
from bench.plan import PRECISIONS, Contender, Plan, Sweep, this_interpreter
from bench.workloads import all_workloads

Ways = dict[str, tuple[Mapping[str, Value], list[int]]]


def command_line(plan: Plan, dask: str = "") -> str | None:
    """The command for `plan`, each option on a line of its own after the work.

    `dask` is the address of the cluster that the executor of that name uses, if there is one.
    None where one command cannot say it: work, parameters, executors or options that are not known
    here, executors with different worker counts, or one executor with different options. The seed
    is left out: the same plan, measured anew. Own work is loaded from the folder of its file.
    """
    if not _known(plan):
        return None
    if set(plan.interpreters) == {this_interpreter()}:
        pythons = []
    else:
        pythons = [f"--python {shlex.quote(name)}" for name in plan.interpreters]
    first, *others = (_ways(plan, name) for name in plan.interpreters)
    if first is None or any(ways != first for ways in others):
        return None
    ways = first
    counts_of_all = {tuple(counts) for _, counts in ways.values()}
    if len(counts_of_all) > 1:
        return None
    parts = [f"python -m bench run {shlex.quote(plan.workload)}"]
    if (work := all_workloads().get(plan.workload)) and work.source:
        parts.append(f"--load {shlex.quote(work.source.label)}")
    parts += [f"--set {shlex.quote(f'{name}={value}')}" for name, value in plan.parameters.items()]
    parts += [f"--executor {_executor(name, options)}" for name, (options, _) in ways.items()]
    if "ceiling" not in ways and wants_ceiling(
        plan.workload, plan.precision, ways, [one.workers for one in plan.contenders], plan.sweep
    ):
        parts.append("--no-ceiling")
    if not ways:  # nothing beyond the baseline, and nothing would mean the default
        parts.append("--executor sequential")
    parts += [f"--workers {','.join(map(str, counts))}" for counts in counts_of_all]
    if plan.sweep:
        values = ",".join(map(str, plan.sweep.values))
        parts.append(f"--sweep {shlex.quote(f'{plan.sweep.name}={values}')}")
    parts += pythons
    if dask and "dask" in ways:
        parts.append(f"--dask {shlex.quote(dask)}")
    parts.append(f"--precision {plan.precision}")
    if plan.rounds:
        parts.append(f"--rounds {plan.rounds}")
    if plan.budget_s != PRECISIONS[plan.precision].budget_s:
        parts.append(f"--budget {plan.budget_s!r}".removesuffix(".0"))
    return " \\\n    ".join(parts)


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


def _ways(plan: Plan, interpreter: str) -> Ways | None:
    """Executors with their options and worker counts; None if one has different options."""
    ways: Ways = {}
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


def _executor(name: str, options: Mapping[str, Value]) -> str:
    odd = [
        f"{option.name}={options[option.name]}"
        for option in options_form(find_executor(name))
        if options.get(option.name, option.default) != option.default
    ]
    return shlex.quote(f"{name}:{','.join(odd)}" if odd else name)
