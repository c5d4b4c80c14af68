"""Speedup Lab's engine: what threads, processes and their like do for a piece of work, measured.

    pages, commands, api ──► asking ──► plan ──► measure ──► run ──► analysis ──► charts ──► exports
                               │                   │          │
                               │                   │          └─ store: runs and samples in
                               │                   │             SQLite, and the queue
                               │                   └─ rounds of trials, each a fresh child
                               │                      process; service runs them
                               └─ workloads and executors: their signatures are form and checks

Names are handed out lazily: a trial's child imports this package too, and should load little.
"""

import importlib
import sys
from typing import TYPE_CHECKING, Any

if sys.platform == "win32":
    sys.exit("Speedup Lab runs on Linux and macOS: on Windows, run it inside WSL.")

if TYPE_CHECKING:
    from bench.api import advise, load, run
    from bench.asking.plans import draft, plan_from_json
    from bench.errors import Refused, Unavailable
    from bench.forms import Between, OneOf
    from bench.guides.advising import Advised
    from bench.measured import Measured
    from bench.plan import Contender, Plan
    from bench.work import Staged, Work
    from bench.workloads import workload

__all__ = [
    "Advised",
    "Between",
    "Contender",
    "Measured",
    "OneOf",
    "Plan",
    "Refused",
    "Staged",
    "Unavailable",
    "Work",
    "advise",
    "draft",
    "load",
    "plan_from_json",
    "run",
    "workload",
]

_HOMES = {
    "Advised": "guides.advising",
    "Between": "forms",
    "Contender": "plan",
    "Measured": "measured",
    "OneOf": "forms",
    "Plan": "plan",
    "Refused": "errors",
    "Staged": "work",
    "Unavailable": "errors",
    "Work": "work",
    "advise": "api",
    "draft": "asking.plans",
    "load": "api",
    "plan_from_json": "asking.plans",
    "run": "api",
    "workload": "workloads",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bench' has no attribute {name!r}")
    return getattr(importlib.import_module(f"bench.{_HOMES[name]}"), name)
