"""Dask clusters that are made up."""

from collections.abc import Sequence
from dataclasses import replace

from bench.measure.host.cluster import Cluster, Versions, Worker

ADDRESS = "tcp://127.0.0.1:8786"

VERSIONS = Versions("3.11.7", "2026.8.0", "2026.8.0", "same")
OTHER_LAB = replace(VERSIONS, lab="other")
NO_LAB = replace(VERSIONS, lab="missing")


def a_cluster(
    hosts: Sequence[str] = ("127.0.0.1", "127.0.0.2"),
    *,
    versions: Versions = VERSIONS,
    scheduler: Versions = VERSIONS,
    memory: int | None = 1_000,
) -> Cluster:
    """A cluster with a worker of two threads for each of the hosts."""
    workers = (
        Worker(f"tcp://{host}:{place}", host, 2, memory, versions)
        for place, host in enumerate(hosts, 40_000)
    )
    return Cluster(ADDRESS, scheduler, tuple(workers))
