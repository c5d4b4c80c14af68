"""The app's side: the service is started, started again when it dies, and ended with the app."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.service import supervisor
from bench.service.supervisor import FIRST_PAUSE, LONGEST_PAUSE, service_kept_alive
from bench.store import Store
from tests.watching import PATIENCE, is_gone

# Notes its process number, and does what comes after.
SERVICE = """
import os, signal, sys
with open({notes!r}, "a") as notes: notes.write(f"{{os.getpid()}}\\n")
"""
LIVES = "sys.stdin.read()\n"
DIES = "sys.exit(3)\n"
DOES_NOT_END = "import time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)\n"


class FakeService:
    """A service made of a script."""

    def __init__(self, folder: Path, does: str) -> None:
        self._notes, script = folder / "notes", folder / "service.py"
        script.write_text(SERVICE.format(notes=str(self._notes)) + does)
        self.command = (sys.executable, "-I", "-S", str(script))

    def started(self) -> list[int]:
        """The process numbers of all that were started."""
        if not self._notes.exists():
            return []
        return [int(line) for line in self._notes.read_text().splitlines()]


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():
            await asyncio.sleep(0.01)


class Pauses:
    """Pauses that are only counted."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


def kept_alive(
    command: tuple[str, ...], happened: Callable[[], bool], pause: Pauses | None = None
) -> None:
    """Keep a service alive until something happens."""

    async def keep() -> None:
        async with service_kept_alive(command, pause=pause or Pauses()):
            await until(happened)

    asyncio.run(keep())


def test_the_service_starts_with_the_context_and_ends_with_it(tmp_path: Path) -> None:
    fake = FakeService(tmp_path, LIVES)
    kept_alive(fake.command, lambda: len(fake.started()) == 1)
    assert len(fake.started()) == 1
    assert is_gone(fake.started()[0])


def test_a_service_that_dies_is_started_again(tmp_path: Path) -> None:
    fake = FakeService(tmp_path, DIES)
    kept_alive(fake.command, lambda: len(fake.started()) >= 3)
    assert len(set(fake.started())) >= 3


def test_the_service_starts_as_much_later_as_is_asked_for(tmp_path: Path) -> None:
    fake = FakeService(tmp_path, LIVES)
    before: list[tuple[float, int]] = []

    async def pause(seconds: float) -> None:
        before.append((seconds, len(fake.started())))

    async def keep() -> None:
        async with service_kept_alive(fake.command, after=3.0, pause=pause):
            await until(lambda: len(fake.started()) == 1)

    asyncio.run(keep())
    assert before == [(3.0, 0)]


def test_a_service_that_dies_again_and_again_is_started_ever_more_slowly(tmp_path: Path) -> None:
    pauses = Pauses()
    fake = FakeService(tmp_path, DIES)
    kept_alive(fake.command, lambda: len(pauses.seconds) >= 9, pauses)
    first = pauses.seconds[:9]
    assert first == sorted(first)
    assert first[0] < first[1] < first[2]
    assert first[-1] == LONGEST_PAUSE


def test_a_service_that_lived_long_is_started_again_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LONG", 0.0)
    pauses = Pauses()
    fake = FakeService(tmp_path, DIES)
    kept_alive(fake.command, lambda: len(pauses.seconds) >= 3, pauses)
    assert set(pauses.seconds) == {FIRST_PAUSE}


def test_a_service_ends_by_itself_when_its_lifeline_does(tmp_path: Path) -> None:
    fake = FakeService(tmp_path, LIVES + f'open({str(tmp_path / "ended")!r}, "w").close()\n')
    kept_alive(fake.command, lambda: len(fake.started()) == 1)
    assert (tmp_path / "ended").exists()


def test_a_service_that_ignores_the_end_of_its_lifeline_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "GRACE", 0.1)
    fake = FakeService(tmp_path, DOES_NOT_END)
    kept_alive(fake.command, lambda: len(fake.started()) == 1)
    assert is_gone(fake.started()[0])


def test_a_service_that_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    pauses = Pauses()
    kept_alive((str(tmp_path / "missing"),), lambda: len(pauses.seconds) >= 3, pauses)
    assert len(pauses.seconds) >= 3


def test_the_context_ends_while_a_dead_service_is_waited_for(tmp_path: Path) -> None:
    fake = FakeService(tmp_path, DIES)

    async def keep() -> None:
        forever = asyncio.Event()

        async def pause(_: float) -> None:
            paused.set()
            await forever.wait()

        paused = asyncio.Event()
        async with service_kept_alive(fake.command, pause=pause):
            await paused.wait()

    asyncio.run(keep())
    assert len(fake.started()) == 1


def test_the_lab_is_found_from_whatever_folder_the_app_was_started_in(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept_alive(supervisor.COMMAND, lambda: store.queue.service() is not None)
