"""Waiting: each task sleeps as long as it should, and does nothing else."""

import asyncio
import time

import pytest

from tests.workloads.ways import on_a_loop, work_of


def test_each_task_sleeps_once_for_its_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    work = work_of("waiting", count=4, delay=7.5)
    assert work.reduce(map(work.task, work.items)) == 0 + 1 + 2 + 3
    assert slept == [7.5] * 4


def test_each_coroutine_sleeps_once_for_its_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    work = work_of("waiting", count=4, delay=7.5)
    assert work.atask
    assert on_a_loop(work.atask, work.items) == [0, 1, 2, 3]
    assert slept == [7.5] * 4
