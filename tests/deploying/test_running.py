"""The app as it is deployed: it says how it is, gives way to what it measures, stops in time."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import psutil
import pytest

from bench.measure.processes.running import ROOT
from bench.samples import Run
from bench.store import Store
from benchmarks.scripts.viewers import Seen, Viewer, connected
from tests.build import a_plan
from tests.watching import PATIENCE, eventually, living_with

# An app that is told to end is gone after so many seconds.
STOP = 10.0

ENDLESS = a_plan(executors=["processes"], rounds=1_000)


@dataclass(frozen=True)
class Running:
    """A running app, its address, and the run that it measures."""

    process: subprocess.Popen[bytes]
    url: str
    run: str

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (urllib.error.URLError, ConnectionError) as error:
            return 0, str(error)


@pytest.fixture
def running(store: Store) -> Iterator[Running]:
    """An app that is well, and measures a run without end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    id_ = store.queue.submit(ENDLESS)
    app = Running(process, f"http://127.0.0.1:{port}", id_)
    try:
        eventually(lambda: app.get("/health")[0] == 200, "a healthy app")
        eventually(lambda: len(run_of(store, app).samples) >= 3, "three samples")
        yield app
    finally:
        process.kill()
        process.wait()
        data = os.environ["BENCH_DATA"]
        eventually(lambda: not living_with("BENCH_DATA", data), "the end of all")


def run_of(store: Store, app: Running) -> Run:
    run = store.runs.find(app.run)
    assert run
    return run


async def two_polls(url: str, run: str) -> Seen:
    """What a viewer has seen of a run who was answered twice."""
    seen = Seen()
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
        socket = await connected(session, url)
        viewer = Viewer(socket, f"run={run}", seen)
        await viewer.open()
        watching = asyncio.create_task(viewer.watch())
        while len(seen.waits) < 2 and not watching.done():
            await asyncio.sleep(0.05)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await socket.close()
    return seen


def test_an_app_that_is_watched_gives_way_to_what_it_measures(
    running: Running, store: Store
) -> None:
    seen = asyncio.run(two_polls(running.url, running.run))
    assert seen.errors == []
    assert len(seen.waits) >= 2
    code, told = running.get("/metrics")
    assert code == 200
    assert 'speedup_lab_jobs{kind="run",state="running"} 1\n' in told
    assert told.endswith("# EOF\n")
    app = psutil.Process(running.process.pid)
    (service,) = [one for one in app.children() if "work" in one.cmdline()]
    if sys.platform == "linux":
        assert service.nice() == os.nice(0)
        assert app.nice() == min(19, os.nice(0) + 10)
        stamp = run_of(store, running).environment["app"]
        assert (stamp["nice"], stamp["cpus"]) == (app.nice(), app.cpu_affinity())


def test_an_app_that_is_told_to_end_is_gone_in_time_with_its_run_kept(
    running: Running, store: Store
) -> None:
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(STOP)
    run = run_of(store, running)
    assert run.state == "interrupted"
    assert run.ended
    assert len(run.samples) >= 3
    assert living_with("BENCH_DATA", os.environ["BENCH_DATA"]) == []
