"""Real children: a reaper, and the folder where all their temporary folders are made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.measure.processes.groups import Reaper
from tests.measure.children import Children


@pytest.fixture
def reaper() -> Iterator[Reaper]:
    with Reaper() as opened:
        yield opened


@pytest.fixture
def temporary(reaper: Reaper) -> Path:
    """Where children's temporary folders are made in this test."""
    return Path(reaper.folder)


@pytest.fixture
def children(tmp_path: Path, reaper: Reaper) -> Children:
    return Children(tmp_path, reaper)
