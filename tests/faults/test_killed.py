"""Processes that are killed: the trial, a worker of its pool, the service; or told to end."""

import contextlib
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.build import a_plan
from tests.faults.held import hold_a_trial, trials_of
from tests.leaving import begun_below
from tests.serving import Kept, Service, Start
from tests.watching import PATIENCE, eventually

ENDLESS = a_plan(executors=["processes"], rounds=1_000)
SHORT = a_plan(executors=["threads"], rounds=2)


def killed(service: Service) -> None:
    service.kill()


def told_to_end(service: Service) -> None:
    service.send_signal(signal.SIGTERM)


def without_lifeline(service: Service) -> None:
    assert service.stdin
    service.stdin.close()


@pytest.mark.parametrize("end", [killed, told_to_end, without_lifeline])
def test_a_service_that_ends_in_a_trial_leaves_no_process_and_the_next_one_goes_on(
    kept: Kept, start: Start, temporary: Path, end: Callable[[Service], None]
) -> None:
    cut_short, following = kept.submit(ENDLESS), kept.submit(SHORT)
    service = start()
    kept.with_samples(cut_short, 3)
    hold_a_trial(service.pid)
    end(service)
    assert service.wait(PATIENCE) == (-signal.SIGKILL if end is killed else 0)
    eventually(lambda: not list(begun_below(temporary)), "the end of all it started")
    samples = kept.run(cut_short).samples
    assert len(samples) >= 3

    start()
    kept.when(following, "done")
    assert kept.run(cut_short).state == "interrupted"
    assert kept.run(cut_short).samples == samples


def test_a_killed_trial_is_a_failure_and_the_run_goes_on(kept: Kept, start: Start) -> None:
    id_ = kept.submit(ENDLESS)
    service = start()

    def kill_a_trial() -> bool:
        for trial in trials_of(service.pid):
            with contextlib.suppress(psutil.Error):
                trial.kill()
        return bool(kept.run(id_).failures)

    eventually(kill_a_trial, "a failure")
    (failure, *_) = kept.run(id_).failures
    assert failure.message == "Its process was killed by signal SIGKILL before it had a result."
    assert service.poll() is None
