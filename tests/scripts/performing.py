"""A program: run scripts as `python SCRIPT` would, two at a time, and tell how each of them ended.

It has loaded what scripts load before it forks for each of them, which saves most of their time.
Beside each script it leaves what that printed.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import sys
import traceback
from pathlib import Path

LOADED = (
    "asyncio",
    "concurrent.futures.process",
    "concurrent.futures.thread",
    "multiprocessing.pool",
    "aiohttp",
    "loky",
    "pandas",
    "PIL.Image",
    "PIL.ImageFilter",
    "requests",
)

AT_ONCE = 2


def main(scripts: list[str]) -> None:
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()  # what was loaded is not looked through again in each process
    running: dict[int, str] = {}
    codes: dict[str, int] = {}
    for script in scripts:
        if len(running) == AT_ONCE:
            pid, status = os.wait()
            codes[running.pop(pid)] = os.waitstatus_to_exitcode(status)
        pid = os.fork()
        if pid == 0:
            code = performed(script)
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)  # to take down all that was loaded would take longer than the script
        running[pid] = script
    while running:
        pid, status = os.wait()
        codes[running.pop(pid)] = os.waitstatus_to_exitcode(status)
    sys.stdout.write(json.dumps(codes))


def performed(script: str) -> int:
    """Run one script in this process, with its output in a file; the exit code."""
    with Path(f"{script}.out").open("wb") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    sys.argv = [script]
    try:
        runpy.run_path(script, run_name="__main__")
    except BaseException:  # noqa: BLE001  as an interpreter tells of what ends it
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
