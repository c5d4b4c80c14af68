"""Dask on a running cluster: a real scheduler and two real workers on the loopback."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from bench.errors import Unavailable
from bench.executors import find_executor
from bench.workloads.primes import count_primes, ranges
from tests.dask_cluster import Running, dask_cluster, needs_dask
from tests.executors.leftovers import nothing_left
from tests.executors.tasks import process_of

DASK = find_executor("dask")

pytestmark = needs_dask


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture
def here(cluster: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_DASK", cluster.address)


@pytest.mark.usefixtures("here")
def test_a_running_cluster_gives_the_right_answer_and_stays() -> None:
    items = ranges(5_000)
    right = [count_primes(item) for item in items]
    for _ in range(2):
        with nothing_left(), DASK.open(2) as run:
            assert list(run(count_primes, items)) == list(run(count_primes, items)) == right


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_of_its_workers_are_used_than_asked_for(workers: int) -> None:
    with DASK.open(workers, chunk="one") as run:
        used = set(run(process_of, range(40)))
    assert len(used) == workers
    assert os.getpid() not in used


@pytest.mark.usefixtures("here")
def test_a_second_pass_runs_the_tasks_again(tmp_path: Path) -> None:
    with DASK.open(2, chunk="one") as run:
        assert list(run(noted, [tmp_path] * 3)) == [None] * 3
        assert list(run(noted, [tmp_path] * 3)) == [None] * 3
    assert len(list(tmp_path.iterdir())) == 6


def noted(folder: Path) -> None:
    (folder / os.urandom(8).hex()).touch()


@pytest.mark.usefixtures("here")
def test_more_workers_than_the_cluster_has_are_refused() -> None:
    with (
        pytest.raises(Unavailable, match=r"^The Dask cluster has only 2 of 3 workers: "),
        DASK.open(3),
    ):
        pass


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("error", [OSError, TimeoutError, CancelledError, ZeroDivisionError])
def test_what_a_task_raises_comes_out_as_itself(error: type[Exception]) -> None:
    with DASK.open(2) as run:
        with pytest.raises(error, match="the task's own"):
            list(run(raising, [error]))
        assert list(run(abs, [-1])) == [1]


def raising(error: type[Exception]) -> None:
    raise error("the task's own")


@pytest.mark.usefixtures("here")
def test_a_result_that_is_long_under_way_comes_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.executors.dask.LOOK_UP", 0.001)
    with DASK.open(1) as run:
        (result,) = run(bytes, [50_000_000])
    assert len(result) == 50_000_000


def test_where_nobody_listens_no_scheduler_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("BENCH_DASK", f"tcp://127.0.0.1:{port}")
    with pytest.raises(Unavailable) as reason:
        DASK.open(1)
    assert str(reason.value) == (
        f"No Dask scheduler answers at tcp://127.0.0.1:{port}: start it there, or name another one."
    )


def test_a_scheduler_that_accepts_and_never_answers_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bench.executors.dask.CONNECT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("BENCH_DASK", f"tcp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(Unavailable, match=r"^No Dask scheduler answers at tcp://127"):
            DASK.open(1)
