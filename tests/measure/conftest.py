"""Real children: a reaper, and a folder where all their temporary folders are made."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.measure.child import Reaper
from tests.measure.children import Children


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where children's temporary folders are made in this test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def reaper() -> Iterator[Reaper]:
    with Reaper() as opened:
        yield opened


@pytest.fixture
def children(tmp_path: Path, reaper: Reaper, temporary: Path) -> Children:  # noqa: ARG001
    return Children(tmp_path, reaper)
