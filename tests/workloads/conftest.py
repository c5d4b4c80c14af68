"""The lab's own server for work that downloads, and a pool of processes for work that is sent."""

from collections.abc import Iterator

import pytest

from bench.executors import find_executor
from bench.executors.seam import Map
from bench.measure.processes.groups import Reaper
from bench.measure.processes.loopback import loopback_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with Reaper() as reaper, loopback_server(reaper) as address:
        yield address


@pytest.fixture(scope="session")
def in_processes() -> Iterator[Map]:
    """A map over two processes that share nothing with this one, started once."""
    with find_executor("processes").open(2, start_method="spawn", chunk="one") as run:
        yield run
