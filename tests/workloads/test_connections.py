"""Very many connections: the machine's limit is known before anything is measured."""

import resource
import subprocess
import sys

import pytest

from bench.asking.plans import draft
from bench.errors import Refused
from bench.measure.processes.running import ROOT
from bench.plan import Plan
from bench.workloads import find_workload
from tests.workloads.ways import on_a_loop, work_of


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that lets a process open 256 files."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 256))


def plan(count: int) -> Plan:
    parameters = {"count": count}
    return draft("connections", executors={"threads": {}}, workers=[2], parameters=parameters)


@pytest.mark.usefixtures("few")
def test_more_than_the_system_allows_are_refused_in_one_sentence() -> None:
    with pytest.raises(Refused) as refusal:
        plan(1_000)
    assert str(refusal.value) == (
        "connections.count is 1000: it must be at most 192; this system lets a process open no "
        "more files and connections at once; ulimit -Hn shows its limit."
    )


@pytest.mark.usefixtures("few")
def test_as_many_as_the_system_allows_are_planned() -> None:
    assert plan(192).parameters["count"] == 192


def test_a_system_without_a_limit_allows_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, resource.RLIM_INFINITY))
    assert plan(10_000).parameters["count"] == 10_000


@pytest.mark.usefixtures("few")
def test_the_child_refuses_too() -> None:
    with pytest.raises(Refused, match=r"^connections\.count is 1000: it must be at most 192;"):
        work_of("connections", "http://127.0.0.1:9", count=1_000)


def test_a_low_limit_that_may_be_raised_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4_096))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    work_of("connections", "http://127.0.0.1:9", count=1_000)
    assert asked == [(1_064, 4_096)]


# Client and server both begin with a limit that is too low, as programs do on many systems.
LOW = """
import asyncio, resource
from bench.measure.processes.groups import Reaper
from bench.measure.processes.loopback import loopback_server
from bench.workloads import find_workload
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 2_000))
with Reaper() as reaper, loopback_server(reaper) as server:
    work = find_workload("connections").build(count=200, delay=0.2, server=server)
    async def together():
        return await asyncio.gather(*map(work.atask, work.items))
    print(len(set(asyncio.run(together()))))
"""


def test_client_and_server_make_room_for_their_connections() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOW], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("200\n", "")


def test_more_than_a_hundred_can_be_open_at_once(server: str) -> None:
    work = work_of("connections", server, count=300, delay=0.2)
    assert work.atask
    results = on_a_loop(work.atask, work.items)
    assert len(set(results)) == 300
    assert {length for length, _ in results} == {200}


def test_there_is_a_preset_of_a_thousand() -> None:
    assert find_workload("connections").parameters({}, "thousand")["count"] == 1_000
