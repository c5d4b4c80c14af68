"""Stand-alone scripts: what a plan measures, as a short program that needs no part of the lab.

    recipe of the work ─┐
    way of the executor ┴─► script ──► prints sequential and parallel time, speedup, answer

The functions that do the work are read from the lab's own source, never copied by hand.
"""

import re

from bench.plan import Contender, Plan
from bench.scripts.writing import written
from bench.workloads import find_workload

__all__ = ["script", "script_name", "written"]


def script(plan: Plan, contender: Contender) -> str:
    """The text of a script that does what one of a plan's line-up does.

    Raises Refused for work of the operator's own, whose source is not read here.
    """
    return written(find_workload(plan.workload), plan.parameters_of(contender), contender)


def script_name(plan: Plan, contender: Contender) -> str:
    """A file name for it: primes-processes-2.py."""
    words = re.findall(r"[a-z0-9.]+", f"{plan.workload} {contender.name}".lower())
    return f"{'-'.join(words)}.py"
