"""A real Dask cluster: asked what it is, drafted for, measured on, and written down."""

import shutil
import signal
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import pytest

from bench.asking.plans import draft
from bench.commands import main
from bench.errors import Refused, Unavailable
from bench.measure.host import cluster as asking
from bench.measure.host.cluster import Versions, ask
from bench.measure.processes.running import ROOT
from tests.dask_cluster import HOSTS, Running, dask_cluster, needs_dask
from tests.executors.programs import environment
from tests.exports.schema import read
from tests.watching import PATIENCE

pytestmark = needs_dask

WORK = ("run", "primes", "--set", "limit=1000", "--executor", "dask", "--rounds", "2", "--no-save")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no cluster that does not answer."""
    monkeypatch.setattr(asking, "ANSWER", int(PATIENCE))


def test_a_cluster_says_what_it_is_made_of(cluster: Running) -> None:
    here = Versions(python_version(), version("dask"), version("distributed"), "same")
    found = ask(cluster.address)
    assert (found.address, found.scheduler) == (cluster.address, here)
    assert [worker.address for worker in found.workers] == cluster.known()
    assert sorted(worker.host for worker in found.workers) == sorted(HOSTS)
    assert {(one.threads, one.versions) for one in found.workers} == {(1, here)}
    assert all(worker.memory_bytes for worker in found.workers)


def test_workers_without_this_version_of_the_lab_are_told_apart(
    cluster: Running, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "bench", tmp_path / "bench", ignore=shutil.ignore_patterns("charts"))
    other = environment(cluster.folder) | {"PYTHONPATH": str(tmp_path)}
    without = other | {"PYTHONPATH": ""}
    with cluster.worker(variables=other), cluster.worker(variables=without):
        cluster.wait_for(4)
        found = ask(cluster.address)
        assert sorted(worker.versions.lab for worker in found.workers) == [
            "missing",
            "other",
            "same",
            "same",
        ]
        with pytest.raises(Refused) as refused:
            draft("primes", executors={"dask": {}}, workers=[1], cluster=lambda: found)
    assert str(refused.value) == (
        "executor is 'dask': it must be one that can run here; Dask workers on 127.0.0.1 cannot "
        "import the lab: start them with the lab's folder on PYTHONPATH."
    )
    cluster.wait_for(2)


def test_a_worker_that_does_not_answer_is_not_waited_for(
    cluster: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ANSWER", 3)
    with cluster.worker() as worker:
        cluster.wait_for(3)
        worker.send_signal(signal.SIGSTOP)
        with pytest.raises(Unavailable) as reason:
            ask(cluster.address)
    assert str(reason.value) == (
        f"The Dask cluster at {cluster.address} does not say what it is made of: see what its "
        "scheduler and workers print, or name another one."
    )
    cluster.wait_for(2)


def test_a_run_on_it_is_measured_and_says_what_it_was_measured_on(
    cluster: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*WORK, "--workers", "1,2", "--dask", cluster.address, "--out", "-"]) == 0
    plain = read(capsys.readouterr().out)
    assert {sample["answer"] for sample in plain["samples"]} == {"168"}
    assert [one["name"] for one in plain["plan"]["contenders"]] == ["dask × 1", "dask × 2"]
    there = plain["environment"]["cluster"]
    assert (there["address"], there["workers"], there["threads"]) == (cluster.address, 2, 2)
    assert sum(node["workers"] for node in there["nodes"]) == 2
    assert {node["host"] for node in there["nodes"]} == set(HOSTS)
    assert not [one for one in plain["warnings"] if one["code"].startswith("cluster")]


def test_more_workers_than_it_has_are_refused(
    cluster: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*WORK, "--workers", "2,3", "--dask", cluster.address]) == 2
    assert capsys.readouterr().err == (
        "dask.workers is 3: it must be a whole number from 1 to 2, as many as the cluster has; "
        f"choose fewer, or start more at {cluster.address}.\n"
    )
