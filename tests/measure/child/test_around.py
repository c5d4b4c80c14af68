"""What others did around a trial, from a made-up /proc and from the real one."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.measure.child.affinity import my_cpus
from bench.measure.child.around import Reading, between, read
from bench.measure.child.tree import Used
from bench.measure.host.cpus import throttle_file
from tests.measure.host.test_cpus import V1, V2, a_machine

TICK = 1 / os.sysconf("SC_CLK_TCK")
NOTHING = Used(0.0, 0.0, 0.0, 0, 0)
BEFORE = Reading(100.0, NOTHING, idle=50.0, stolen=1.0, throttled=2.0, swapped_in=7)

linux = pytest.mark.skipif(not Path("/proc/stat").exists(), reason="the system has no /proc/stat")


def after(idle: float | None, *, own: float = 0.0, **more: float | int | None) -> Reading:
    """A reading 10 seconds later, with so much more idle time and CPU seconds of one's own."""
    reading = replace(BEFORE, moment=110.0, own=replace(NOTHING, seconds=own), **more)  # type: ignore[arg-type]
    return replace(reading, idle=None if idle is None else 50.0 + idle)


@pytest.mark.parametrize(
    ("idle", "own", "share"),
    [
        (20.0, 0.0, 0.0),  # two CPUs did nothing for 10 s
        (10.0, 10.0, 0.0),  # one was busy, with the trial
        (10.0, 0.0, 0.5),  # one was busy, with others
        (0.0, 10.0, 0.5),  # one each
        (5.0, 10.0, 0.25),
        (20.0, 3.0, 0.0),  # clocks may disagree, but nobody takes less than nothing
    ],
)
def test_what_was_busy_beyond_the_trial_was_others(idle: float, own: float, share: float) -> None:
    told = between(BEFORE, after(idle, own=own), cpus=2, usable=2)["foreign_share"]
    # A tick a CPU is as fine as the system tells: it is given to the trial.
    assert told == pytest.approx(max(0.0, share - TICK / 10), abs=1e-9)


def test_cpus_that_the_quota_forbids_may_be_busy_without_harm() -> None:
    # Of 8 CPUs 6 were busy with others; of the 2 usable ones the trial lost nothing.
    told = between(BEFORE, after(20.0), cpus=8, usable=2)["foreign_share"]
    assert told == 0.0
    # With 7.5 busy the trial had half a CPU less.
    told = between(BEFORE, after(5.0), cpus=8, usable=2)["foreign_share"]
    assert told == pytest.approx(0.75, abs=0.005)


def test_what_the_hypervisor_took_is_a_share_of_the_usable_cpus() -> None:
    told = between(BEFORE, after(20.0, stolen=2.0), cpus=2, usable=2)
    assert told["steal_share"] == pytest.approx(0.05)


def test_throttling_and_swap_are_differences() -> None:
    told = between(BEFORE, after(20.0, throttled=2.5, swapped_in=10), cpus=2, usable=2)
    assert (told["throttled_s"], told["swapped_in"]) == (0.5, 3)


def test_what_the_system_does_not_tell_is_not_made_up() -> None:
    unknown = after(None, stolen=None, throttled=None, swapped_in=None)
    assert set(between(BEFORE, unknown, cpus=2, usable=2).values()) == {None}


def a_system(root: Path, stat: Sequence[str], vmstat: str = "pswpin 4\npswpout 9\n") -> Path:
    (root / "proc").mkdir()
    (root / "proc/stat").write_text("\n".join(["cpu  1 1 1 1 1 1 1 1 0 0", *stat, "intr 1"]))
    (root / "proc/vmstat").write_text(vmstat)
    return root


def test_the_counters_are_those_of_the_cpus_that_this_process_may_run_on(tmp_path: Path) -> None:
    mine = my_cpus()
    lines = [f"cpu{number} 1 2 3 100 20 0 0 7 0 0" for number in sorted(mine)]
    reading = read(a_system(tmp_path, [*lines, f"cpu{max(mine) + 1} 9 9 9 9999 9 9 9 9999 0 0"]))
    assert reading.idle == pytest.approx(len(mine) * 120 * TICK)
    assert reading.stolen == pytest.approx(len(mine) * 7 * TICK)
    assert reading.swapped_in == 4


@pytest.mark.parametrize("stat", [[], ["cpu0 1 2 3"], ["nonsense"]])
def test_a_system_that_counts_otherwise_tells_nothing(tmp_path: Path, stat: list[str]) -> None:
    reading = read(a_system(tmp_path, stat, vmstat=""))
    assert (reading.idle, reading.stolen, reading.swapped_in) == (None, None, None)


def test_a_system_without_proc_tells_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none").idle is None


def test_throttling_is_read_from_the_group_that_has_the_quota(tmp_path: Path) -> None:
    root = a_machine(
        tmp_path / "v2",
        V2,
        {"cpu.max": "50000 100000", "cpu.stat": "nr_periods 5\nthrottled_usec 1500000\n"},
    )
    assert read(throttle_file=throttle_file(root)).throttled == 1.5
    root = a_machine(
        tmp_path / "v1",
        V1,
        {
            "cpu/docker/abc/cpu.cfs_quota_us": "50000",
            "cpu/docker/abc/cpu.cfs_period_us": "100000",
            "cpu/docker/abc/cpu.stat": "nr_throttled 3\nthrottled_time 2500000000\n",
        },
    )
    assert read(throttle_file=throttle_file(root)).throttled == 2.5


def test_without_a_quota_nothing_is_read(tmp_path: Path) -> None:
    assert throttle_file(a_machine(tmp_path, V2, {"cpu.max": "max 100000"})) == ""
    assert read().throttled is None


# It starts a process that burns a CPU, and is gone: the burner is nobody's child here.
LIGHTER = """
import subprocess, sys
nowhere = subprocess.DEVNULL
burn = [sys.executable, "-c", "while True: pass"]
print(subprocess.Popen(burn, stdout=nowhere, stderr=nowhere).pid)
"""


@linux
def test_a_burner_that_is_not_ours_is_seen() -> None:
    lit = subprocess.run(
        [sys.executable, "-c", LIGHTER], capture_output=True, text=True, check=True
    )
    burner = int(lit.stdout)
    try:
        before = read()
        while (now := read()).own.seconds - before.own.seconds < 0.3:
            sum(range(1_000))
        told = between(before, now, len(my_cpus()), len(my_cpus()))["foreign_share"]
    finally:
        os.kill(burner, signal.SIGKILL)
    # It has a CPU of its own, or half of the only one.
    assert told > 0.25 / len(my_cpus())
