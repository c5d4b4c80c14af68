"""Files: read back as they were written, and gone."""

import tempfile
from binascii import crc32
from pathlib import Path

import pytest

from bench.executors import find_executor
from tests.workloads.ways import answer_of, work_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made in this test."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", [0, 1, 256, 70_000])
def test_the_answer_is_of_what_was_written(size: int) -> None:
    filling = (bytes(range(256)) * (size // 256)) + bytes(size % 256)
    written = [number.to_bytes(8, "big") + filling for number in range(3)]
    assert answer_of("files", count=3, size=size) == [(len(one), crc32(one)) for one in written]


def test_nothing_is_left_behind(folder: Path) -> None:
    work = work_of("files", count=40, size=500)
    with find_executor("threads").open(4, chunk="one") as run:
        assert len(list(run(work.task, work.items))) == 40
    assert list(folder.iterdir()) == []


def test_files_are_made_in_the_temporary_folder(folder: Path) -> None:
    folder.rmdir()
    work = work_of("files", count=1)
    with pytest.raises(FileNotFoundError, match=str(folder)):
        work.task(work.items[0])
