"""Kills process groups that a dead parent left behind.

The parent holds this process's standard input open and writes one line for each group it starts
and ends: `+ GROUP FOLDER` and `- GROUP`. When the input ends, however the parent ended, what is
still listed is killed and its temporary folder removed. Its own session keeps it from the
terminal's signals. Run as a file, with nothing but a bare interpreter.
"""

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterable


def left_over(lines: Iterable[str]) -> dict[int, str]:
    """The groups that were begun and not ended, each with its temporary folder."""
    groups: dict[int, str] = {}
    for line in lines:
        sign, group, *folder = line.rstrip("\n").split(" ", 2)
        if sign == "+":
            groups[int(group)] = folder[0] if folder else ""
        else:
            groups.pop(int(group), None)
    return groups


def main() -> None:
    for group, folder in left_over(sys.stdin).items():
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(group, signal.SIGKILL)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
