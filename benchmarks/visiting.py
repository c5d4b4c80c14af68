"""People who visit the app's pages: a process of websockets beside it, and how long they wait."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.measure.processes.groups import GRACE, end_group
from bench.measure.processes.running import ROOT
from benchmarks.session import Broken, Session


class Visitors:
    """So many sessions of an app, the first of which can turn to other pages."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def there(self) -> float:
        """Wait until all have the first page; the moment, as `time.monotonic` tells it."""
        return float(self.told()["at"])

    def turn(self, name: str, query: str = "") -> float:
        """The seconds of the server until a page's script has run. Raises Broken."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"name": name, "query": query}).encode() + b"\n")
        self._process.stdin.flush()
        return float(self.told()["seconds"])

    def told(self) -> dict[str, Any]:
        """What they say next. Raises Broken."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise Broken("the visitors broke off")
        told: dict[str, Any] = json.loads(line)
        if told.get("errors"):
            raise Broken(f"a page failed: {told['errors'][0]}")
        return told


@contextmanager
def visitors(session: Session, url: str, count: int) -> Iterator[Visitors]:
    """So many who try to open an app's first page from now on, until it answers. Raises Broken."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.scripts.visitors", url, str(count)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    session.reaper.watch(process.pid)
    try:
        found = Visitors(process)
        found.told()  # that all is loaded which they need
        yield found
    finally:
        end_group(process, GRACE)
        session.reaper.forget(process.pid)
