"""Real child processes that behave and misbehave in every way we could think of."""

import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bench.measure import child
from bench.measure.child import MOST_EVENT, OUTPUT_KEPT, Ended, Reaper, Stopped, run_child
from tests.watching import eventually, is_gone, living_in_group

# What each script may use: its request, a way to tell an event, and the file it leaves notes in.
BEFORE = """
import json, os, signal, subprocess, sys, time
channel = int(sys.argv[-1])
request = json.loads(sys.stdin.readline())
def tell(event): os.write(channel, json.dumps(event).encode() + b"\\n")
def note(text):
    with open(request["note"] + ".part", "w") as file: file.write(str(text))
    os.rename(request["note"] + ".part", request["note"])
GOOD = {"event": "sample", "pid": os.getpid(), "folder": os.getcwd()}
"""

# Longer than any of these tests may take, in seconds.
LONG = 600.0


class Children:
    """Runs scripts as children."""

    def __init__(self, folder: Path, reaper: Reaper) -> None:
        self.note = folder / "note"
        self._script, self._reaper = folder / "child.py", reaper

    def run(
        self,
        script: str,
        *,
        late: Callable[[], bool] = lambda: False,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Ended:
        """Run a script; it has no deadline unless it is told to be late."""
        self._script.write_text(BEFORE + script)
        return run_child(
            [sys.executable, "-I", "-S", str(self._script)],
            {"note": str(self.note), "number": 7},
            reaper=self._reaper,
            seconds=1.0,
            stopping=stopping,
            clock=lambda: 2.0 if late() else 0.0,
        )

    def has_noted(self) -> bool:
        """Whether the script has come to its note."""
        return self.note.exists()

    @property
    def noted(self) -> int:
        """The number that a script noted."""
        return int(self.note.read_text())


@pytest.fixture
def children(tmp_path: Path, reaper: Reaper, temporary: Path) -> Children:  # noqa: ARG001
    return Children(tmp_path, reaper)


def test_a_child_is_given_its_request_and_its_event_comes_back(children: Children) -> None:
    ended = children.run('tell({"event": "sample", "number": request["number"]})')
    assert ended == Ended({"event": "sample", "number": 7})


def test_a_failed_event_is_a_failure_with_its_error_and_traceback(children: Children) -> None:
    ended = children.run(
        'print("before", flush=True)\n'
        'tell({"event": "failed", "error": "KeyError: 1", "traceback": "Traceback: line 1"})'
    )
    assert (ended.event, ended.code, ended.message) == (None, "raised", "KeyError: 1")
    assert ended.output == "before\nTraceback: line 1"


def test_an_error_of_several_lines_becomes_one_line(children: Children) -> None:
    ended = children.run('tell({"event": "failed", "error": "one\\n  two\\x1b[31m"})')
    assert ended.message == "one two?[31m"


def test_an_error_that_no_text_file_could_hold_is_told_all_the_same(children: Children) -> None:
    ended = children.run('tell({"event": "failed", "error": "\\udc80", "traceback": "\\udc80"})')
    assert (ended.code, ended.message, ended.output) == ("raised", "?", "?")


@pytest.mark.parametrize("leave", ["sys.exit(3)", "os._exit(3)"])
def test_a_child_that_ends_without_an_event_is_said_to_have(children: Children, leave: str) -> None:
    ended = children.run(f'print("so far", flush=True)\n{leave}')
    assert (ended.event, ended.code, ended.output) == (None, "silent", "so far\n")
    assert ended.message == "Its process ended with exit code 3 before it had a result."


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGTERM"])
def test_a_child_that_is_killed_is_said_to_have_been(children: Children, name: str) -> None:
    ended = children.run(f"os.kill(os.getpid(), signal.{name})")
    assert ended.code == "silent"
    assert ended.message == f"Its process was killed by signal {name} before it had a result."


def test_a_child_that_cannot_even_start_python_is_silent_with_what_it_printed(
    reaper: Reaper, tmp_path: Path
) -> None:
    command = [sys.executable, "-I", "-S", str(tmp_path / "missing.py")]
    ended = run_child(command, {}, reaper=reaper, seconds=LONG)
    assert ended.code == "silent"
    assert "missing.py" in ended.output


def test_a_command_that_does_not_exist_leaves_nothing_behind(
    reaper: Reaper, tmp_path: Path, temporary: Path
) -> None:
    before = psutil.Process().num_fds()
    with pytest.raises(FileNotFoundError):
        run_child([str(tmp_path / "missing")], {}, reaper=reaper, seconds=LONG)
    assert psutil.Process().num_fds() == before
    assert list(temporary.iterdir()) == []


def test_a_child_that_hangs_and_ignores_signals_is_ended_at_its_deadline(
    children: Children,
) -> None:
    ended = children.run(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "note(os.getpid())\n"
        "while True: time.sleep(600)",
        late=children.has_noted,
    )
    assert ended.code == "deadline"
    assert ended.message == "It took longer than 1 s and was ended; choose less work."
    assert living_in_group(children.noted) == []


def test_a_child_that_closes_its_channel_and_hangs_is_ended_at_its_deadline(
    children: Children,
) -> None:
    ended = children.run(
        "os.close(channel)\nnote(1)\nwhile True: time.sleep(600)", late=children.has_noted
    )
    assert ended.code == "deadline"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_megabytes_of_output_do_not_disturb_an_event_and_their_end_is_kept(
    children: Children, stream: str
) -> None:
    ended = children.run(
        f'for _ in range(300): sys.{stream}.write("x" * 9_999 + "\\n")\n'
        f'sys.{stream}.write("the end\\n"); sys.{stream}.flush()\n'
        "tell(GOOD)"
    )
    assert ended.event
    assert len(ended.output) <= OUTPUT_KEPT


def test_the_last_of_what_a_dying_child_printed_is_kept(children: Children) -> None:
    ended = children.run('print("x" * 3_000_000)\nprint("the end", flush=True)\nos._exit(1)')
    assert len(ended.output) == OUTPUT_KEPT
    assert ended.output.endswith("x\nthe end\n")


def test_a_child_that_prints_for_ever_is_ended_at_its_deadline(children: Children) -> None:
    ended = children.run(
        'for _ in range(100_000): print("again and again")\n'
        'note(1)\nwhile True: print("again and again")',
        late=children.has_noted,
    )
    assert ended.code == "deadline"
    assert len(ended.output) == OUTPUT_KEPT


def test_what_is_printed_is_kept_without_control_codes(children: Children) -> None:
    ended = children.run(
        'sys.stdout.buffer.write(b"\\x1b[2Jred\\x00\\xff\\n"); sys.stdout.flush()\nos._exit(0)'
    )
    assert ended.output == "?[2Jred?\N{REPLACEMENT CHARACTER}\n"


@pytest.mark.parametrize(
    "garbage",
    [
        'b"not json\\n"',
        'b"\\x00\\xff\\xfe\\x80\\n"',
        'b"\\n"',
        'b"[1, 2]\\n"',
        'b"null\\n"',
        "b'\"sample\"\\n'",
        'b"{}\\n"',
        'b\'{"event": "party"}\\n\'',
        'b\'{"event": ["sample"]}\\n\'',
        "b'[' * 100_000 + b'\\n'",
    ],
)
def test_garbage_on_the_channel_is_called_garbage(children: Children, garbage: str) -> None:
    ended = children.run(f"os.write(channel, {garbage})")
    assert (ended.event, ended.code) == (None, "garbage")
    assert ended.message == "Its channel held something that is no event."


def test_a_line_longer_than_any_event_is_garbage_before_it_ends(children: Children) -> None:
    ended = children.run(
        f"left = {4 * MOST_EVENT}\n"
        'while left > 0: left -= os.write(channel, b"x" * 65_536)\n'
        "time.sleep(600)"
    )
    assert ended.code == "garbage"


def test_half_an_event_before_death_is_no_event(children: Children) -> None:
    ended = children.run('os.write(channel, b\'{"event": "sample"\')\nos._exit(4)')
    assert (ended.event, ended.code) == (None, "silent")


def test_an_event_in_two_halves_is_an_event(children: Children) -> None:
    ended = children.run("os.write(channel, b'{\"event\": ')\nos.write(channel, b'\"sample\"}\\n')")
    assert ended.event == {"event": "sample"}


def test_an_event_counts_though_the_child_is_killed_right_after(children: Children) -> None:
    ended = children.run("tell(GOOD)\nos.kill(os.getpid(), signal.SIGKILL)")
    assert ended.event


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


def test_a_child_works_in_its_temporary_folder(children: Children, temporary: Path) -> None:
    ended = children.run(
        'import tempfile\ntell({"event": "sample", "all": [os.getcwd(), tempfile.gettempdir()]})'
    )
    assert ended.event
    here, temp = ended.event["all"]
    assert Path(here).resolve().parent == temporary.resolve()
    assert Path(temp).resolve() == Path(here).resolve()


def test_libraries_of_a_child_start_no_threads_of_their_own(children: Children) -> None:
    ended = children.run('tell({"event": "sample", "environment": dict(os.environ)})')
    assert ended.event
    environment = ended.event["environment"]
    assert environment["OMP_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"


def test_a_child_of_a_lost_reaper_is_ended_rather_than_left_alone(
    tmp_path: Path, temporary: Path
) -> None:
    class Lost(Reaper):
        group = 0

        def watch(self, group: int, folder: str = "") -> None:
            Lost.group = group
            raise BrokenPipeError

    script = tmp_path / "child.py"
    script.write_text("import time\ntime.sleep(600)")
    with Lost() as lost, pytest.raises(BrokenPipeError):
        run_child([sys.executable, "-I", "-S", str(script)], {}, reaper=lost, seconds=LONG)
    assert living_in_group(Lost.group) == []
    assert list(temporary.iterdir()) == []
