"""The app as people start it, and what its processes take."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.measure.processes.groups import GRACE, end_group
from bench.measure.processes.running import ROOT
from bench.settings import PREFIX
from benchmarks.session import PATIENCE, Broken, Session


@dataclass(frozen=True)
class App:
    """A running app: its address, its data folder and its own process."""

    url: str
    folder: Path
    process: psutil.Process

    def memory(self, *, tree: bool = True) -> float:
        """The proportional share (PSS) of the app and all that it has started, or its own; MiB."""
        total = 0
        children = self.process.children(recursive=True) if tree else []
        for member in [self.process, *children]:
            with suppress(psutil.Error):
                total += member.memory_full_info().pss
        return total / 2**20

    def cpu_s(self) -> float:
        """The CPU seconds that the app itself has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


@contextmanager
def running_app(
    folder: Path,
    session: Session,
    script: str = "app.py",
    port: int | None = None,
    **settings: str,
) -> Iterator[App]:
    """An app on a data folder and a lock of its own, under these settings; gone at the end.

    It is started when the context begins, and answers when it is given.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    own = {"BENCH_DATA": str(folder), "BENCH_LOCK": str(folder / "lock"), **settings}
    with (folder / "app.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", script),
                *("--server.address", "127.0.0.1", "--server.port", str(port)),
            ],
            cwd=ROOT,
            env=kept | own,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    session.reaper.watch(process.pid)
    try:
        url = f"http://127.0.0.1:{port}"
        _until_it_answers(f"{url}/_stcore/health", process)
        yield App(url, folder, psutil.Process(process.pid))
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        end_group(process, GRACE)
        session.reaper.forget(process.pid)


def _until_it_answers(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise Broken("the app did not answer")
