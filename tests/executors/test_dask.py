"""Dask on a running cluster: a real scheduler and two real workers on the loopback."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from bench.errors import Unavailable
from bench.executors import find_executor
from bench.workloads.primes import count_primes, ranges
from tests.executors.leftovers import nothing_left
from tests.executors.programs import environment
from tests.watching import PATIENCE, eventually

DASK = find_executor("dask")

pytestmark = pytest.mark.skipif(
    DASK.missing() is not None, reason="dask.distributed is not installed (requirements-dask.txt)."
)


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A program of Dask's, until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        family = [process, *psutil.Process(process.pid).children(recursive=True)]
        process.terminate()
        assert process.stderr
        process.stderr.close()
        process.wait(PATIENCE)
        psutil.wait_procs(family[1:], PATIENCE)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler that has two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    quiet = ("--host", "127.0.0.1", "--no-dashboard")
    with ExitStack() as stack:
        begun = stack.enter_context(
            running(folder, "distributed.cli.dask_scheduler", "--port", "0", *quiet)
        )
        assert begun.stderr
        for line in begun.stderr:
            if found := re.search(r"Scheduler at: +(tcp://\S+)", line):
                break
        else:
            pytest.fail("The scheduler ended without an address.")
        address = found[1]
        worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny")
        for _ in range(2):
            stack.enter_context(running(folder, *worker, *quiet))
        eventually(lambda: workers_at(address) == 2, "two workers at the scheduler")
        yield address


def workers_at(address: str) -> int:
    from distributed import Client

    with Client(address) as client:  # type: ignore[no-untyped-call]
        return len(client.nthreads())


def process_of(_: object) -> int:
    return os.getpid()


@pytest.fixture
def here(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_DASK", scheduler)


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
    with pytest.raises(Unavailable, match=r"^The Dask cluster has 2 workers: "), DASK.open(3):
        pass


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.executors.dask.CONNECT", "0.1s")
    monkeypatch.setenv("BENCH_DASK", "tcp://127.0.0.1:9")
    with (
        pytest.raises(Unavailable, match=r"^No Dask scheduler answers at tcp://127\.0\.0\.1:9: "),
        DASK.open(1),
    ):
        pass
