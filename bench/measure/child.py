"""One child process of the lab: started in a group of its own, listened to, limited, ended.

parent ── request line ──► stdin
parent ◄── JSON lines ──── event descriptor      (steps, then one event that ends it)
parent ◄── whatever ────── stdout and stderr     (kept, capped, shown on failure)
parent ◄── where it is ─── a note in its folder   (read when it has ended, however it did)
"""

import json
import os
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from bench.measure.answering import NOTE
from bench.measure.groups import GRACE, Reaper, dumping, end_group
from bench.workloads.blas import blas_environment

ROOT = Path(__file__).resolve().parents[2]

# The last part of what a child prints is kept, in bytes; an event may be longer than any sample.
OUTPUT_KEPT = 16_384
MOST_EVENT = 262_144

# An error is told in so many characters.
MOST_MESSAGE = 2_000

EVENTS = ("sample", "described", "facts", "failed")

# How often the parent looks up while a child is silent, in seconds: for stop, deadline and death.
LOOK_UP = 0.1

# NumPy and its like would otherwise start threads of their own inside each worker.
ONE_THREAD = blas_environment(1)

# A note is read up to so many bytes.
MOST_NOTE = 1_000

# How long a process may take to say where it is before it is ended at its deadline, in seconds.
DUMP = 2.0


@dataclass(frozen=True)
class Ended:
    """How a child ended: its event, or a failure code with one sentence; and what it printed.

    `traceback` is that of a child that told an error (it is in the output, too), `note` the last
    that a child noted.
    """

    event: Mapping[str, Any] | None
    code: str = ""
    message: str = ""
    output: str = ""
    traceback: str = ""
    note: str = ""


class Stopped(Exception):
    """The run was asked to stop while a child was working; the child has been ended."""


def run_child(
    command: Sequence[str],
    request: Mapping[str, Any],
    *,
    reaper: Reaper,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    stopping: Callable[[], bool] = lambda: False,
    telling: Callable[[Any], None] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
) -> Ended:
    """Start `command` with the event descriptor's number appended, and wait for its last event.

    `environment` holds variables beyond those that every child has. `telling` is called with each
    step that the child tells before its last event.

    Ends early with a failure code: `silent` (it ended without an event), `deadline` (longer than
    `seconds`; killed), `garbage` (its channel held something else). Raises Stopped, with the
    child's whole group ended, as soon as `stopping` says so.
    """
    folder = tempfile.mkdtemp(dir=reaper.folder)
    note = os.open(Path(folder, NOTE), os.O_RDWR | os.O_CREAT)
    reading, writing = os.pipe()
    try:
        process = subprocess.Popen(
            [*command, str(writing)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[writing],
            start_new_session=True,
            cwd=folder,
            env=child_environment(folder) | dict(environment or {}),
        )
        grace = 0.0
        try:
            reaper.watch(process.pid)
            os.close(writing)
            writing = -1
            _spare_the_rest(process.pid)
            _send(process, request)
            ended = _listen(process, reading, seconds, stopping, telling, clock)
            if ended.event is None and stopping():
                raise Stopped  # what told us to stop may have told the child, too
            grace = GRACE if ended.event else 0.0
            return replace(ended, note=_text(os.pread(note, MOST_NOTE, 0)))
        finally:
            end_group(process, grace)
            reaper.forget(process.pid)
    finally:
        os.close(note)
        os.close(reading)
        if writing >= 0:
            os.close(writing)
        shutil.rmtree(folder, ignore_errors=True)


def child_environment(folder: str) -> dict[str, str]:
    """The child's environment: the lab importable, one BLAS thread, its own temporary folder."""
    return {
        **os.environ,
        **ONE_THREAD,
        "PYTHONPATH": python_path(),
        "PYTHONSAFEPATH": "1",
        "PYTHONFAULTHANDLER": "1",  # a crash, and the end at a deadline, say where
        "TMPDIR": folder,
    }


def python_path(*first: str) -> str:
    """The PYTHONPATH with which `-m bench` is found from any working directory.

    `first` are folders to look in before.
    """
    path = os.environ.get("PYTHONPATH")
    given = [str(Path(folder).absolute()) for folder in path.split(os.pathsep)] if path else []
    return os.pathsep.join([*first, str(ROOT), *given])


def _spare_the_rest(child: int) -> None:
    """If memory runs out, the system is to end the child and not the lab; nor write its core."""
    with suppress(OSError):
        Path(f"/proc/{child}/oom_score_adj").write_text("1000")
    if sys.platform == "linux":
        with suppress(OSError):
            _, hard = resource.prlimit(child, resource.RLIMIT_CORE)
            resource.prlimit(child, resource.RLIMIT_CORE, (0, hard))


def _send(process: subprocess.Popen[bytes], request: Mapping[str, Any]) -> None:
    assert process.stdin
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        pass  # it died at once: listening will say so


def _listen(
    process: subprocess.Popen[bytes],
    channel: int,
    seconds: float,
    stopping: Callable[[], bool],
    telling: Callable[[Any], None],
    clock: Callable[[], float],
) -> Ended:
    assert process.stdout
    printed = process.stdout.fileno()
    deadline = clock() + seconds
    event, output = b"", b""
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        selector.register(printed, selectors.EVENT_READ)
        while True:
            died = process.poll() is not None
            ready = [key.fd for key, _ in selector.select(0 if died else LOOK_UP)]
            if printed in ready:
                more = os.read(printed, 65_536)
                output = (output + more)[-OUTPUT_KEPT:]
                if not more:
                    selector.unregister(printed)
            if channel in ready:
                more = os.read(channel, 65_536)
                event, last = _passed_on(event + more, telling)
                if last is not None or len(event) > MOST_EVENT:
                    return _told(event if last is None else last, output)
                if not more:
                    selector.unregister(channel)  # at its end it is always ready, and says nothing
            # A pool's workers may keep the channel open after the child's death: no end is seen.
            if died and channel not in ready:
                return Ended(None, "silent", _how_it_ended(process.returncode), _text(output))
            if clock() > deadline:
                message = f"It took longer than {seconds:g} s and was ended; choose less work."
                for one in dumping(process):
                    output = _until_it_ends(one, printed, output)
                return Ended(None, "deadline", message, _text(output))
            if stopping():
                raise Stopped


def _passed_on(told: bytes, telling: Callable[[Any], None]) -> tuple[bytes, bytes | None]:
    """What is not a whole line yet, and the first line that is no step; steps are passed on."""
    while b"\n" in told:
        line, _, told = told.partition(b"\n")
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return told, line
        if not isinstance(event, dict) or event.get("event") != "step":
            return told, line
        telling(event.get("step"))
    return told, None


def _until_it_ends(process: psutil.Process, printed: int, output: bytes) -> bytes:
    """What was printed so far, and what a process prints before it ends."""
    until = time.monotonic() + DUMP
    lives, more = True, b""
    with selectors.DefaultSelector() as selector:
        selector.register(printed, selectors.EVENT_READ)
        while (lives or more) and time.monotonic() < until:
            lives = _lives(process)
            more = os.read(printed, 65_536) if selector.select(0.01) else b""
            output = (output + more)[-OUTPUT_KEPT:]
    return output


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _told(event: bytes, output: bytes) -> Ended:
    try:
        told = json.loads(event.split(b"\n")[0])
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("event") not in EVENTS:
        return Ended(None, "garbage", "Its channel held something that is no event.", _text(output))
    if told["event"] == "failed":
        traceback = str(told.get("traceback", "")).encode("utf-8", "replace")
        error = _text(str(told.get("error", "")).encode("utf-8", "replace"))
        kept = _text((output + traceback)[-OUTPUT_KEPT:])
        message = " ".join(error.split())[:MOST_MESSAGE]
        return Ended(None, "raised", message, kept, _text(traceback))
    return Ended(told, output=_text(output))


def _how_it_ended(code: int) -> str:
    if code < 0:
        names = {number.value: number.name for number in signal.Signals}
        name = names.get(-code, -code)
        return f"Its process was killed by signal {name} before it had a result."
    return f"Its process ended with exit code {code} before it had a result."


def _text(output: bytes) -> str:
    text = output.decode("utf-8", "replace")
    return "".join(char if char.isprintable() or char == "\n" else "?" for char in text)
