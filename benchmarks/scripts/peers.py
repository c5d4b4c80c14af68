"""The same work by other people's ways to run it: `peers.py NAME` prints seconds in JSON.

Each as its own documentation has it, with 2 workers and its own way of cutting the items.
"""

import importlib
import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from bench.workloads import find_workload

WORKERS = 2

# The works in their order, with their parameters, and the one that is timed cold, too.
WORKS: dict[str, dict[str, Any]] = {
    "primes": {"limit": 200_000},
    "tiny": {"count": 10_000},
    "waiting": {"count": 20, "delay": 0.02},
}

COLD = "primes"

Map = Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]


@contextmanager
def threads() -> Iterator[Map]:
    with ThreadPoolExecutor(WORKERS) as pool:
        yield lambda task, items: list(pool.map(task, items))


@contextmanager
def processes() -> Iterator[Map]:
    with ProcessPoolExecutor(WORKERS) as pool:

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
            chunk = max(1, len(items) // (4 * WORKERS))
            return list(pool.map(task, items, chunksize=chunk))

        yield run


@contextmanager
def pool() -> Iterator[Map]:
    with multiprocessing.Pool(WORKERS) as opened:
        yield opened.map


@contextmanager
def joblib() -> Iterator[Map]:
    from joblib import Parallel, delayed

    with Parallel(n_jobs=WORKERS) as parallel:
        yield lambda task, items: parallel(delayed(task)(item) for item in items)


@contextmanager
def mpire() -> Iterator[Map]:
    from mpire import WorkerPool

    with WorkerPool(n_jobs=WORKERS, keep_alive=True) as opened:
        # It would take a tuple for several arguments.
        yield lambda task, items: opened.map(task, [(item,) for item in items])


@contextmanager
def dask() -> Iterator[Map]:
    distributed = importlib.import_module("distributed")
    bag = importlib.import_module("dask.bag")

    def run(task: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        return list(bag.from_sequence(items, npartitions=4 * WORKERS).map(task).compute())

    with (
        distributed.LocalCluster(
            n_workers=WORKERS,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as cluster,
        distributed.Client(cluster),
    ):
        yield run


@contextmanager
def ray() -> Iterator[Map]:
    import ray as library
    from ray.util.multiprocessing import Pool

    # It would write a token into the home folder, and tell its makers that it is used.
    os.environ |= {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}
    library.init(
        num_cpus=WORKERS,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        _node_ip_address="127.0.0.1",
        _temp_dir=tempfile.gettempdir(),
    )
    try:
        with Pool(WORKERS) as opened:
            yield lambda task, items: list(opened.map(task, items))
    finally:
        library.shutdown()


PEERS = {
    "threads": threads,
    "processes": processes,
    "pool": pool,
    "joblib": joblib,
    "mpire": mpire,
    "dask": dask,
    "ray": ray,
}

# What those import that are not Python's own.
PACKAGES = {
    "joblib": ("joblib",),
    "mpire": ("mpire",),
    "dask": ("dask.bag", "distributed"),
    "ray": ("ray", "ray.util.multiprocessing"),
}


def main(name: str) -> None:
    """The first work cold, from opening to closing, and every work warm."""
    works = {work: find_workload(work).build(**given) for work, given in WORKS.items()}
    expected = {work: list(map(built.task, built.items)) for work, built in works.items()}
    for package in PACKAGES.get(name, ()):
        importlib.import_module(package)  # to import it is no part of what is timed
    told = {}
    t0 = perf_counter()
    with PEERS[name]() as run:
        t1 = perf_counter()
        for work, built in works.items():
            t2 = perf_counter()
            first = run(built.task, built.items)
            t3 = perf_counter()
            run(built.task, built.items)
            told[work] = perf_counter() - t3
            if work == COLD:
                cold = (t1 - t0) + (t3 - t2)
            if first != expected[work]:
                raise ValueError(f"{name} gave a wrong answer to {work}")
        t4 = perf_counter()
    told["cold"] = cold + perf_counter() - t4
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
