"""Sending real signals to `shutdown_program`, and what became of its tasks and processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path
from typing import Any

from bench.experiments.shutdown_program import STEPS, WORKERS

# A worker that is still there so long after all tasks could be done stays, in seconds.
PATIENCE = 0.3

# A program that has not ended so long after that never will, in seconds.
GRACE = 2.0

# Whatever becomes of this process, the system ends all that it started so soon, in seconds.
LAST_RESORT = 30


# A pool, a way to end, and a signal.
Case = tuple[str, str, str]


def signalled(case: Case, tasks: int, pause: float) -> dict[str, Any]:
    """Signal a program once it has submitted all and its workers are at work: what becomes of it.

    `seconds` from the signal to its end is None if its workers were never all at work; one that
    `hung` was ended by force.
    """
    kind, way, name = case
    rest = ceil(tasks / WORKERS) * STEPS * pause
    lines: list[dict[str, Any]] = []
    ready = False
    with _started(kind, way, str(tasks), str(pause), str(LAST_RESORT)) as process:
        assert process.stdout
        for line in process.stdout:
            lines.append(json.loads(line))
            if ready := _submitted(lines) == tasks and len(_at_work(lines)) == WORKERS:
                break
        workers = {pid for pid, _ in _at_work(lines)} - {process.pid}
        sent = time.monotonic()
        if ready:
            _send(signal.Signals[name], process.pid, workers)
        with _ended_after(rest + GRACE, {process.pid, *workers}):
            code = process.wait()
        seconds = time.monotonic() - sent
        left = _outliving(workers, rest + PATIENCE)
        _signal(signal.SIGKILL, left)
        lines += map(json.loads, process.stdout)  # nobody is left who could write
    by_task = {number: [one for one in lines if one["task"] == number] for number in range(tasks)}
    return {
        "pool": kind,
        "way": way,
        "signal": name,
        "code": code,
        "hung": code == -signal.SIGALRM,
        "seconds": seconds if ready else None,
        "survivors": len(left),
        "tasks": [_task(told, sent, pause, left) for told in by_task.values()],
    }


def _submitted(lines: Sequence[Mapping[str, Any]]) -> int:
    return sum("submitted" in line for line in lines)


def _at_work(lines: Sequence[Mapping[str, Any]]) -> set[tuple[int, int]]:
    """The workers that have done a step: processes and threads."""
    return {(line["pid"], line["thread"]) for line in lines if line.get("step", 0) > 0}


@contextmanager
def _started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A program in this process's own group: whoever ends that ends the program, too."""
    source = "import sys; from bench.experiments.shutdown_program import main; main(*sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", source, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the tracebacks of what is interrupted
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def _ended_after(seconds: float, pids: set[int]) -> Iterator[None]:
    """What is still there after so long is ended, with a signal that nothing else sends."""
    timer = threading.Timer(seconds, _signal, (signal.SIGALRM, pids))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _send(number: signal.Signals, program: int, workers: set[int]) -> None:
    """As it comes: Ctrl-C goes to all that a terminal runs, the others to the program alone."""
    _signal(number, {program, *workers} if number is signal.SIGINT else {program})


def _signal(number: signal.Signals, pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _outliving(pids: set[int], seconds: float) -> list[int]:
    """The processes that are still there after so long."""
    until = time.monotonic() + seconds
    while (left := [pid for pid in pids if _lives(pid)]) and time.monotonic() < until:
        time.sleep(0.01)
    return left


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended may stay as a zombie where nobody asks for orphans.
    stat = Path(f"/proc/{pid}/stat")
    with suppress(OSError):
        return stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
    return sys.platform != "linux"


def _task(
    told: Sequence[Mapping[str, Any]], sent: float, pause: float, left: Sequence[int]
) -> dict[str, Any]:
    """What became of a task, in seconds from the signal on."""
    done = [line for line in told if "step" in line]
    steps = [line["at"] - sent for line in done]
    ends = [line for line in told if "ended" in line]
    if ends:
        returned = "done" if len(steps) == STEPS else "stopped"
        state = {"cancelled": "cancelled", "returned": returned}.get(ends[0]["ended"], "raised")
    elif steps:
        orphaned = len(steps) == STEPS and done[0]["pid"] in left
        state = "orphaned" if orphaned else "killed"
    else:
        state = "never began"
    ended = ends[0]["at"] - sent if ends else steps[-1] + pause if steps else None
    return {
        "state": state,
        "steps": len(steps),
        "began": steps[0] if steps else None,
        "ended": ended,
    }
