"""What every test stands on: a data folder and a host lock of its own, and no chance."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from bench.settings import PREFIX, Settings, settings
from bench.store import Store
from bench.workloads import adopt
from tests.own import Own
from tests.profiled import ScriptedProfiles
from tests.scripted import Scripted

hypothesis.settings.register_profile(
    "lab",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    # The folders below are made once a test, and the examples of one test may share them.
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("lab")


@pytest.fixture(autouse=True)
def own_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Data and lock below the test's own folder; no setting and no own work from outside.

    A page's script becomes `__main__`, which processes that start afresh would then run: only its
    test may have it.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BENCH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BENCH_LOCK", str(tmp_path / "host.lock"))
    yield
    adopt([])


@pytest.fixture
def here(own_room: None) -> Settings:  # noqa: ARG001  # it needs the room, not its value
    """The settings of this test."""
    return settings()


@pytest.fixture
def store(here: Settings) -> Iterator[Store]:
    """This test's store, opened."""
    opened = Store(here)
    yield opened
    opened.close()


@pytest.fixture
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Trials take no time and succeed; call it to say that an executor does something else."""
    return Scripted(tmp_path, monkeypatch)


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScriptedProfiles:
    """Profiles are what the test says: call it with one."""
    return ScriptedProfiles(tmp_path, monkeypatch)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Own:
    """A folder for own work."""
    return Own(tmp_path / "work", monkeypatch)
