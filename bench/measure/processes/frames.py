"""Where in the operator's own files something went wrong, read from what Python printed of it.

Text is all that there is to read: what a worker's process raised comes back as text, and a process
that crashed, or was ended at its deadline, has only printed where it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.workloads.source import Source

if TYPE_CHECKING:
    from bench.measure.processes.listening import Ended

# In a traceback `File "mine.py", line 3, in resize`; in what a crash prints, without the comma.
_FRAME = re.compile(r'^[ |+]*File "(?P<file>[^"\n]+)", line (?P<line>\d+)(?:,? in (?P<name>.+))?$')

# What is not the operator's own: no file, Python itself, and what was installed.
_NOT_OWN = re.compile(r"^[^/]|/(?:site|dist)-packages/|/lib/python3\.")

# The lab's rooms, wherever the lab is.
_LAB = str(Path(__file__).resolve().parents[2]) + "/"

# A function's name is told up to so many characters.
MOST_NAME = 60

# How the dump of a process that crashed or was ended begins; the innermost frames come first.
DUMP = "Fatal Python error: "


@dataclass(frozen=True)
class Frame:
    """A line of a file (0: not known which), and the function that it is in, or `<module>`."""

    file: str
    line: int = 0
    name: str = "<module>"


def is_own(file: str, source: str) -> bool:
    """Whether a file is the operator's: the source, or what it imports that was not installed."""
    return file == source or not (_NOT_OWN.search(file) or file.startswith(_LAB))


def raised_at(traceback: str, error: str, source: Source) -> Frame | None:
    """The innermost own frame of an error, which is told as one line.

    Of errors raised together (an exception group), it is that of the one told.
    """
    together = "Exception Group Traceback" in traceback
    found = None
    for line in traceback.splitlines():
        if frame := _own_frame(line, source):
            found = frame
        elif together and found and _begins(error, line.strip(" |")):
            return found
    return found


def _begins(error: str, line: str) -> bool:
    return line == error or (": " in line and error.startswith(line))


def mentioned(traceback: str, source: str) -> Iterator[str]:
    """The own files that a traceback leads through."""
    for line in traceback.splitlines():
        match = _FRAME.match(line)
        if match and is_own(match["file"], source):
            yield match["file"]


def stopped_at(printed: str, source: Source) -> Frame | None:
    """The innermost own frame in the dumps of processes that crashed or were ended.

    One in a function, if there is any: a worker that still imports is not what is waited for.
    """
    _, _, dumps = printed.partition(DUMP)
    frames = [frame for line in dumps.splitlines() if (frame := _own_frame(line, source))]
    inside = [frame for frame in frames if frame.name != "<module>"]
    return next(iter(inside or frames), None)


def noted(note: str) -> Frame | None:
    """The frame that a child noted before it went there."""
    line, _, rest = note.strip().partition(" ")
    name, _, file = rest.strip().partition(" ")
    return Frame(file, int(line), name) if line.isdecimal() and file else None


def told(frame: Frame, source: Source) -> str:
    """File and line in words, the file below the source's own folder: mine.py line 3 in resize."""
    file = Path(frame.file)
    folder = Path(source.file).parent
    name = str(file.relative_to(folder)) if file.is_relative_to(folder) else file.name
    line = f" line {frame.line}" if frame.line else ""
    inside = "" if frame.name == "<module>" else f" in {frame.name[:MOST_NAME]}"
    return f"{name}{line}{inside}"


def _own_frame(line: str, source: Source) -> Frame | None:
    match = _FRAME.match(line)
    if match is None or not is_own(match["file"], source.file):
        return None
    return Frame(match["file"], int(match["line"]), match["name"] or "<module>")


def located(ended: "Ended", source: Source, name: str) -> str:
    """What became of a child that did own work, with the line where it happened if it is known.

    Otherwise with the line of what was being done, else of what is called `name`.
    """
    if ended.code == "raised":
        message = ended.message
        frame = raised_at(ended.traceback, message, source)
    else:
        message = ended.message[:1].lower() + ended.message[1:]
        frame = None
    frame = frame or stopped_at(ended.output, source)
    if ended.code == "deadline" and frame is None:
        message += " No line of its own was seen running: it may wait for a worker that is gone."
    frame = frame or noted(ended.note) or Frame(source.file, source.line, name)
    return f"{told(frame, source)}: {message}"
