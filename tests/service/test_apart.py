"""The app gives way: its threads, and not what measuring is started from."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bench.measure.processes.running import ROOT
from bench.service.apart import gives_way, split

# A process of its own, as a priority that was given away does not come back.
APP = """
import json, os, subprocess, sys, threading
from dataclasses import replace
from bench.measure.host.cpus import cpus
from bench.service.apart import Spawner, gives_way
from bench.settings import settings

TOLD = "import json, os; print(json.dumps([os.nice(0), sorted(os.sched_getaffinity(0))]))"

def child():
    return json.loads(subprocess.check_output([sys.executable, "-c", TOLD]))

def told(label):
    found[label] = [os.nice(0), sorted(os.sched_getaffinity(0))]

def early():
    waiting.wait()
    told("a thread that was there")

found, waiting = {"stamp before": gives_way(os.getpid())}, threading.Event()
there = threading.Thread(target=early)
there.start()
with Spawner() as spawner:
    spawner.alone_stays(replace(settings(), nice=7, apart=int(sys.argv[1])))
    waiting.set()
    there.join()
    told("the app")
    later = threading.Thread(target=told, args=("a thread that came later",))
    later.start()
    later.join()
    found["the service"] = spawner.do(child)
    found["usable"] = cpus().affinity
    found["stamp"] = gives_way(os.getpid())
print(json.dumps(found))
"""

THREADS = ("the app", "a thread that was there", "a thread that came later")


def told(apart: int, *, leads: bool = False) -> Any:
    if sys.platform != "linux":
        pytest.skip("threads have priorities and CPUs of their own on Linux only")
    said = subprocess.run(
        [sys.executable, "-c", APP, str(apart)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        start_new_session=leads,
    )
    return json.loads(said.stdout)


def test_the_apps_threads_give_way_and_the_service_does_not() -> None:
    found, before = told(apart=100_000), os.nice(0)
    mine = sorted(os.sched_getaffinity(0))
    for thread in THREADS:
        assert found[thread] == [min(19, before + 7), mine]
    assert found["the service"] == [before, mine]
    stamp = found["stamp"]
    assert (stamp["nice"], stamp["cpus"]) == (min(19, before + 7), mine)
    assert found["usable"] == len(mine)


@pytest.mark.parametrize("leads", [True, False])
def test_a_session_gives_way_with_the_app_that_leads_it_and_no_other(leads: bool) -> None:
    found = told(apart=100_000, leads=leads)
    before, after = (found[stamp]["session_nice"] for stamp in ("stamp before", "stamp"))
    assert after == (7 if leads and before is not None else before)


def test_on_enough_cpus_the_app_keeps_to_one_that_nothing_is_measured_on() -> None:
    mine = sorted(os.sched_getaffinity(0))
    if len(mine) < 2:
        pytest.skip("there is but one CPU to run on")
    found = told(apart=2)
    assert {tuple(found[thread][1]) for thread in THREADS} == {(mine[-1],)}
    assert found["the service"][1] == mine[:-1]
    # Pages propose, and check, what the service may use.
    assert found["usable"] == len(mine) - 1


@pytest.mark.parametrize(
    ("count", "own", "measuring"), [(2, 2, 2), (3, 3, 3), (4, 1, 3), (64, 1, 63)]
)
def test_few_cpus_are_not_divided(count: int, own: int, measuring: int) -> None:
    mine, theirs = split(set(range(count)), 4)
    assert (len(mine), len(theirs)) == (own, measuring)
    assert mine | theirs == set(range(count))


def test_an_app_that_is_gone_gives_no_way() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert gives_way(process.pid) is None
