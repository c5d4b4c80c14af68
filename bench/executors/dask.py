"""Dask's scheduler and workers through its concurrent.futures front: where one machine ends.

By itself it starts a cluster of its own on this machine: `workers` processes of one thread. With
BENCH_DASK it uses the running cluster at that address, and of it `workers` worker processes with
as many threads as each has; they must be able to import the work.
"""

import importlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from bench.errors import Unavailable
from bench.executors.chunks import Chunk, chunk_size, in_chunks
from bench.executors.seam import Map, Way

# How long a scheduler may take to answer.
CONNECT = "10s"


class Dask(Way):
    name = "dask"
    title = "Dask cluster (dask.distributed)"
    kind = "cluster"
    most = 1_000

    def missing(self) -> str | None:
        if importlib.util.find_spec("distributed"):
            return None
        return "This Python has no dask.distributed: install requirements-dask.txt."

    def open(self, workers: int, *, chunk: Chunk = "many") -> AbstractContextManager[Map]:
        distributed = importlib.import_module("distributed")
        address = os.environ.get("BENCH_DASK")
        cluster = _running(distributed, address) if address else _own(distributed, workers)
        return _opened(cluster, workers, chunk)


@contextmanager
def _opened(cluster: AbstractContextManager[Any], workers: int, chunk: int | str) -> Iterator[Map]:
    with (
        cluster as client,
        # `pure` would know the second pass's tasks by their items, and not run them again.
        client.get_executor(pure=False, workers=_first(client, workers)) as pool,
    ):

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            size = chunk_size(chunk, len(items), workers)
            return in_chunks(lambda each, chunks: pool.map(each, list(chunks)), task, items, size)

        yield run


def _first(client: Any, workers: int) -> list[str]:
    """The addresses of so many workers, always the same ones. Raises Unavailable."""
    known = sorted(client.nthreads())
    if len(known) < workers:
        raise Unavailable(
            f"The Dask cluster has {len(known)} workers: choose no more, or start {workers}."
        )
    return known[:workers]


@contextmanager
def _own(distributed: Any, workers: int) -> Iterator[Any]:
    with (
        tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder,
        importlib.import_module("dask").config.set({"temporary-directory": folder}),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",  # with None it would be the one port 8787
            scheduler_kwargs={"dashboard": False},
            memory_limit=None,
            silence_logs="CRITICAL",
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@contextmanager
def _running(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=CONNECT)
    except OSError as error:
        raise Unavailable(
            f"No Dask scheduler answers at {address}: start it, or unset BENCH_DASK."
        ) from error
    with client:
        yield client


executor = Dask()
