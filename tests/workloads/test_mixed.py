"""Work that waits and computes: its stages, its shares, and computing that is counted."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.work import Staged
from bench.workloads import all_workloads
from bench.workloads.mixed import read
from bench.workloads.turns import turn
from tests.fetching import get
from tests.workloads.ways import answer_of, work_of


def turned(turns: int, value: int) -> int:
    """Where a number has come after so many turns of 5·n + 1, all at once."""
    power = pow(5, turns, 2**26)  # two bits more, for the division by four
    return (power * value + (power - 1) // 4) % 2**24


@given(st.integers(0, 3_000), st.integers(0, 2**24 - 1))
def test_a_loop_comes_to_where_its_turns_must_take_it(turns: int, value: int) -> None:
    assert turn(turns, value) == turned(turns, value)


def test_every_turn_matters() -> None:
    assert len({turn(turns, 1) for turns in range(1_000)}) == 1_000


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long tasks slept, without their sleeping."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


@pytest.mark.parametrize(
    ("share", "turns", "delay"),
    [(0.0, 100_000, 0.0), (25.0, 75_000, 0.001), (99.0, 1_000, 0.00396), (100.0, 0, 0.004)],
)
def test_a_share_is_waited_and_the_rest_computed(
    slept: list[float], share: float, turns: int, delay: float
) -> None:
    expected = sum(turned(turns, number) for number in range(3))
    assert answer_of("blend", count=3, length=4.0, share=share) == expected
    assert slept == pytest.approx([delay] * 3 if delay else [])


@pytest.mark.usefixtures("slept")
def test_a_task_that_only_waits_computes_nothing() -> None:
    work = work_of("blend", count=3, length=4.0, share=100.0)
    assert list(map(work.task, work.items)) == [0, 1, 2]


def test_a_page_is_hashed_and_its_words_counted() -> None:
    body = b"Page 7 of the\nlab: page 8 of the lab"
    assert read(body) == (hashlib.sha256(body).hexdigest(), 10, 7)
    assert read(b"")[1:] == (0, 0)


def test_scraping_is_downloading_and_then_reading(server: str) -> None:
    work = work_of("scrape", server, count=3, delay=0.0, size=1_000)
    assert isinstance(work.task, Staged)
    expected = [read(get(url).content) for url in work.items]
    assert [work.task.compute(work.task.wait(url)) for url in work.items] == expected
    assert work.reduce(map(work.task, work.items)) == expected


def test_work_is_said_to_be_staged_if_and_only_if_it_is(server: str) -> None:
    for name, workload in all_workloads().items():
        assert workload.staged == isinstance(work_of(name, server).task, Staged)
