"""A parent that is killed takes its children with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from bench.measure.child import ROOT
from bench.measure.reaper import left_over
from tests.watching import eventually, is_gone, living_in_group

PARENT = """
import sys
from bench.measure.child import Reaper, run_child
with Reaper() as reaper:
    command = [sys.executable, "-I", "-S", sys.argv[1]]
    run_child(command, {}, reaper=reaper, seconds=600)
"""

CHILD = """
import os, pathlib, subprocess, time
subprocess.Popen(["sleep", "600"])
note = pathlib.Path({note!r})
note.with_suffix(".part").write_text(f"{{os.getpid()}} {{os.getcwd()}}")
note.with_suffix(".part").rename(note)
time.sleep(600)
"""


def test_kill_9_of_a_parent_leaves_neither_its_childs_group_nor_its_folder(tmp_path: Path) -> None:
    note, child = tmp_path / "note", tmp_path / "child.py"
    child.write_text(CHILD.format(note=str(note)))
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(child)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        start_new_session=True,
    ) as parent:
        eventually(note.exists, "the child's start")
        group, _, folder = note.read_text().partition(" ")
        assert len(living_in_group(int(group))) == 2
        assert Path(folder).is_dir()
        parent.send_signal(signal.SIGKILL)
    eventually(lambda: not living_in_group(int(group)), "the group's end")
    eventually(lambda: not Path(folder).exists(), "the removal of its folder")
    eventually(lambda: is_gone(parent.pid))


def test_the_groups_that_did_not_end_are_left_over_with_their_folders() -> None:
    lines = ["+ 11 /tmp/a\n", "+ 12 /tmp/with a space\n", "+ 13 \n", "- 11\n"]
    assert left_over(lines) == {12: "/tmp/with a space", 13: ""}


def test_a_group_that_ended_is_not_killed_again_for_its_number_may_be_anothers() -> None:
    assert left_over(["+ 11 /tmp/a\n", "- 11\n"]) == {}
