"""Faults: whatever is done to the lab, nothing of it is left afterwards."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.store import Store
from tests.leaving import begun_below
from tests.serving import Kept, Start, as_processes
from tests.watching import eventually, living_with

SHARED = Path("/dev/shm")


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch, own_room: None) -> Iterator[Path]:  # noqa: ARG001
    """Where temporary folders are made; fails if a process, a file or shared memory is left.

    Shared memory that tests make is named after this folder.
    """
    data = os.environ["BENCH_DATA"]
    # A short path: that of a socket below it may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="t") as folder, monkeypatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setattr("tempfile.tempdir", None)
        here = Path(folder)
        yield here
        eventually(lambda: not living_with("BENCH_DATA", data), "the end of the service")
        eventually(lambda: not list(begun_below(here)), "the end of all it started")
        eventually(lambda: not list(here.glob("lab-*")), "the end of its folders")
        assert not list(SHARED.glob(f"{here.name}*"))


@pytest.fixture
def kept(store: Store) -> Kept:
    return Kept(store)


@pytest.fixture
def start(temporary: Path) -> Iterator[Start]:  # noqa: ARG001  looks for what is left afterwards
    """A function that starts a service as a process with a lifeline."""
    with as_processes() as started:
        yield started
