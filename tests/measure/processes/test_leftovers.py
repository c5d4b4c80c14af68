"""Nothing is left of a real child: no process, no folder, no descriptor."""

import sys
from pathlib import Path

import psutil
import pytest

from bench.measure.processes import running as child
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Stopped
from bench.measure.processes.running import run_child
from tests.measure.children import Children
from tests.watching import PATIENCE, eventually, is_gone, living_in_group


def test_a_command_that_does_not_exist_leaves_nothing_behind(
    reaper: Reaper, tmp_path: Path, temporary: Path
) -> None:
    before = psutil.Process().num_fds()
    with pytest.raises(FileNotFoundError):
        run_child([str(tmp_path / "missing")], {}, reaper=reaper, seconds=PATIENCE)
    assert psutil.Process().num_fds() == before
    assert list(temporary.iterdir()) == []


SLEEPER = 'subprocess.Popen(["sleep", "600"]).pid'
AWAY = 'subprocess.Popen(["sleep", "600"], start_new_session=True).pid'


def test_what_a_child_leaves_running_after_its_event_is_ended(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "GRACE", 0.1)
    ended = children.run(f"note({SLEEPER})\ntell(GOOD)")
    assert ended.event
    assert living_in_group(ended.event["pid"]) == []
    assert is_gone(children.noted)


def test_what_holds_the_channel_open_does_not_hide_the_childs_death(children: Children) -> None:
    ended = children.run(
        'note(subprocess.Popen(["sleep", "600"], pass_fds=[channel]).pid)\nos._exit(5)'
    )
    assert ended.code == "silent"
    assert is_gone(children.noted)


def test_what_left_the_group_is_ended_with_a_child_at_its_deadline(children: Children) -> None:
    ended = children.run(f"note({AWAY})\ntime.sleep(600)", late=children.has_noted)
    assert ended.code == "deadline"
    eventually(lambda: is_gone(children.noted), "the end of a process in another session")


def test_a_stop_ends_the_child_with_its_group(children: Children) -> None:
    with pytest.raises(Stopped):
        children.run(
            f"{SLEEPER}\nnote(os.getpid())\ntime.sleep(600)",
            stopping=children.has_noted,
        )
    assert living_in_group(children.noted) == []


def test_a_child_that_dies_of_what_told_the_lab_to_stop_is_a_stop(children: Children) -> None:
    with pytest.raises(Stopped):
        children.run(
            "note(os.getpid())\nos._exit(1)",
            stopping=lambda: children.has_noted() and is_gone(children.noted),
        )


ENDS = [
    "tell(GOOD)",
    'tell({"event": "failed", "error": "x"})',
    "os._exit(1)",
    "os.kill(os.getpid(), signal.SIGKILL)",
    'os.write(channel, b"garbage\\n")',
    'open("left", "w").close(); os.mkdir("below"); open("below/left", "w").close(); tell(GOOD)',
]


@pytest.mark.parametrize("script", ENDS)
def test_its_temporary_folder_and_descriptors_are_gone_after_each_end(
    children: Children, temporary: Path, script: str
) -> None:
    before = psutil.Process().num_fds()
    children.run(script)
    assert list(temporary.iterdir()) == []
    assert psutil.Process().num_fds() == before


def test_its_temporary_folder_and_descriptors_are_gone_after_a_deadline(
    children: Children, temporary: Path
) -> None:
    before = psutil.Process().num_fds()
    children.run("note(1)\ntime.sleep(600)", late=children.has_noted)
    assert list(temporary.iterdir()) == []
    assert psutil.Process().num_fds() == before


def test_its_temporary_folder_and_descriptors_are_gone_after_a_stop(
    children: Children, temporary: Path
) -> None:
    before = psutil.Process().num_fds()
    with pytest.raises(Stopped):
        children.run("time.sleep(600)", stopping=lambda: True)
    assert list(temporary.iterdir()) == []
    assert psutil.Process().num_fds() == before


def test_a_child_of_a_lost_reaper_is_ended_rather_than_left_alone(tmp_path: Path) -> None:
    class Lost(Reaper):
        group = 0

        def watch(self, group: int) -> None:
            Lost.group = group
            raise BrokenPipeError

    script = tmp_path / "child.py"
    script.write_text("import time\ntime.sleep(600)")
    with Lost() as lost, pytest.raises(BrokenPipeError):
        run_child([sys.executable, "-I", "-S", str(script)], {}, reaper=lost, seconds=PATIENCE)
    assert living_in_group(Lost.group) == []
    assert not Path(lost.folder).exists()
