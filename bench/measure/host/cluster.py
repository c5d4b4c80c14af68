"""The Dask cluster that contenders may run on: what it is made of, asked of its scheduler.

    address ──► does a scheduler answer? ──► a child asks it and its workers ──► Cluster
                                             (bench.measure.child.ask_cluster)

A child, as Dask would cost the app memory and threads; with a deadline, as a scheduler may be
silent. An answer, or that there was none, is kept for a few seconds.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bench.errors import Unavailable
from bench.executors import find_executor
from bench.executors.dask import answers, no_scheduler
from bench.measure.processes.groups import told_by
from bench.measure.processes.running import python_path
from bench.plan import Plan
from bench.settings import settings

# How long a scheduler may take to say that it is there, and all of them to say what they are, in
# seconds.
CONNECT = 3.0
ANSWER = 10

# How old an answer may be, in seconds.
KEPT = 5.0


# Whether another process has the lab's code as it is here.
Lab = Literal["same", "other", "missing"]


@dataclass(frozen=True)
class Versions:
    """What those who send each other pickled work should have in common."""

    python: str
    dask: str
    distributed: str
    lab: Lab


@dataclass(frozen=True)
class Worker:
    """A worker process: where it is, and what it has; memory is None where it has no limit."""

    address: str
    host: str
    threads: int
    memory_bytes: int | None
    versions: Versions


@dataclass(frozen=True)
class Cluster:
    """A scheduler, by its address and versions, and its workers, by address."""

    address: str
    scheduler: Versions
    workers: tuple[Worker, ...]

    def as_json(self) -> dict[str, Any]:
        """It as plain data for a run's environment: its nodes rather than each of its workers."""
        return {
            "address": self.address,
            "workers": len(self.workers),
            "threads": sum(worker.threads for worker in self.workers),
            "scheduler": asdict(self.scheduler),
            "nodes": _nodes(self.workers),
        }


# The cluster there is; None if none is named. Raises Unavailable if it does not answer.
Reach = Callable[[], Cluster | None]


def known_cluster() -> Cluster | None:
    """The cluster of the operator's setting; None if it names none. Raises Unavailable."""
    return cluster_at(settings().dask)


def cluster_for(plan: Plan, reach: Reach = known_cluster) -> Cluster | None:
    """The cluster that a plan's contenders would run on; None if none would, or it is not there.

    Why it is not there, its contenders say themselves.
    """
    if all(contender.executor != "dask" for contender in plan.contenders):
        return None
    try:
        return reach()
    except Unavailable:
        return None


# By address: when it was asked, and what it answered, or in a sentence why it did not.
_kept: dict[str, tuple[float, Cluster | str]] = {}
_asking = threading.Lock()


def cluster_at(address: str, oldest: float = KEPT) -> Cluster | None:
    """The cluster whose scheduler has that address; None without one. Raises Unavailable.

    An answer that is no older than so many seconds will do.
    """
    if not address:
        return None
    with _asking:
        since, answer = _kept.get(address, (0.0, None))
        # Who starts a cluster that was not there need not wait for long until it is.
        oldest = min(oldest, KEPT) if isinstance(answer, str) else oldest
        if answer is None or time.monotonic() - since > oldest:
            answer = _answer(address)
            _kept[address] = time.monotonic(), answer
    if isinstance(answer, str):
        raise Unavailable(answer)
    return answer


def _answer(address: str) -> Cluster | str:
    try:
        return ask(address)
    except Unavailable as reason:
        return str(reason)


def ask(address: str) -> Cluster:
    """The cluster whose scheduler has that address, asked now. Raises Unavailable."""
    if reason := find_executor("dask").missing():
        raise Unavailable(reason)
    if not answers(address, CONNECT):
        raise no_scheduler(address)
    try:
        told = told_by(
            [sys.executable, "-m", "bench.measure.child.ask_cluster", address, str(ANSWER)],
            ANSWER,
            PYTHONPATH=python_path(),
            PYTHONSAFEPATH="1",
        )
        return _cluster(address, json.loads(told))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise Unavailable(
            f"The Dask cluster at {address} does not say what it is made of: see what its "
            "scheduler and workers print, or name another one."
        ) from error


def _cluster(address: str, told: Mapping[str, Any]) -> Cluster:
    workers = (
        Worker(**{**one, "versions": Versions(**one["versions"])}) for one in told["workers"]
    )
    return Cluster(address, Versions(**told["scheduler"]), tuple(workers))


def _nodes(workers: Sequence[Worker]) -> list[dict[str, Any]]:
    """The workers that share a host and versions, counted together."""
    alike: dict[tuple[str, Versions], list[Worker]] = {}
    for worker in workers:
        alike.setdefault((worker.host, worker.versions), []).append(worker)
    return [
        {
            "host": host,
            "workers": len(group),
            "threads": sum(worker.threads for worker in group),
            "memory_bytes": sum(worker.memory_bytes or 0 for worker in group) or None,
            **asdict(versions),
        }
        for (host, versions), group in alike.items()
    ]
