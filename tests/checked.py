"""Made-up runs of the one-minute check, from a seed."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bench.guides.minute import minute_plan
from bench.samples import Run
from tests.build import a_run, rounds_of


def a_check(
    reached: float = 1.95,
    *,
    workers: int = 2,
    rounds: int = 6,
    noise: float = 0.003,
    control: float = 1.0,
    alone: float = 1.0,
    disturbed: int = 0,
    environment: Mapping[str, Any] | None = None,
) -> Run:
    """A check that ended: its ceiling reaches so much of so many workers.

    `control` and `alone` are the speedups of the same work twice and of one worker; the first
    `disturbed` rounds are so.
    """
    plan = minute_plan(workers)
    speedups = {"control": control, "ceiling × 1": alone, f"ceiling × {workers}": reached}
    rng = random.Random(1)
    times = {
        one.name: [
            0.2 / speedups.get(one.name, 1.0) * rng.lognormvariate(0, noise) for _ in range(rounds)
        ]
        for one in plan.line_up
    }
    samples = [
        replace(one, foreign_share=0.4) if one.round <= disturbed else one
        for one in rounds_of(plan, times)
    ]
    run = a_run(plan, samples, state="done", usable=workers)
    return replace(run, environment={**run.environment, **(environment or {})})
