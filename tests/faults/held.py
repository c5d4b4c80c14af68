"""Trials of a running service, held in their middle so that whatever comes meets them there."""

import contextlib

import psutil

from tests.watching import eventually


def trials_of(service: int) -> list[psutil.Process]:
    """The trials that a service is measuring: at most one, but it may be ending."""
    found = []
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(service).children():
            with contextlib.suppress(psutil.Error):
                if "bench.measure.child.trial" in child.cmdline():
                    found.append(child)
    return found


def hold_a_trial(service: int) -> None:
    """Stop a trial while its workers live, so that whatever comes meets it in the middle."""

    def held() -> bool:
        for trial in trials_of(service):
            with contextlib.suppress(psutil.Error):
                if len(trial.children()) >= 2:
                    trial.suspend()
                    return True
        return False

    eventually(held, "a trial with workers")
