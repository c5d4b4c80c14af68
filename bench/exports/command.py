"""A plan as a command line that measures the same."""

import shlex
from collections.abc import Mapping

from bench.asking.picked import picked_of
from bench.asking.plans import wants_ceiling
from bench.executors import find_executor, options_form
from bench.forms import Value
from bench.plan import PRECISIONS, Plan, this_interpreter
from bench.workloads import all_workloads


def command_line(plan: Plan, dask: str = "") -> str | None:
    """The command for `plan`, each option on a line of its own after the work.

    `dask` is the address of the cluster that the executor of that name uses, if there is one.
    None where one command cannot say it: work, parameters, executors or options that are not known
    here, executors with different worker counts, or one executor with different options. The seed
    is left out: the same plan, measured anew. Own work is loaded from the folder of its file.
    """
    picked = picked_of(plan)
    if picked is None:
        return None
    if set(plan.interpreters) == {this_interpreter()}:
        pythons = []
    else:
        pythons = [f"--python {shlex.quote(name)}" for name in plan.interpreters]
    ways = picked.executors
    parts = [f"python -m bench run {shlex.quote(plan.workload)}"]
    if (work := all_workloads().get(plan.workload)) and work.source:
        parts.append(f"--load {shlex.quote(work.source.label)}")
    parts += [f"--set {shlex.quote(f'{name}={value}')}" for name, value in plan.parameters.items()]
    parts += [f"--executor {_executor(name, options)}" for name, options in ways.items()]
    if "ceiling" not in ways and wants_ceiling(
        plan.workload, plan.precision, ways, [one.workers for one in plan.contenders], plan.sweep
    ):
        parts.append("--no-ceiling")
    if not ways:  # nothing beyond the baseline, and nothing would mean the default
        parts.append("--executor sequential")
    if picked.workers:
        parts.append(f"--workers {','.join(map(str, picked.workers))}")
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


def _executor(name: str, options: Mapping[str, Value]) -> str:
    odd = [
        f"{option.name}={options[option.name]}"
        for option in options_form(find_executor(name))
        if options.get(option.name, option.default) != option.default
    ]
    return shlex.quote(f"{name}:{','.join(odd)}" if odd else name)
