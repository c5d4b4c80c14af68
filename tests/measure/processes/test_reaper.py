"""A parent that is killed takes its children with it."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.errors import Unavailable
from bench.measure.processes import groups
from bench.measure.processes.groups import Reaper
from bench.measure.processes.reaper import left_over
from bench.measure.processes.running import ROOT
from tests.watching import eventually, is_gone, living_in_group

SHARED = Path("/dev/shm")

PARENT = """
import sys
from bench.measure.processes.running import run_child
from bench.measure.processes.groups import Reaper
with Reaper() as reaper:
    command = [sys.executable, "-I", "-S", sys.argv[1]]
    run_child(command, {}, reaper=reaper, seconds=600)
"""

ASKING = """
import sys
from bench.measure.processes.groups import told_by
told_by([sys.executable, "-I", "-S", sys.argv[1]], 600)
"""

CHILD = """
import os, pathlib, subprocess, time
subprocess.Popen(["sleep", "600"])
apart = subprocess.Popen(["sleep", "600"], start_new_session=True)
note = pathlib.Path({note!r})
note.with_suffix(".part").write_text(f"{{os.getpid()}} {{apart.pid}}")
note.with_suffix(".part").rename(note)
time.sleep(600)
"""


@pytest.mark.parametrize("program", [PARENT, ASKING], ids=["child", "what it asks"])
def test_kill_9_of_a_parent_leaves_nothing_of_its_child(tmp_path: Path, program: str) -> None:
    note, script = tmp_path / "note", tmp_path / "child.py"
    script.write_text(CHILD.format(note=str(note)))
    with subprocess.Popen(
        [sys.executable, "-c", program, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        start_new_session=True,
    ) as parent:
        eventually(note.exists, "the child's start")
        group, apart = note.read_text().split()
        assert len(living_in_group(int(group))) == 2
        (made_for_all,) = tmp_path.glob("lab-*")
        parent.send_signal(signal.SIGKILL)
    eventually(lambda: not living_in_group(int(group)), "the group's end")
    eventually(lambda: is_gone(int(apart)), "the end of what had left the group")
    eventually(lambda: not made_for_all.exists(), "the removal of the folder")
    eventually(lambda: is_gone(parent.pid))


SHARING = """
import pathlib, time
from multiprocessing import shared_memory
block = shared_memory.SharedMemory(create=True, size=1_000)
note = pathlib.Path({note!r})
note.with_suffix(".part").write_text(block.name)
note.with_suffix(".part").rename(note)
time.sleep(600)
"""


@pytest.mark.skipif(not SHARED.is_dir(), reason="the system keeps no shared memory as files")
def test_kill_9_of_a_parent_leaves_no_shared_memory(tmp_path: Path) -> None:
    note, script = tmp_path / "note", tmp_path / "child.py"
    script.write_text(SHARING.format(note=str(note)))
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        start_new_session=True,
    ) as parent:
        eventually(note.exists, "the child's start")
        segment = SHARED / note.read_text()
        assert segment.exists()
        parent.send_signal(signal.SIGKILL)
    eventually(lambda: not segment.exists(), "the removal of the shared memory")


def test_the_groups_that_did_not_end_are_left_over() -> None:
    assert left_over(["+ 11\n", "+ 12\n", "+ 13\n", "- 11\n"]) == {12, 13}


def test_a_group_that_ended_is_not_killed_again_for_its_number_may_be_anothers() -> None:
    assert left_over(["+ 11\n", "- 11\n"]) == set()


def test_the_folder_goes_with_the_reaper_though_something_was_left_in_it() -> None:
    with Reaper() as reaper:
        (Path(reaper.folder) / "left").write_text("something")
    assert not Path(reaper.folder).exists()


def test_without_room_for_a_folder_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(nowhere))
    monkeypatch.setattr(groups, "sys", SimpleNamespace(executable="/bin/true"))
    with pytest.raises(Unavailable, match="No folder can be made in"):
        Reaper()
