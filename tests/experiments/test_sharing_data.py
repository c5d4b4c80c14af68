"""Bytes for other processes: they arrive, nothing is left, and what facts make of the belief."""

import sys
from collections.abc import Sequence
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import pytest

from bench.errors import Unavailable
from bench.experiments import find_experiment, sharing_data
from bench.experiments.sending import WAYS, fits, left
from bench.experiments.sharing_data import sizes_up_to
from bench.experiments.sharing_verdict import sized
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Stopped
from bench.measure.processes.running import run_child
from tests.experiments.performing import performed, verdict_of
from tests.watching import PATIENCE, eventually

SHARING = find_experiment("sharing-data")

# A program that shares bytes with a worker that never answers, and says by which name.
STUCK = """
import json, os, sys, time
from bench.experiments.sending import share_once

class Stuck:
    def send(self, order):
        step = json.dumps({"event": "step", "step": order[1]})
        os.write(int(sys.argv[1]), step.encode() + b"\\n")

    def recv(self):
        time.sleep(600)

share_once(b"for nobody", [Stuck()])
"""

# What seconds of each round are multiplied with, so that intervals have a width.
ROUNDS = (1.0, 1.02, 0.98, 1.01, 0.99)


def facts(pipe: Sequence[float], shared: Sequence[float], **changes: Any) -> dict[str, Any]:
    """Seconds of a pipe and of shared memory by size; the other ways take a second."""

    def rounds(seconds: Sequence[float], shift: int = 0) -> list[list[float]]:
        return [[one * ROUNDS[(at + shift) % 5] for at in range(5)] for one in seconds]

    times = {way: rounds([1.0] * len(pipe)) for way in WAYS}
    times |= {"Pipe": rounds(pipe), "shared_memory": rounds(shared, 2)}
    return {
        "workers": 2,
        "rounds": 5,
        "sizes": [1_024 * 4**power for power in range(len(pipe))],
        "there": times,
        "back": times,
        "intact": True,
        "segments_made": 8,
        "segments_left": [],
        "without": [],
        **changes,
    }


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return performed("sharing-data", largest=16, rounds=3)[1]


def test_every_byte_arrives_in_every_way(told: dict[str, Any]) -> None:
    assert told["intact"]
    assert told["sizes"] == [1_024, 4_096, 16_384]
    for direction in ("there", "back"):
        assert {way: [len(one) for one in times] for way, times in told[direction].items()} == {
            way: [3, 3, 3] for way in WAYS
        }


def test_no_segment_is_left_when_it_is_done(told: dict[str, Any]) -> None:
    assert told["segments_made"] > 0
    assert told["segments_left"] == []


def test_a_segment_that_is_left_is_found() -> None:
    memory = SharedMemory(create=True, size=1)
    try:
        assert left({memory.name, "nobody-made-this"}) == [memory.name]
    finally:
        memory.close()
        memory.unlink()
    assert left({memory.name}) == []


def test_no_segment_is_left_when_all_are_killed_in_the_middle() -> None:
    names: list[str] = []
    with Reaper() as reaper, pytest.raises(Stopped):
        run_child(
            (sys.executable, "-c", STUCK),
            {},
            reaper=reaper,
            seconds=PATIENCE,
            telling=names.append,
            stopping=lambda: bool(names),
        )
    assert names
    eventually(lambda: left(set(names)) == [], "the end of a segment that nobody uses")


def test_payloads_grow_by_factors_up_to_the_largest() -> None:
    assert sizes_up_to(4_096) == [1_024, 4_096]
    assert sizes_up_to(5_000) == [1_024, 4_096, 5_000]


def test_what_no_memory_could_hold_does_not_fit() -> None:
    assert fits(1)
    assert sys.platform != "linux" or not fits(2**60)


def test_payloads_that_there_is_no_room_for_are_left_out_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sharing_data, "fits", lambda size: size <= 3 * 4_096)
    _, told = performed("sharing-data", team=1, largest=16, rounds=3)
    assert told["sizes"] == [1_024, 4_096]
    assert "Left out: 16 KiB" in SHARING.picture(told, []).sentence
    monkeypatch.setattr(sharing_data, "fits", lambda _: False)
    with pytest.raises(Unavailable, match="too little room"):
        performed("sharing-data")


@pytest.mark.parametrize(
    ("pipe", "shared", "verdict"),
    [
        ((1.0, 2.0, 3.0), (2.0, 2.0, 1.0), "does not hold here"),
        ((2.0, 2.0, 3.0), (1.0, 1.0, 1.0), "holds here"),
        ((1.0, 2.0, 3.0), (1.0, 1.0, 1.0), "not resolved here"),
    ],
)
def test_the_verdict_follows_the_intervals_at_each_size(
    pipe: Sequence[float], shared: Sequence[float], verdict: str
) -> None:
    assert verdict_of(SHARING, facts(pipe, shared)) == verdict


def test_bytes_that_arrive_changed_decide_nothing() -> None:
    told = facts((1.0, 2.0), (2.0, 1.0), intact=False)
    assert verdict_of(SHARING, told) == "not resolved here"


def test_the_size_at_which_it_begins_to_pay_is_told() -> None:
    explained = SHARING.judge(facts((1.0, 1.0, 9.0), (9.0, 1.0, 1.0))).explanation
    assert "faster above 4 KiB" in explained
    assert "above" not in SHARING.judge(facts((1.0, 1.0), (3.0, 3.0))).explanation


def test_what_is_left_is_told() -> None:
    told = facts((1.0, 3.0), (3.0, 1.0), segments_left=["psm_1"])
    assert "1 are left" not in SHARING.judge(told).explanation
    assert "1 is left" in SHARING.judge(told).explanation
    assert "none is left" in SHARING.judge(facts((1.0, 3.0), (3.0, 1.0))).explanation


def test_sizes_are_told_with_their_unit() -> None:
    assert [sized(1_536), sized(2**20)] == ["1.5 KiB", "1 MiB"]
