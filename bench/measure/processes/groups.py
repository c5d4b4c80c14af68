"""Process groups: tied to this process's life, and ended with all that is in them."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

import psutil

from bench.errors import Unavailable

# What a group may take to end by itself once its work is done, in seconds.
GRACE = 2.0

# How long a process may be without a command line while it is started, in seconds.
NAMED = 0.5

# Of more processes than that it need not be known where they are.
MOST_DUMPS = 8


class Reaper:
    """Ties every child's group to this process's life; see `bench.measure.processes.reaper`.

    `folder` is where children have their temporary folders; it goes with the reaper.
    """

    def __init__(self) -> None:
        script = Path(__file__).with_name("reaper.py")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        assert self._process.stdout
        with self._process.stdout as told:
            self.folder = told.readline().strip()
        if not self.folder:
            self._input.close()
            self._process.wait()
            raise Unavailable(
                f"No folder can be made in {tempfile.gettempdir()}: make room there, "
                "or set TMPDIR to another one."
            )

    def __enter__(self) -> "Reaper":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._input.close()
        self._process.wait()

    @property
    def _input(self) -> IO[str]:
        assert self._process.stdin
        return self._process.stdin

    def watch(self, group: int) -> None:
        """End that process group, too, should this process die."""
        self._tell(f"+ {group}")

    def forget(self, group: int) -> None:
        """Leave that group alone: nothing of it is left."""
        self._tell(f"- {group}")

    def _tell(self, line: str) -> None:
        self._input.write(line + "\n")
        self._input.flush()


def told_by(command: Sequence[str], seconds: float, **environment: str) -> bytes:
    """What a program prints, in a group of its own that is ended with it.

    `environment` holds variables beyond this process's. Raises OSError if it does not start, else
    subprocess.SubprocessError if it fails or takes longer than that.
    """
    with Reaper() as reaper:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "TMPDIR": reaper.folder, **environment},
        )
        try:
            reaper.watch(process.pid)
            told, _ = process.communicate(timeout=seconds)
        finally:
            end_group(process, 0.0)
            reaper.forget(process.pid)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return told


def end_group(process: subprocess.Popen[bytes], grace: float) -> None:
    """End a child and everything in its group; when it returns, nothing of it is left.

    Within `grace` seconds it may end by itself. A resource tracker is killed last:
    it removes the semaphores and the shared memory that the killed ones can no longer remove.
    """
    family = _descendants(process) if grace == 0 else []
    for pipe in (process.stdin, process.stdout):
        if pipe:
            # A child that died before it read its request leaves it in the buffer.
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    if _gone_within(process, grace):
        return
    for member in [*family, *_group(process.pid)]:
        if not _is_tracker(member):
            _signal(member, signal.SIGKILL)
    if not _gone_within(process, GRACE):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        _gone_within(process, GRACE)


def dumping(process: subprocess.Popen[bytes]) -> Iterator[psutil.Process]:
    """End a child and all that descends from it one by one, each as it is yielded: it says where.

    All are stopped before, so that what they print does not mix and nothing new begins; Python
    prints where it is on SIGABRT if PYTHONFAULTHANDLER is set. The child is the first.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGSTOP)
    members = list(dict.fromkeys([*_group(process.pid), *_descendants(process)]))
    members.sort(key=lambda member: member.pid != process.pid)
    trackers = [member for member in members if _is_tracker(member)]
    others = [member for member in members if member not in trackers]
    for member in others[:MOST_DUMPS]:
        _signal(member, signal.SIGABRT)
        _signal(member, signal.SIGCONT)
        yield member
    for member in others:
        _signal(member, signal.SIGKILL)
    for member in trackers:
        _signal(member, signal.SIGCONT)


def _signal(member: psutil.Process, number: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        member.send_signal(number)


def _is_tracker(member: psutil.Process) -> bool:
    """Whether it is multiprocessing's resource tracker, which must outlive the others.

    One that has only just been started has no command line yet: it is waited for.
    """
    until = time.monotonic() + NAMED
    try:
        while not (line := member.cmdline()) and time.monotonic() < until:
            time.sleep(0.001)
    except psutil.Error:
        return False
    return any(".resource_tracker import main" in part for part in line)


def _descendants(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """All that descends from a child, in its group or not."""
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _group(group: int) -> list[psutil.Process]:
    members = []
    for member in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            if os.getpgid(member.pid) == group and member.status() != psutil.STATUS_ZOMBIE:
                members.append(member)
    return members


def _gone_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    pause, until = 0.001, time.monotonic() + seconds
    while process.poll() is None or _lives(process.pid):
        if time.monotonic() > until:
            return False
        time.sleep(pause)
        pause = min(0.02, pause * 2)
    return True


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of zombies
        return False
    # Where nobody reaps orphans at once (a container without an init), zombies do no harm.
    return bool(_group(group))
