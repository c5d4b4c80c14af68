"""Real services that are killed, told to end, lose their lifeline, or must wait."""

import contextlib
import os
import signal
from collections.abc import Callable

import psutil
import pytest

from bench.access import OPERATOR
from bench.measure.hostlock import host_lock
from bench.settings import Settings
from bench.store import Store
from tests.build import a_plan
from tests.service.conftest import Kept, Service
from tests.watching import PATIENCE, eventually

Start = Callable[[], Service]

ENDLESS = a_plan(executors=["processes"], rounds=1_000)
SHORT = a_plan(executors=["threads"], rounds=2)


def trials_of(service: Service) -> list[psutil.Process]:
    """The trials that a service is measuring: at most one, but it may be ending."""
    found = []
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(service.pid).children():
            with contextlib.suppress(psutil.Error):
                if "bench.measure.trial" in child.cmdline():
                    found.append(child)
    return found


def hold_a_trial(service: Service) -> None:
    """Stop a trial while its workers live, so that whatever comes meets it in the middle."""

    def held() -> bool:
        for trial in trials_of(service):
            with contextlib.suppress(psutil.Error):
                if len(trial.children()) >= 2:
                    trial.suspend()
                    return True
        return False

    eventually(held, "a trial with workers")


def killed(service: Service) -> None:
    service.kill()


def told_to_end(service: Service) -> None:
    service.send_signal(signal.SIGTERM)


def interrupted(service: Service) -> None:
    service.send_signal(signal.SIGINT)


def without_lifeline(service: Service) -> None:
    assert service.stdin
    service.stdin.close()


@pytest.mark.parametrize("end", [killed, told_to_end, interrupted, without_lifeline])
def test_a_service_that_ends_in_a_trial_leaves_no_process_and_the_next_one_goes_on(
    kept: Kept, start: Start, nothing_left: Callable[[], None], end: Callable[[Service], None]
) -> None:
    cut_short, following = kept.submit(ENDLESS), kept.submit(SHORT)
    service = start()
    kept.with_samples(cut_short, 3)
    hold_a_trial(service)
    end(service)
    assert service.wait(PATIENCE) == (-signal.SIGKILL if end is killed else 0)
    nothing_left()
    samples = kept.run(cut_short).samples
    assert len(samples) >= 3

    start()
    kept.when(following, "done")
    assert kept.run(cut_short).state == "interrupted"
    assert kept.run(cut_short).samples == samples


@pytest.mark.parametrize("end", [told_to_end, without_lifeline])
def test_a_service_that_is_told_to_end_marks_its_run_as_interrupted_itself(
    kept: Kept, start: Start, end: Callable[[Service], None]
) -> None:
    id_ = kept.submit(ENDLESS)
    service = start()
    kept.with_samples(id_, 1)
    end(service)
    service.wait(PATIENCE)
    assert kept.run(id_).state == "interrupted"
    assert kept.run(id_).ended


def test_an_idle_service_ends_with_its_lifeline(store: Store, start: Start) -> None:
    service = start()
    eventually(lambda: store.queue.service() == "", "its heartbeat")
    without_lifeline(service)
    assert service.wait(PATIENCE) == 0


def test_a_stop_reaches_a_service_in_another_process(
    kept: Kept, store: Store, start: Start
) -> None:
    id_ = kept.submit(ENDLESS)
    start()
    kept.with_samples(id_, 3)
    store.queue.stop(id_, OPERATOR)
    assert len(kept.when(id_, "stopped").samples) >= 3


def test_a_killed_trial_is_a_failure_and_the_run_goes_on(kept: Kept, start: Start) -> None:
    id_ = kept.submit(ENDLESS)
    service = start()

    def kill_a_trial() -> bool:
        for trial in trials_of(service):
            with contextlib.suppress(psutil.Error):
                trial.kill()
        return bool(kept.run(id_).failures)

    eventually(kill_a_trial, "a failure")
    (failure, *_) = kept.run(id_).failures
    assert failure.message == "Its process was killed by signal SIGKILL before it had a result."
    assert service.poll() is None


def test_while_another_process_measures_the_service_says_for_whom_it_waits(
    kept: Kept, store: Store, start: Start, here: Settings
) -> None:
    id_ = kept.submit(SHORT)
    with host_lock(here.lock, "somebody else"):
        start()
        awaited = f"somebody else (process {os.getpid()})"
        eventually(lambda: store.queue.service() == awaited, "the service's word")
        assert kept.run(id_).state == "queued"
    kept.when(id_, "done")
    eventually(lambda: store.queue.service() == "", "the service's word that it waits no more")


def test_a_service_that_waits_for_another_process_ends_with_its_lifeline(
    kept: Kept, store: Store, start: Start, here: Settings
) -> None:
    id_ = kept.submit(SHORT)
    with host_lock(here.lock, "somebody else"):
        service = start()
        eventually(store.queue.service, "the service's word")
        without_lifeline(service)
        assert service.wait(PATIENCE) == 0
    assert kept.run(id_).state == "queued"


def test_a_starting_service_leaves_alone_what_another_process_measures(
    store: Store, kept: Kept, start: Start, here: Settings
) -> None:
    with host_lock(here.lock, "somebody else"):
        id_ = store.runs.add(SHORT, "running")
        start()
        eventually(lambda: store.queue.service() == "", "its heartbeat")
        assert kept.run(id_).state == "running"
