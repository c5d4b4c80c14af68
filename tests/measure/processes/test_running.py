"""Real children: their request, their event, their world, and how they may die."""

import sys
from pathlib import Path

import pytest

from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Ended
from bench.measure.processes.running import run_child
from tests.measure.children import Children
from tests.watching import PATIENCE, living_in_group


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


def test_a_child_that_dies_with_its_request_unread_is_silent(reaper: Reaper) -> None:
    ended = run_child(
        [sys.executable, "-c", "import os; os._exit(3)"],
        {"more than a pipe holds": "x" * 1_000_000},
        reaper=reaper,
        seconds=PATIENCE,
    )
    assert (ended.event, ended.code) == (None, "silent")


def test_a_child_that_cannot_even_start_python_is_silent_with_what_it_printed(
    reaper: Reaper, tmp_path: Path
) -> None:
    command = [sys.executable, "-I", "-S", str(tmp_path / "missing.py")]
    ended = run_child(command, {}, reaper=reaper, seconds=PATIENCE)
    assert ended.code == "silent"
    assert "missing.py" in ended.output


def test_a_child_that_dies_before_it_has_read_its_request_is_silent(reaper: Reaper) -> None:
    command = [sys.executable, "-I", "-S", "-c", "pass"]
    long = {"more than a pipe holds": "x" * 1_000_000}
    ended = run_child(command, long, reaper=reaper, seconds=PATIENCE)
    assert (ended.code, ended.message) == (
        "silent",
        "Its process ended with exit code 0 before it had a result.",
    )


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
    assert ended.message == "It took longer than 30 s and was ended; choose less work."
    assert living_in_group(children.noted) == []


def test_a_child_that_closes_its_channel_and_hangs_is_ended_at_its_deadline(
    children: Children,
) -> None:
    ended = children.run(
        "os.close(channel)\nnote(1)\nwhile True: time.sleep(600)", late=children.has_noted
    )
    assert ended.code == "deadline"


def test_a_child_works_in_its_temporary_folder(children: Children, temporary: Path) -> None:
    ended = children.run(
        'import tempfile\ntell({"event": "sample", "all": [os.getcwd(), tempfile.gettempdir()]})'
    )
    assert ended.event
    here, temp = ended.event["all"]
    assert Path(here).resolve().parent == temporary.resolve()
    assert Path(temp).resolve() == Path(here).resolve()


def test_a_child_notes_what_its_parent_reads_though_it_dies_at_once(children: Children) -> None:
    ended = children.run('open(".note", "w").write("12 task mine.py\\n\\x1b")\nos._exit(1)')
    assert ended.note == "12 task mine.py\n?"


def test_a_child_that_is_ended_at_its_deadline_says_where_it_was(children: Children) -> None:
    ended = children.run(
        "import faulthandler\n"
        "faulthandler.enable()\n"
        "def waiting(): note(1); time.sleep(600)\n"
        "waiting()",
        late=children.has_noted,
    )
    assert ended.code == "deadline"
    assert " in waiting\n" in ended.output


def test_libraries_of_a_child_start_no_threads_of_their_own(children: Children) -> None:
    ended = children.run('tell({"event": "sample", "environment": dict(os.environ)})')
    assert ended.event
    environment = ended.event["environment"]
    assert environment["OMP_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"
