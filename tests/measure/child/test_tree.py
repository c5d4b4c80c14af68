"""What a process and its descendants have used."""

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.measure.child.tree import Used, cpu_seconds, descendants, memory, used

linux = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="the system does not tell of descendants"
)

# Burns as many CPU seconds as it is told, lets a child of its own do the same, then waits.
BURNS = """
import os, subprocess, sys, time
hold = bytearray(b"x") * int(sys.argv[2])
while time.process_time() < float(sys.argv[1]): pass
if len(sys.argv) > 3:
    child = subprocess.Popen([sys.executable, "-c", sys.argv[3], *sys.argv[1:3]], stdout=1)
else:
    print("burnt", flush=True)
sys.stdin.read()
"""


def burning(seconds: float, hold: int, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", BURNS, str(seconds), str(hold), *more]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@linux
def test_cpu_time_of_children_and_their_children_counts_while_they_live() -> None:
    before, whole = cpu_seconds(), used()
    with burning(0.2, 0, BURNS) as child:
        assert child.stdout
        child.stdout.readline()
        after, now = cpu_seconds(), used().since(whole)
        assert len(list(descendants(os.getpid()))) >= 2
        child.communicate()
    assert before is not None
    assert after is not None
    assert after - before > 0.4
    assert now.seconds > 0.4
    assert now.user + now.system == pytest.approx(now.seconds, abs=0.1)


@linux
def test_cpu_time_of_children_counts_once_they_have_ended() -> None:
    before = used()
    with burning(0.2, 0) as child:
        assert child.stdout
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert used().since(before).seconds > 0.2


def test_a_clock_that_went_back_counts_nothing() -> None:
    assert Used(1.0, 1.0, 1.0, 1, 1).since(Used(2.0, 2.0, 2.0, 2, 2)) == Used(0.0, 0.0, 0.0, 0, 0)


@linux
def test_what_a_child_holds_counts_as_memory_of_the_tree() -> None:
    before = memory()
    with burning(0.0, 50_000_000) as child:
        assert child.stdout
        child.stdout.readline()
        after = memory()
        child.communicate()
    assert before
    assert after
    assert after - before > 50_000_000


def wait_on(gate: "multiprocessing.synchronize.Event") -> None:
    gate.wait()


@linux
def test_memory_that_forked_processes_share_is_counted_once() -> None:
    context = multiprocessing.get_context("fork")
    held = bytearray(b"x") * 60_000_000
    before = memory()
    gate = context.Event()
    children = [context.Process(target=wait_on, args=(gate,)) for _ in range(3)]
    for child in children:
        child.start()
    after = memory()
    gate.set()
    for child in children:
        child.join()
    assert before
    assert after
    assert len(held) > after - before
