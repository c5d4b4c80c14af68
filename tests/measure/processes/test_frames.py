"""The operator's own lines in what Python prints: tracebacks of all kinds, and dumps."""

import pytest

from bench.measure.processes.frames import (
    Frame,
    located,
    mentioned,
    noted,
    raised_at,
    stopped_at,
    told,
)
from bench.measure.processes.listening import Ended
from bench.measure.processes.running import ROOT
from bench.workloads.source import Source

MINE = Source("mine.py", "/home/ada/mine.py", 7)

PLAIN = f"""Traceback (most recent call last):
  File "{ROOT}/bench/measure/child/trial.py", line 30, in timed
    first = list(run(work.task, work.items))
  File "/home/ada/mine.py", line 3, in resize
    return shrink(photo)
  File "/home/ada/tools/pictures.py", line 12, in shrink
    return Image.open(photo)
  File "/usr/lib/python3.12/site-packages/PIL/Image.py", line 99, in open
    raise OSError("broken")
  File "<frozen codecs>", line 3, in decode
  File "_unpacker.pyx", line 194, in unpackb
OSError: broken
"""

# What comes back from a pool's worker: its own traceback first, then that of who waited for it.
REMOTE = '''concurrent.futures.process._RemoteTraceback:
"""
Traceback (most recent call last):
  File "/usr/lib/python3.11/concurrent/futures/process.py", line 256, in _process_worker
    r = call_item.fn(*call_item.args, **call_item.kwargs)
  File "/home/ada/mine.py", line 12, in resize
    return 1 / 0
ZeroDivisionError: division by zero
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/usr/lib/python3.11/concurrent/futures/_base.py", line 401, in __get_result
    raise self._exception
ZeroDivisionError: division by zero
'''

TOGETHER = """  + Exception Group Traceback (most recent call last):
  |   File "/home/ada/mine.py", line 20, in fetch
  |     async with asyncio.TaskGroup() as group:
  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/home/ada/mine.py", line 31, in one
    |     raise ValueError("no")
    | ValueError: no
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "/home/ada/mine.py", line 41, in other
    |     raise KeyError("nor")
    | KeyError: 'nor'
    +------------------------------------
"""

SYNTAX = """Traceback (most recent call last):
  File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
  File "/home/ada/mine.py", line 5
    def half(:
             ^
SyntaxError: invalid syntax
"""

DUMP = """what it printed, File "/home/ada/mine.py", line 1 in fake
Fatal Python error: Aborted

Thread 0x00007fe0d3ac16c0 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 327 in wait

Thread 0x00007fe0d3ac16c1 (most recent call first):
  File "/home/ada/mine.py", line 2 in <module>

Current thread 0x00007fe0d5aa9b80 (most recent call first):
  File "/usr/lib/python3.11/socket.py", line 706 in readinto
  File "/home/ada/mine.py", line 44 in fetch
  File "/home/ada/mine.py", line 60 in task
"""


@pytest.mark.parametrize(
    ("text", "error", "found"),
    [
        (PLAIN, "OSError: broken", Frame("/home/ada/tools/pictures.py", 12, "shrink")),
        (REMOTE, "ZeroDivisionError: division by zero", Frame("/home/ada/mine.py", 12, "resize")),
        (TOGETHER, "ValueError: no", Frame("/home/ada/mine.py", 31, "one")),
        (TOGETHER, "KeyError: 'nor'", Frame("/home/ada/mine.py", 41, "other")),
        (SYNTAX, "SyntaxError: invalid syntax", Frame("/home/ada/mine.py", 5)),
        ("no traceback", "OSError", None),
    ],
)
def test_the_innermost_own_line_of_an_error_is_found(
    text: str, error: str, found: Frame | None
) -> None:
    assert raised_at(text, error, MINE) == found


def test_the_innermost_own_line_of_a_dump_is_found_below_what_was_printed_before() -> None:
    assert stopped_at(DUMP, MINE) == Frame("/home/ada/mine.py", 44, "fetch")
    assert stopped_at(DUMP.replace("fetch", "<module>").replace("task", "<module>"), MINE) == Frame(
        "/home/ada/mine.py", 2
    )
    assert stopped_at('File "/home/ada/mine.py", line 1 in fake', MINE) is None


def test_own_files_are_those_that_were_not_installed() -> None:
    assert list(mentioned(PLAIN, MINE.file)) == ["/home/ada/mine.py", "/home/ada/tools/pictures.py"]
    installed = Source("pkg", "/usr/lib/python3.12/site-packages/PIL/Image.py")
    assert list(mentioned(PLAIN, installed.file))[-1] == installed.file


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (Frame("/home/ada/mine.py", 3, "resize"), "mine.py line 3 in resize"),
        (Frame("/home/ada/tools/pictures.py", 12), "tools/pictures.py line 12"),
        (Frame("/elsewhere/helper.py", 1, "<lambda>"), "helper.py line 1 in <lambda>"),
        (Frame("/home/ada/mine.py"), "mine.py"),
    ],
)
def test_a_line_is_told_below_the_folder_of_its_source(frame: Frame, words: str) -> None:
    assert told(frame, MINE) == words


@pytest.mark.parametrize(
    ("note", "frame"),
    [
        ("12        resize /home/ada/my mine.py", Frame("/home/ada/my mine.py", 12, "resize")),
        ("", None),
        ("x y z", None),
        ("12", None),
        ("\u0661\u0662 a b", Frame("b", 12, "a")),
    ],
)
def test_a_note_is_a_line_or_nothing(note: str, frame: Frame | None) -> None:
    assert noted(note) == frame


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (
            Ended(None, "raised", "OSError: broken", PLAIN, PLAIN),
            "tools/pictures.py line 12 in shrink: OSError: broken",
        ),
        (
            Ended(
                None, "silent", "Its process was killed.", DUMP, note="3 resize /home/ada/mine.py"
            ),
            "mine.py line 44 in fetch: its process was killed.",
        ),
        (
            Ended(None, "silent", "Its process was killed.", note="3 resize /home/ada/mine.py"),
            "mine.py line 3 in resize: its process was killed.",
        ),
        (
            Ended(None, "garbage", "Its channel held x."),
            "mine.py line 7 in photos: its channel held x.",
        ),
    ],
)
def test_an_end_is_told_with_the_best_known_line(ended: Ended, words: str) -> None:
    assert located(ended, MINE, "photos") == words
