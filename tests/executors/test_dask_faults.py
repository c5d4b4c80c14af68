"""What of a Dask cluster goes away during a trial ends it in a sentence, and only that trial."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.errors import Unavailable
from bench.executors import find_executor
from bench.measure.trials import trials
from bench.samples import Failure, Sample
from tests.build import a_plan
from tests.dask_cluster import Running, dask_cluster, needs_dask
from tests.watching import PATIENCE, eventually

DASK = find_executor("dask")

pytestmark = needs_dask


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Running]:
    with dask_cluster(tmp_path) as running:
        yield running


@contextmanager
def meanwhile(doing: Callable[[], object]) -> Iterator[None]:
    """Do something in another thread while the block goes on."""
    thread = threading.Thread(target=doing)
    thread.start()
    try:
        yield
    finally:
        thread.join(PATIENCE)


def killed_in_a_trial(cluster: Running, kill: Callable[[], object]) -> Failure:
    """How a trial ends in which something is killed; one without Dask is fine after it."""

    # It takes far longer than a test may.
    long = a_plan("waiting", executors=["dask"], parameters={"count": 200, "delay": 10.0})

    def as_soon_as_it_works() -> None:
        eventually(cluster.busy, "a worker at work")
        kill()

    with (
        meanwhile(as_soon_as_it_works),
        trials(long, seconds=PATIENCE, stopping=lambda: False, dask=cluster.address) as trial,
    ):
        outcome = trial(long.line_up[2], 1, 0)
    short = a_plan(executors=["threads"])
    with trials(short, seconds=PATIENCE, stopping=lambda: False, dask=cluster.address) as trial:
        assert isinstance(trial(short.line_up[2], 1, 0), Sample)
    assert isinstance(outcome, Failure)
    return outcome


def test_a_worker_that_is_killed_ends_the_trial_in_a_sentence(cluster: Running) -> None:
    failure = killed_in_a_trial(cluster, cluster.workers[0].kill)
    assert failure.code == "raised"
    assert re.fullmatch(
        r"A Dask worker went away during the trial \(tcp://127\.0\.0\.1:[0-9]+\): "
        r"see why in its output, and start it again\.",
        failure.message,
    )


def test_a_scheduler_that_is_killed_ends_the_trial_in_a_sentence(cluster: Running) -> None:
    failure = killed_in_a_trial(cluster, cluster.scheduler.kill)
    assert (failure.code, failure.message) == (
        "raised",
        f"The Dask scheduler at {cluster.address} went away during the trial: start it again.",
    )


def test_a_scheduler_that_answers_no_more_ends_the_wait_in_a_sentence(
    cluster: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_DASK", cluster.address)
    monkeypatch.setattr("bench.executors.dask.ANSWER", 0.5)

    def stop_it_as_soon_as_it_works() -> None:
        eventually(cluster.busy, "a worker at work")
        cluster.scheduler.send_signal(signal.SIGSTOP)

    with (
        meanwhile(stop_it_as_soon_as_it_works),
        pytest.raises(Unavailable, match=r"^The Dask scheduler at .* went away during the trial: "),
        DASK.open(2) as run,
    ):
        list(run(time.sleep, [600, 600]))


def test_a_task_that_kills_its_worker_in_a_cluster_of_its_own_ends_the_wait_in_a_sentence() -> None:
    with (
        pytest.raises(Unavailable, match=r"^A Dask worker went away during the trial \(tcp://127"),
        DASK.open(2) as run,
    ):
        list(run(kill_itself, [None]))


def kill_itself(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
