"""What a Dask cluster can run: work that its workers can import and reach, on as many as it has."""

import ipaddress
from collections.abc import Sequence

import psutil

from bench.errors import Refused, Unavailable
from bench.forms import Between
from bench.measure.host.cluster import Cluster, Reach
from bench.plan import Contender
from bench.workloads import Workload


def check_on_cluster(contenders: Sequence[Contender], work: Workload, reach: Reach) -> None:
    """Refuse what the cluster cannot run; it is asked only if a contender would run there."""
    counts = [contender.workers for contender in contenders if contender.executor == "dask"]
    if not counts:
        return
    try:
        cluster = _able(reach(), work)
    except Unavailable as reason:
        why = str(reason).rstrip(".")
        raise Refused("executor", "dask", "one that can run here", why) from reason
    if cluster and max(counts) > len(cluster.workers):
        raise Refused(
            "dask.workers",
            max(counts),
            f"{Between(1, len(cluster.workers)).told()}, as many as the cluster has",
            f"choose fewer, or start more at {cluster.address}",
        )


def barred_by_cluster(executor: str, work: Workload, reach: Reach) -> str | None:
    """Why the cluster cannot run a workload, in one sentence.

    None if it can, if there is none, or if the executor is another one.
    """
    if executor != "dask":
        return None
    try:
        _able(reach(), work)
    except Unavailable as reason:
        return str(reason)
    return None


def _able(cluster: Cluster | None, work: Workload) -> Cluster | None:
    """The cluster, if there is one. Raises Unavailable if it cannot run the work."""
    if cluster is None:
        return None
    if not cluster.workers:
        raise Unavailable(
            f"The Dask cluster has no workers: start some with `dask worker {cluster.address}`."
        )
    if cluster.scheduler.lab == "missing":
        raise Unavailable(
            f"The Dask scheduler at {cluster.address} cannot import the lab: start it with the "
            "lab's folder on PYTHONPATH."
        )
    without = [worker.host for worker in cluster.workers if worker.versions.lab == "missing"]
    if without:
        raise Unavailable(
            f"Dask workers on {_named(without)} cannot import the lab: start them with the lab's "
            "folder on PYTHONPATH."
        )
    away = [worker.host for worker in cluster.workers if not _here(worker.host)]
    if away and "server" in work.resources:
        raise Unavailable(
            f"Dask workers on {_named(away)} cannot reach the lab's own web server: choose work "
            "that downloads nothing."
        )
    return cluster


def _named(hosts: Sequence[str]) -> str:
    """Hosts, each once, and no more than a few of them."""
    names = sorted(set(hosts))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _here(host: str) -> bool:
    """Whether a host is this machine, by any of its addresses."""
    own = {one.address for found in psutil.net_if_addrs().values() for one in found}
    try:
        return host in own or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
