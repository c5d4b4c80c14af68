"""The one-minute check of a machine: one plan, always the same on the same machine.

Sequential work against itself (the control) shows how small a difference the machine can show;
independent processes, one and as many as there are usable CPUs, show what those reach together.
"""

from collections.abc import Mapping
from typing import Any

from bench.asking.plans import draft
from bench.executors import find_executor
from bench.plan import Plan
from bench.samples import Run
from bench.store import Store

# Long enough that a pool's hand-over is nothing to it; five rounds take about 15 s on two CPUs.
LIMIT = 300_000
BUDGET = 45.0

# The order of trials is the same in each check, so that all checks are runs of one plan.
SEED = 1


def minute_plan(usable_cpus: int) -> Plan:
    """The check's plan for so many usable CPUs."""
    most = min(usable_cpus, find_executor("ceiling").most)
    return draft(
        "primes",
        executors={"ceiling": {}},
        workers=sorted({1, most}),
        parameters={"limit": LIMIT},
        precision="standard",
        budget_s=BUDGET,
        seed=SEED,
    )


def last_minute(store: Store, stamp: Mapping[str, Any]) -> Run | None:
    """The newest check of the machine with that stamp: one that goes on, or that has ended whole.

    One that was stopped or interrupted is passed over.
    """
    for run in store.runs.of_plan(minute_plan(stamp["cpus"]["usable"])):
        # One that failed before it began has no stamp.
        here = run.environment.get("fingerprint") in (None, stamp["fingerprint"])
        if run.active or (here and run.state in ("done", "failed")):
            return store.runs.find(run.id)
    return None
