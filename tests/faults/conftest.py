"""Faults: whatever is done to the lab, nothing of it is left afterwards."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.store import Store
from tests.leaving import begun_below, leaving_nothing
from tests.serving import Kept, Start, as_processes
from tests.watching import eventually, living_with


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch, own_room: None) -> Iterator[Path]:  # noqa: ARG001
    """Where temporary folders are made; fails if a process, a file or shared memory is left."""
    data = os.environ["BENCH_DATA"]
    # A short path: that of a socket below it may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="t") as folder, monkeypatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setattr("tempfile.tempdir", None)
        with leaving_nothing(Path(folder)):
            yield Path(folder)
            eventually(lambda: not living_with("BENCH_DATA", data), "the end of the service")
            eventually(lambda: not list(begun_below(Path(folder))), "the end of all it started")
            eventually(lambda: not list(Path(folder).glob("lab-*")), "the end of its folders")


@pytest.fixture
def kept(store: Store) -> Kept:
    return Kept(store)


@pytest.fixture
def start(temporary: Path) -> Iterator[Start]:  # noqa: ARG001  looks for what is left afterwards
    """A function that starts a service as a process with a lifeline."""
    with as_processes() as started:
        yield started
