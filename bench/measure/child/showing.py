"""The child that performs one experiment: what happens as it comes, then facts.

Standard library only: the child may be another interpreter than the app's.
"""

import multiprocessing
import platform
import sys
from collections.abc import Generator, Mapping
from typing import Any

from bench.experiments import find_experiment
from bench.measure.child.answering import answer
from bench.measure.child.gil import gil_enabled


def shown(request: Mapping[str, Any]) -> Generator[Any, None, dict[str, Any]]:
    """Perform what a request asks for. Raises whatever the experiment raises."""
    experiment = find_experiment(request["experiment"])
    facts = yield from experiment.steps(**request["parameters"], **request["resources"])
    return {"event": "facts", "facts": {**facts, **_circumstances(request)}}


def _circumstances(request: Mapping[str, Any]) -> dict[str, Any]:
    """What facts are keyed by: interpreter, GIL, start method and CPUs."""
    return {
        "implementation": platform.python_implementation(),
        "version": list(sys.version_info[:3]),
        "gil": gil_enabled(),
        "start_method": multiprocessing.get_start_method(),
        "usable_cpus": request["usable_cpus"],
    }


if __name__ == "__main__":
    sys.exit(answer(shown))
