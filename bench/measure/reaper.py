"""Kills process groups that a dead parent left behind, and removes its temporary folder.

It makes the folder and prints its path. Then the parent writes one line to its standard input for
each group it starts and ends: `+ GROUP` and `- GROUP`. When the input ends, however the parent
ended, what is still listed is killed and the folder removed. Its own session keeps it from the
terminal's signals. Run as a file, with nothing but a bare interpreter.
"""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable

# How often, and with what pause in seconds, it tries to remove a folder that the killed still hold.
TRIES, PAUSE = 50, 0.02


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


def main() -> None:
    folder = tempfile.mkdtemp(prefix="lab-")
    sys.stdout.write(f"{folder}\n")
    sys.stdout.flush()
    for group in left_over(sys.stdin):
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(group, signal.SIGKILL)
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):  # noqa: PTH110  pathlib takes long to load
            break
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
