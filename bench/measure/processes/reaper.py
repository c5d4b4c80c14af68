"""Ends what a dead parent left behind, and removes its temporary folder.

It makes the folder and prints its path. Then the parent writes one line to its standard input for
each group it starts and ends: `+ GROUP` and `- GROUP`. When the input ends, however the parent
ended, what is still listed is killed, and so is whatever has its temporary files in the folder:
a process may have left its group, but what it inherits says whose it is. Its own session keeps it
from the terminal's signals. Run as a file, with nothing but a bare interpreter.
"""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator

# How often, and with what pause in seconds, it looks again for what the killed still hold.
TRIES, PAUSE = 50, 0.02

# How the program of the resource tracker is started, multiprocessing's and loky's own.
TRACKER = b".resource_tracker import main"


def left_over(lines: Iterable[str]) -> set[int]:
    """The groups that were begun and not ended."""
    groups: set[int] = set()
    for line in lines:
        sign, _, group = line.strip().partition(" ")
        if sign == "+":
            groups.add(int(group))
        else:
            groups.discard(int(group))
    return groups


def belonging(groups: set[int], folder: str) -> Iterator[tuple[int, bool]]:
    """Every living process in those groups, or with its temporary files in the folder.

    With each, whether it is a resource tracker; one that has just been started has no command yet.
    """
    marks = [f"TMPDIR={folder}{end}".encode() for end in ("/", "\0")]
    for name in os.listdir("/proc"):  # noqa: PTH208  pathlib takes long to load
        if name.isdigit():
            with contextlib.suppress(OSError):  # it has ended, or is not ours
                ours = os.getpgid(int(name)) in groups or _marked(name, marks)
                if ours and b") Z " not in _read(name, "stat"):
                    command = _read(name, "cmdline")
                    yield int(name), not command or TRACKER in command


def _marked(process: str, marks: Iterable[bytes]) -> bool:
    around = _read(process, "environ")
    return any(mark in around for mark in marks)


def _read(process: str, file: str) -> bytes:
    with open(f"/proc/{process}/{file}", "rb") as told:  # noqa: PTH123
        return told.read()


def end(groups: set[int], folder: str) -> None:
    """Kill all of them; trackers last, as they remove the shared memory that the others used."""
    for final in (False, True):
        for _ in range(TRIES):
            found = list(belonging(groups, folder))
            for process, tracker in found:
                if final or not tracker:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
            if not found:
                return
            time.sleep(PAUSE)


def end_groups(groups: set[int]) -> None:
    """Kill the groups alone: a system without /proc does not tell what else belongs to them."""
    for group in groups:
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(group, signal.SIGKILL)


def main() -> None:
    folder = tempfile.mkdtemp(prefix="lab-")
    sys.stdout.write(f"{folder}\n")
    sys.stdout.flush()
    groups = left_over(sys.stdin)
    if os.path.exists("/proc/self/environ"):  # noqa: PTH110
        end(groups, folder)
    else:
        end_groups(groups)
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):  # noqa: PTH110
            break
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
