"""What a plan may ask of a Dask cluster: refused in one sentence, before anything is started."""

from collections.abc import Callable

import pytest

from bench.asking.plans import draft, plan_from_json
from bench.errors import Refused
from bench.executors.dask import Dask, no_scheduler
from bench.measure.host.cluster import Cluster
from bench.plan import Plan
from tests.clusters import ADDRESS, NO_LAB, OTHER_LAB, a_cluster


@pytest.fixture(autouse=True)
def with_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not it is installed: nothing is started here."""
    monkeypatch.setattr(Dask, "missing", lambda _: None)


def planned(
    cluster: Callable[[], Cluster | None],
    workers: int = 1,
    *,
    executor: str = "dask",
    workload: str = "primes",
) -> Plan:
    return draft(
        workload, executors={executor: {}}, workers=[workers], ceiling=False, cluster=cluster
    )


def refusal(cluster: Cluster, workers: int = 1, *, workload: str = "primes") -> str:
    with pytest.raises(Refused) as refused:
        planned(lambda: cluster, workers, workload=workload)
    return str(refused.value)


def gone() -> Cluster:
    raise no_scheduler(ADDRESS)


def test_there_may_be_as_many_workers_as_the_cluster_has() -> None:
    plan = planned(lambda: a_cluster(["127.0.0.1"] * 40), 40)
    assert [one.name for one in plan.contenders] == ["dask × 40"]


def test_more_are_refused_with_the_clusters_own_number() -> None:
    assert refusal(a_cluster(), 3) == (
        "dask.workers is 3: it must be a whole number from 1 to 2, as many as the cluster has; "
        "choose fewer, or start more at tcp://127.0.0.1:8786."
    )


def test_a_plan_that_comes_as_plain_data_is_checked_alike() -> None:
    plain = planned(lambda: None, 3).as_json()
    three = plan_from_json(plain, cluster=lambda: a_cluster(["127.0.0.1"] * 3))
    assert three.as_json() == plain
    with pytest.raises(Refused, match=r"^dask\.workers is 3: "):
        plan_from_json(plain, cluster=a_cluster)


def test_without_a_cluster_the_bound_is_the_executors_own() -> None:
    assert planned(lambda: None, 1_000).contenders[0].workers == 1_000
    with pytest.raises(Refused, match="from 1 to 1,000"):
        planned(lambda: None, 1_001)


def test_other_executors_do_not_ask_for_it() -> None:
    assert planned(gone, 4, executor="threads").contenders


def test_a_cluster_that_is_not_there_is_said_with_its_address() -> None:
    with pytest.raises(Refused) as refused:
        planned(gone)
    assert str(refused.value) == (
        "executor is 'dask': it must be one that can run here; No Dask scheduler answers at "
        "tcp://127.0.0.1:8786: start it there, or name another one."
    )


def test_a_cluster_without_workers_says_how_to_start_one() -> None:
    assert refusal(a_cluster([])).endswith(
        "The Dask cluster has no workers: start some with `dask worker tcp://127.0.0.1:8786`."
    )


def test_workers_that_cannot_import_the_lab_are_named() -> None:
    hosts = ["10.0.0.4", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.1"]
    assert "Dask workers on 10.0.0.1, 10.0.0.2, 10.0.0.3 and 1 more cannot import the lab" in (
        refusal(a_cluster(hosts, versions=NO_LAB))
    )


def test_a_scheduler_that_cannot_import_the_lab_is_named() -> None:
    assert refusal(a_cluster(scheduler=NO_LAB)).endswith(
        "The Dask scheduler at tcp://127.0.0.1:8786 cannot import the lab: start it with the lab's "
        "folder on PYTHONPATH."
    )


def test_workers_with_another_version_of_the_lab_will_do() -> None:
    assert planned(lambda: a_cluster(versions=OTHER_LAB, scheduler=OTHER_LAB)).contenders


def test_work_that_needs_the_labs_own_server_stays_on_its_machine() -> None:
    assert planned(a_cluster, workload="pages").contenders
    away = a_cluster(["127.0.0.1", "192.0.2.7"])
    assert planned(lambda: away).contenders
    assert refusal(away, workload="pages") == (
        "executor is 'dask': it must be one that can run here; Dask workers on 192.0.2.7 cannot "
        "reach the lab's own web server: choose work that downloads nothing."
    )
