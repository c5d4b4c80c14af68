"""Opening executors in the process of the tests."""

import multiprocessing
from contextlib import AbstractContextManager

from bench.executors.seam import Executor, Map
from tests.executors.tasks import defaults

# Forking is left to programs of their own: this process has threads at times.
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def opened(executor: Executor, workers: int) -> AbstractContextManager[Map]:
    """An executor with its own defaults, but never forking."""
    options = defaults(executor.name, start_method=METHOD)
    return executor.open(min(workers, executor.most), **options)
