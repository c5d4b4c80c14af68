"""The disk is full: a small one of its own, which only root may mount."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bench.errors import Unavailable
from bench.settings import Settings
from bench.store import Store
from tests.build import a_plan
from tests.scripted import Scripted
from tests.serving import Kept, in_a_thread
from tests.watching import eventually


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "lab", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this container may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room; the file to remove for room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4_096)
    return ballast


def test_a_full_disk_ends_the_run_in_a_sentence_and_with_room_again_the_next_one_works(
    here: Settings, disk: Path, scripted: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    scripted({})
    there = replace(here, data=disk)
    said = (
        "The disk of the lab's database is full: make room on it, "
        "or set BENCH_DATA to another folder."
    )
    with Store(there) as store, in_a_thread(there):
        kept = Kept(store)
        id_ = kept.submit(a_plan(rounds=1_000))
        kept.with_samples(id_, 8)
        ballast = fill(disk)
        eventually(lambda: f"the end of {id_} must wait: {said}" in caplog.text, "a full disk")
        before = kept.run(id_).samples
        with pytest.raises(Unavailable) as told:
            kept.submit(a_plan(rounds=2))
        assert str(told.value) == said

        ballast.unlink()
        run = kept.when(id_, "failed")
        assert (run.error, run.samples) == (said, before)
        kept.when(kept.submit(a_plan(rounds=2)), "done")
