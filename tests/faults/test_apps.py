"""Two whole apps on one data folder, and kill -9 of the one that measures."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import psutil
import pytest

from bench.measure.processes.running import ROOT
from tests.build import a_plan
from tests.faults.held import hold_a_trial, trials_of
from tests.serving import Kept
from tests.watching import eventually, is_gone

ENDLESS = a_plan(executors=["processes"], rounds=1_000)
SHORT = a_plan(executors=["threads"], rounds=2)

App = subprocess.Popen[bytes]


@pytest.fixture
def apps() -> Iterator[list[App]]:
    """Two apps on this test's data folder."""
    with ExitStack() as stack:
        started = []
        for _ in range(2):
            with socket.create_server(("127.0.0.1", 0)) as listening:
                port = listening.getsockname()[1]
            command = [sys.executable, "-m", "streamlit", "run", "app.py"]
            command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
            app = stack.enter_context(
                subprocess.Popen(
                    command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
            stack.callback(app.kill)
            started.append(app)
        yield started


def services_of(app: App) -> list[int]:
    """The measuring services that an app has started: one, once it is up."""
    found = []
    with suppress(psutil.Error):
        for child in psutil.Process(app.pid).children():
            with suppress(psutil.Error):
                if "work" in child.cmdline():
                    found.append(child.pid)
    return found


def test_kill_9_of_an_app_ends_its_run_with_all_its_processes_and_the_other_app_goes_on(
    apps: list[App], kept: Kept
) -> None:
    eventually(lambda: all(services_of(app) for app in apps), "two services")
    cut_short, following = kept.submit(ENDLESS), kept.submit(SHORT)
    kept.with_samples(cut_short, 3)
    services = {app.pid: services_of(app)[0] for app in apps}
    at_work: list[App] = []

    def measure() -> bool:
        at_work.extend(app for app in apps if trials_of(services[app.pid]))
        return bool(at_work)

    eventually(measure, "a trial")
    (measuring,) = at_work
    hold_a_trial(services[measuring.pid])
    processes = psutil.Process(measuring.pid).children(recursive=True)
    assert len(processes) >= 4  # the service, its reaper, a trial and its workers
    measuring.kill()
    eventually(lambda: all(is_gone(one.pid) for one in processes), "the end of all it started")
    samples = kept.run(cut_short).samples

    kept.when(following, "done")
    assert kept.run(cut_short).state == "interrupted"
    assert kept.run(cut_short).samples == samples
    assert len(samples) >= 3
