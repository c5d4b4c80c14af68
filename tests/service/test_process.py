"""The service as a process of its own: told to end, without its lifeline, in its turn."""

import os
import signal
from collections.abc import Callable

import pytest

from bench.access import OPERATOR
from bench.measure.processes.hostlock import host_lock
from bench.settings import Settings
from bench.store import Store
from tests.build import a_plan
from tests.serving import Kept, Service, Start
from tests.watching import PATIENCE, eventually

ENDLESS = a_plan(executors=["processes"], rounds=1_000)
SHORT = a_plan(executors=["threads"], rounds=2)


def told_to_end(service: Service) -> None:
    service.send_signal(signal.SIGTERM)


def interrupted(service: Service) -> None:
    service.send_signal(signal.SIGINT)


def without_lifeline(service: Service) -> None:
    assert service.stdin
    service.stdin.close()


@pytest.mark.parametrize("end", [told_to_end, interrupted, without_lifeline])
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
