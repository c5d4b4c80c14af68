"""What a child's tree holds, looked at from outside."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.measure.processes import holding
from bench.measure.processes.holding import WEIGH, holds_more, weighing

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="the system does not tell what is shared"
)

HELD = 100_000_000

# Holds memory that its three children share.
HOLDS = f"""
import os, sys
held = b"x" * {HELD}
for _ in range(3):
    if not os.fork():
        break
else:
    print("forked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        yield process.pid
        process.communicate()


def test_what_processes_share_is_counted_once(holder: int) -> None:
    assert holds_more(holder, HELD)
    assert not holds_more(holder, 2 * HELD)


def test_what_has_ended_holds_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    assert not holds_more(process.pid, 0)


def test_looks_that_take_long_are_rare(monkeypatch: pytest.MonkeyPatch) -> None:
    now, looks = 0.0, list[float]()

    def look(*_: int) -> bool:
        nonlocal now
        looks.append(now)
        now += 0.01 if len(looks) < 3 else 0.5
        return False

    monkeypatch.setattr(holding, "holds_more", look)
    too_much = weighing(1, 1, clock=lambda: now)
    while now < 12.0:
        too_much()
        now += 0.05
    assert looks[1] - looks[0] == pytest.approx(WEIGH, abs=0.1)
    assert looks[3] - looks[2] == pytest.approx(10.0, abs=0.6)
