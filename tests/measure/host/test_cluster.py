"""The Dask cluster as the lab knows it: when it is asked, and what if it is not there.

A real one is asked in tests/test_dask_cluster.py.
"""

import socket

import pytest

from bench.errors import Unavailable
from bench.executors.dask import Dask, no_scheduler
from bench.measure.host import cluster
from bench.measure.host.cluster import Cluster, ask, cluster_at, cluster_for, known_cluster
from tests.build import a_plan
from tests.clusters import ADDRESS, a_cluster


class Asked:
    """Stands for asking: counts, and answers with a cluster or a reason."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: Cluster | Unavailable) -> None:
        self.addresses: list[str] = []
        self._answer = answer
        monkeypatch.setattr(cluster, "ask", self)
        monkeypatch.setattr(cluster, "_kept", {})

    def __call__(self, address: str) -> Cluster:
        self.addresses.append(address)
        if isinstance(self._answer, Unavailable):
            raise self._answer
        return self._answer


def test_without_an_address_there_is_no_cluster_and_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = Asked(monkeypatch, a_cluster())
    assert known_cluster() is None
    assert asked.addresses == []


def test_the_cluster_is_that_of_the_operators_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, a_cluster())
    monkeypatch.setenv("BENCH_DASK", ADDRESS)
    assert known_cluster() == a_cluster()
    assert asked.addresses == [ADDRESS]


def test_an_answer_is_kept_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, a_cluster())
    assert cluster_at(ADDRESS) == cluster_at(ADDRESS) == a_cluster()
    assert len(asked.addresses) == 1


def test_who_asks_says_how_old_an_answer_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "KEPT", -1.0)
    asked = Asked(monkeypatch, a_cluster())
    for oldest in (60.0, 60.0, -1.0):
        cluster_at(ADDRESS, oldest)
    assert len(asked.addresses) == 2


def test_that_there_was_no_answer_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, no_scheduler(ADDRESS))
    for _ in range(2):
        with pytest.raises(Unavailable, match="No Dask scheduler answers"):
            cluster_at(ADDRESS)
    assert len(asked.addresses) == 1


def test_that_there_was_no_answer_is_not_kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "KEPT", -1.0)
    asked = Asked(monkeypatch, no_scheduler(ADDRESS))
    for _ in range(2):
        with pytest.raises(Unavailable):
            cluster_at(ADDRESS, 60.0)
    assert len(asked.addresses) == 2


def test_each_address_has_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, a_cluster())
    cluster_at(ADDRESS)
    cluster_at("tcp://127.0.0.1:8787")
    assert asked.addresses == [ADDRESS, "tcp://127.0.0.1:8787"]


def test_a_run_without_the_executor_has_no_cluster() -> None:
    assert cluster_for(a_plan(executors=["threads"]), a_cluster) is None


def test_a_scheduler_that_accepts_and_never_answers_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Dask, "missing", lambda _: None)
    monkeypatch.setattr(cluster, "CONNECT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unavailable) as reason:
            ask(address)
    assert str(reason.value) == (
        f"No Dask scheduler answers at {address}: start it there, or name another one."
    )


def test_without_dask_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Dask, "missing", lambda _: "This Python has no dask.distributed.")
    with pytest.raises(Unavailable, match=r"^This Python has no dask\.distributed\.$"):
        ask(ADDRESS)


def test_workers_alike_are_counted_together() -> None:
    plain = a_cluster(["10.0.0.1", "10.0.0.2", "10.0.0.1"]).as_json()
    assert (plain["address"], plain["workers"], plain["threads"]) == (ADDRESS, 3, 6)
    assert [(one["host"], one["workers"], one["threads"]) for one in plain["nodes"]] == [
        ("10.0.0.1", 2, 4),
        ("10.0.0.2", 1, 2),
    ]
    assert plain["nodes"][0]["memory_bytes"] == 2_000
    assert plain["nodes"][0]["lab"] == "same"
    assert a_cluster(memory=None).as_json()["nodes"][0]["memory_bytes"] is None
