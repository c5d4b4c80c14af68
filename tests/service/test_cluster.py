"""The service says of a run which Dask cluster it was measured on."""

import pytest

from bench.executors.dask import Dask, no_scheduler
from bench.measure.host import cluster
from bench.measure.host.cluster import Cluster
from tests.build import a_plan
from tests.clusters import ADDRESS, a_cluster
from tests.scripted import FAILS, Scripted
from tests.serving import Kept


def ask(_: str) -> Cluster:
    return a_cluster()


@pytest.fixture(autouse=True)
def with_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not it is installed: trials are scripted."""
    monkeypatch.setattr(Dask, "missing", lambda _: None)
    monkeypatch.setattr(cluster, "ask", ask)
    monkeypatch.setattr(cluster, "_kept", {})
    monkeypatch.setenv("BENCH_DASK", ADDRESS)


@pytest.mark.usefixtures("serving")
def test_a_run_has_the_cluster_in_its_environment(kept: Kept) -> None:
    run = kept.when(kept.submit(a_plan(executors=["dask"], rounds=2)), "done")
    assert run.environment["cluster"] == a_cluster().as_json()


def test_a_cluster_that_went_away_costs_only_what_would_run_there(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, serving: Scripted
) -> None:
    serving({"dask": FAILS})
    plan = a_plan(executors=["dask", "threads"], rounds=2)

    def gone(address: str) -> Cluster:
        raise no_scheduler(address)

    monkeypatch.setattr(cluster, "ask", gone)
    monkeypatch.setattr(cluster, "_kept", {})
    run = kept.when(kept.submit(plan), "done")
    assert run.environment["cluster"] is None
    assert {failure.contender for failure in run.failures} == {"dask × 2"}
    assert "threads × 2" in {sample.contender for sample in run.samples}
