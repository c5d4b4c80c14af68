"""The Lab where the operator has named a Dask cluster."""

import pytest

from bench.executors.dask import Dask, no_scheduler
from bench.measure.host import cluster
from bench.measure.host.cluster import Cluster
from tests.clusters import ADDRESS, a_cluster
from tests.pages.conftest import Open, widget


@pytest.fixture(autouse=True)
def with_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not it is installed: nothing is measured here."""
    monkeypatch.setattr(Dask, "missing", lambda _: None)
    monkeypatch.setattr(cluster, "_kept", {})
    monkeypatch.setenv("BENCH_DASK", ADDRESS)


def named(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    there = a_cluster(["127.0.0.1"] * workers)
    monkeypatch.setattr(cluster, "ask", lambda _: there)


def offered(open_page: Open) -> list[int]:
    """The worker counts on the first page."""
    return [int(option.rstrip("+")) for option in widget(open_page(), "workers.cpu").options]


def test_worker_counts_go_up_to_the_clusters_own(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, 40)
    assert {32, 40} <= set(offered(open_page))


def test_a_plan_for_the_cluster_can_be_run(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, 40)
    test = open_page()
    for name in ("threads", "processes"):
        widget(test, f"executor.{name}").uncheck()
    widget(test, "executor.dask").check()
    widget(test, "workers.cpu").set_value([1, 40])
    test.run()
    assert not test.warning
    assert not widget(test, "run").disabled
    assert "--dask tcp://127.0.0.1:8786" in test.code[0].value


def test_more_workers_than_the_cluster_has_are_refused(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, 3)
    test = open_page()
    widget(test, "executor.dask").check()
    widget(test, "workers.cpu").set_value([4])
    test.run()
    assert "dask.workers is 4: it must be a whole number from 1 to 3" in (
        test.warning[0].value.replace("\\", "")
    )
    assert widget(test, "run").disabled


def test_a_cluster_that_is_not_there_is_said_and_its_executor_greyed(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(address: str) -> Cluster:
        raise no_scheduler(address)

    monkeypatch.setattr(cluster, "ask", gone)
    test = open_page()
    assert widget(test, "barred.dask").disabled
    said = [caption.value.replace("\\", "") for caption in test.caption]
    assert f"No Dask scheduler answers at {ADDRESS}: start it there, or name another one." in said
    assert not widget(test, "run").disabled
