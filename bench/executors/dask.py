"""Dask's scheduler and workers, with the map of its concurrent.futures front: past one machine.

By itself it starts a cluster of its own on this machine: `workers` processes of one thread. With
BENCH_DASK it uses the running cluster at that address, and of it `workers` worker processes with
as many threads as each has; they must be able to import the work.
"""

import importlib
import importlib.util
import os
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

from bench.errors import Unavailable
from bench.executors.chunks import Chunk, chunk_size, in_chunks
from bench.executors.seam import Map, Way

# How long a scheduler may take to answer one who comes, and one who waits for its results, in
# seconds: a large pass keeps it busy for a while.
CONNECT = 10.0
ANSWER = 30.0

# Who has waited so long for a result asks whether the scheduler is still there, in seconds.
LOOK_UP = 1.0

# What a client may take to close when the others are gone, in seconds.
CLOSE = 2.0


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
        if address and not answers(address, CONNECT):
            raise no_scheduler(address)
        cluster = _running(distributed, address) if address else _own(distributed, workers)
        return _opened(cluster, workers, chunk)


def answers(address: str, seconds: float) -> bool:
    """Whether a Dask scheduler is at an address: it speaks first to whoever connects."""
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), seconds) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False


def no_scheduler(address: str) -> Unavailable:
    """What is raised where a cluster was named and does not answer."""
    return Unavailable(
        f"No Dask scheduler answers at {address}: start it there, or name another one."
    )


@contextmanager
def _opened(cluster: AbstractContextManager[Any], workers: int, chunk: int | str) -> Iterator[Map]:
    with cluster as client, _OverWorkers(client, workers) as over:

        def run(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
            return in_chunks(over, task, items, chunk_size(chunk, len(items), workers))

        yield run


class _OverWorkers:
    """The front's map (`client.get_executor().map`), but it does not wait for who is gone.

    Dask itself gives a lost worker's tasks to the others, or waits for ever for another one.
    """

    def __init__(self, client: Any, workers: int) -> None:
        self._client = client
        self._address = client.scheduler.address
        self._workers = _first(client, workers)
        self._gone: set[str] = set()

    def __enter__(self) -> "_OverWorkers":
        self._client.subscribe_topic("all", self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        # Else the scheduler tells a client that has left of its leaving, and logs that it cannot.
        self._client.unsubscribe_topic("all")

    def __call__(
        self, task: Callable[[Any], list[Any]], chunks: Iterable[Any]
    ) -> Iterator[list[Any]]:
        # `pure` would know the second pass's tasks by their items, and not run them again.
        futures = self._client.map(task, list(chunks), pure=False, workers=self._workers)
        return self._results(iter(futures))

    def _results(self, futures: Iterator[Any]) -> Iterator[list[Any]]:
        try:
            for future in futures:
                yield self._result(future)
        finally:
            self._client.cancel(list(futures))

    def _result(self, future: Any) -> Any:
        """A future's result. Raises Unavailable as soon as a worker or the scheduler is gone."""
        seconds = LOOK_UP
        while True:
            if lost := self._gone.intersection(self._workers):
                raise Unavailable(
                    f"A Dask worker went away during the trial ({', '.join(sorted(lost))}): "
                    "see why in its output, and start it again."
                )
            try:
                return future.result(seconds)
            except (OSError, CancelledError) as error:
                if future.status == "error":
                    return future.result()  # what the task itself raised
                if future.status == "cancelled" or not answers(self._address, ANSWER):
                    raise Unavailable(
                        f"The Dask scheduler at {self._address} went away during the trial: "
                        "start it again."
                    ) from error
            # A large result that is on its way would never come if it was given up each time.
            seconds = 2 * seconds if future.status == "finished" else LOOK_UP

    def _hear(self, event: tuple[float, Any]) -> None:
        """What the scheduler tells of its workers; it comes before the results of what is left."""
        _, told = event
        if isinstance(told, dict) and told.get("action") == "remove-worker":
            self._gone.add(str(told["worker"]))


def _first(client: Any, workers: int) -> list[str]:
    """The addresses of so many workers, always the same ones. Raises Unavailable."""
    known = sorted(client.nthreads())
    if len(known) < workers:
        raise Unavailable(
            f"The Dask cluster has only {len(known)} of {workers} workers: choose fewer, or start "
            "more."
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
        _closed(distributed.Client(cluster)) as client,
    ):
        yield client


@contextmanager
def _running(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=CONNECT)
    except OSError as error:
        raise no_scheduler(address) from error
    with _closed(client):
        yield client


@contextmanager
def _closed(client: Any) -> Iterator[Any]:
    """Close a client in the end, at once if there is nobody who would answer it."""
    try:
        yield client
    except Unavailable:
        with suppress(TimeoutError):
            client.close(CLOSE)
        raise
    except BaseException:
        client.close()
        raise
    else:
        client.close()


executor = Dask()
