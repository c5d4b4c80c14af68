"""The whole app, started as people start it, and a real Chromium in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from bench.measure.processes.hostlock import host_lock
from bench.settings import settings
from bench.store import Store
from tests.browser import chromium

ROOT = Path(__file__).parents[2]

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
)

# Streamlit's client looks for its server below the address of a page first, and is told 404.
EXPECTED = ("/_stcore/health", "/_stcore/host-config")

# The longest that starting the app may take on a busy machine, in seconds.
START = 60.0


@dataclass(frozen=True)
class App:
    """A running app: its address, its data folder and its process."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("app"), free_port()) as started:
        yield started


@pytest.fixture(scope="module")
def idle_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app that measures nothing: the host's lock is held, so that what waits stays waiting."""
    folder = tmp_path_factory.mktemp("idle")
    with host_lock(folder / "lock", "a test"), running(folder, free_port()) as started:
        yield started


@pytest.fixture(scope="module")
def store(app: App) -> Iterator[Store]:
    """The app's store, opened beside it."""
    with Store(settings({"BENCH_DATA": str(app.data)})) as opened:
        yield opened


@contextmanager
def running(folder: Path, port: int, **more: str) -> Iterator[App]:
    """The app, with its data below a folder and that much more in its environment."""
    environment = {name: value for name, value in os.environ.items() if name[:6] != "BENCH_"}
    environment |= {"BENCH_DATA": str(folder), "BENCH_LOCK": str(folder / "lock"), **more}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    with (folder / "app.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield App(f"http://127.0.0.1:{port}", folder, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Closed with the module: while it is open, no other test may run an event loop.
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser, app: App) -> Iterator[Callable[..., Page]]:
    """A function that opens a path in a fresh context; what the console complains of fails."""
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(EXPECTED):
            complaints.append(f"{message.text} {message.location['url']}")

    contexts = []

    def opened(path: str = "/", *, width: int = 1440, dark: bool = False, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 1600},
            color_scheme="dark" if dark else "light",
            base_url=app.url,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", complain)
        page.set_default_timeout(30_000)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def free_port() -> int:
    """A port of the loopback that nobody holds now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        assert process.poll() is None, "the app ended at once"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the app did not answer")
