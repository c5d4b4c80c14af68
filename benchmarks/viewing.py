"""People who watch a run: a process of websockets beside the app, and what they saw."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bench.measure.processes.groups import GRACE, end_group
from bench.measure.processes.running import ROOT
from bench.settings import settings
from bench.store import Store
from benchmarks.app import App
from benchmarks.session import Broken, Session

NOBODY: Mapping[str, Any] = {"polls": 0, "waits": [], "missed": 0, "bytes": 0, "errors": []}


@contextmanager
def viewers(
    session: Session, app: App, run: str, count: int
) -> Iterator[Callable[[], Mapping[str, Any]]]:
    """So many watch a run once this has begun; yields what ends it and tells what they saw.

    Raises Broken.
    """
    if not count:
        yield lambda: NOBODY
        return
    command = [sys.executable, "-m", "benchmarks.scripts.viewers", app.url, run, str(count)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    session.reaper.watch(process.pid)

    def ended() -> Mapping[str, Any]:
        said, _ = process.communicate()
        if process.returncode:
            raise Broken("the viewers broke off")
        told: Mapping[str, Any] = json.loads(said)
        return told

    try:
        assert process.stdout
        if process.stdout.readline() != b"watching\n":
            raise Broken("the viewers could not open the page")
        yield ended
    finally:
        end_group(process, GRACE)
        session.reaper.forget(process.pid)


def store_of(app: App) -> Store:
    """The store of an app; to be closed."""
    return Store(replace(settings(), data=app.folder, lock=app.folder / "lock"))


def until_ended(store: Store, run: str, patience: float) -> None:
    """Wait for a run's end, seldom looking. Raises Broken after so many seconds."""
    until = time.monotonic() + patience
    while (mark := store.runs.mark(run)) and not mark.ended:
        if time.monotonic() > until:
            raise Broken(f"a run took longer than {patience:g} s")
        time.sleep(0.5)
