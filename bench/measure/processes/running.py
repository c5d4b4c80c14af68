"""One child process of the lab: started in a group of its own, limited, ended.

parent ── request line ──► stdin
parent ◄── JSON lines ──── event descriptor      (steps, then one event that ends it)
parent ◄── whatever ────── stdout and stderr     (kept, capped, shown on failure)
parent ◄── where it is ─── a note in its folder   (read when it has ended, however it did)
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.measure.child.answering import NOTE
from bench.measure.processes.groups import GRACE, Reaper, end_group
from bench.measure.processes.holding import weighing
from bench.measure.processes.listening import Ended, Limit, Stopped, listen, text
from bench.workloads.blas import blas_environment

ROOT = Path(__file__).resolve().parents[3]

# NumPy and its like would otherwise start threads of their own inside each worker.
ONE_THREAD = blas_environment(1)

# A note is read up to so many bytes.
MOST_NOTE = 1_000


def run_child(
    command: Sequence[str],
    request: Mapping[str, Any],
    *,
    reaper: Reaper,
    seconds: float,
    most_bytes: int | None = None,
    environment: Mapping[str, str] | None = None,
    stopping: Callable[[], bool] = lambda: False,
    telling: Callable[[Any], None] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
) -> Ended:
    """Start `command` with the event descriptor's number appended, and wait for its last event.

    `environment` holds variables beyond those that every child has. `telling` is called with each
    step that the child tells before its last event.

    Ends early with a failure code: `silent` (it ended without an event), `deadline` (longer than
    `seconds`; killed), `memory` (its processes held more than `most_bytes`; killed), `garbage` (its
    channel held something else). Raises Stopped, with the child's whole group ended, as soon as
    `stopping` says so.
    """
    with ExitStack() as stack:
        folder = tempfile.mkdtemp(dir=reaper.folder)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        note = os.open(Path(folder, NOTE), os.O_RDWR | os.O_CREAT)
        stack.callback(os.close, note)
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        with ExitStack() as until_it_has_it:
            until_it_has_it.callback(os.close, writing)
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
            _spare_the_rest(process.pid)
            _send(process, request)
            passed = _limits(process.pid, seconds, most_bytes, clock)
            ended = listen(process, reading, passed, stopping, telling)
            if ended.event is None and stopping():
                raise Stopped  # what told us to stop may have told the child, too
            grace = GRACE if ended.event else 0.0
            return replace(ended, note=text(os.pread(note, MOST_NOTE, 0)))
        finally:
            end_group(process, grace)
            reaper.forget(process.pid)


def _limits(
    child: int, seconds: float, most_bytes: int | None, clock: Callable[[], float]
) -> Callable[[], Limit | None]:
    """What tells whether a child has passed a limit, from now on."""
    deadline = clock() + seconds
    too_much = weighing(child, most_bytes) if most_bytes else lambda: False

    def passed() -> Limit | None:
        if clock() > deadline:
            said = f"It took longer than {seconds:g} s and was ended; choose less work."
            return Limit("deadline", said)
        if most_bytes and too_much():
            held = f"more than {most_bytes / 2**20:,.0f} MiB of memory"
            return Limit("memory", f"It held {held} and was ended; choose less work.")
        return None

    return passed


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
