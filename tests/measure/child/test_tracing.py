"""A traced pass: a span a task, on the worker that ran it."""

import asyncio
import os
import time
from itertools import pairwise
from typing import Any

import pytest

from bench.executors import all_executors, find_executor
from bench.executors.seam import Executor
from bench.measure.child.tracing import MOST_SPANS, traced
from bench.work import Staged, Work
from bench.workloads import find_workload

ITEMS = list(range(40))


def turns(number: int) -> int:
    return sum(range(1_000 * (1 + number % 3)))


async def nap(_: int) -> int:
    await asyncio.sleep(0.01)
    return 1


def wait_a_little(_: int) -> bytes:
    time.sleep(0.002)
    return b"x" * 1_000


WAYS = [
    one
    for one in all_executors().values()
    if one.missing() is None and one.name not in ("hybrid", "dask")
]


def trace_of(name: str, work: Work[Any, Any], workers: int = 2) -> dict[str, Any]:
    executor = find_executor(name)
    return traced(executor.open(workers), work, piped=executor.piped)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_each_task_has_a_span_within_the_pass(way: Executor) -> None:
    told = trace_of(way.name, Work(turns, ITEMS))
    assert told["tasks"] == len(told["spans"]) == 40
    starts = [start for _, _, start, _, _ in told["spans"]]
    assert starts == sorted(starts)
    for worker, stage, start, end, cpu in told["spans"]:
        assert 0 <= worker < told["workers"]
        assert stage == 0
        assert 0 <= start < end <= told["pass_s"]
        assert 0 <= cpu <= (end - start) * 1.05 + 1e-4


@pytest.mark.parametrize("name", ["sequential", "threads", "processes", "pool", "ceiling"])
def test_spans_of_one_worker_do_not_overlap(name: str) -> None:
    spans = trace_of(name, Work(turns, ITEMS))["spans"]
    for worker in {span[0] for span in spans}:
        mine = [span for span in spans if span[0] == worker]
        assert all(before[3] <= after[2] for before, after in pairwise(mine))


def test_sequential_work_has_one_worker_and_processes_have_several() -> None:
    slow = Work(wait_a_little, ITEMS)
    assert trace_of("sequential", slow)["workers"] == 1
    assert trace_of("processes", slow)["workers"] == 2


def test_coroutines_overlap_and_do_not_tell_their_cpu_time() -> None:
    told = trace_of("asyncio", Work(nap, [1, 2, 3, 4]), workers=4)
    assert {cpu for *_, cpu in told["spans"]} == {None}
    assert max(start for _, _, start, _, _ in told["spans"]) < min(
        end for _, _, _, end, _ in told["spans"]
    )


def test_both_stages_of_a_task_are_told_apart() -> None:
    work = Work(Staged(wait=wait_a_little, compute=len), ITEMS)
    told = trace_of("hybrid", work)
    assert told["tasks"] == 40
    assert sorted(stage for _, stage, *_ in told["spans"]) == [0] * 40 + [1] * 40
    # What waits is in this process, what computes is in others.
    waiting = {worker for worker, stage, *_ in told["spans"] if stage == 0}
    assert not waiting & {worker for worker, stage, *_ in told["spans"] if stage == 1}


def test_of_very_many_tasks_some_are_kept_evenly() -> None:
    told = trace_of("sequential", Work(turns, range(3 * MOST_SPANS)))
    assert told["tasks"] == 3 * MOST_SPANS
    assert len(told["spans"]) == MOST_SPANS
    assert told["spans"][-1][3] > 0.9 * told["pass_s"]


def payload(size: int) -> bytes:
    return bytes(size)


@pytest.mark.parametrize("name", ["processes", "pool", "loky", "ceiling"])
def test_what_goes_through_pipes_is_counted_each_way(name: str) -> None:
    told = trace_of(name, Work(payload, [50_000] * 10))
    assert told["sent_bytes"] < 20_000
    assert 500_000 < told["received_bytes"] < 550_000
    back = trace_of(name, Work(len, [os.urandom(50_000) for _ in range(10)]))
    assert 500_000 < back["sent_bytes"] < 550_000
    assert back["received_bytes"] < 20_000


@pytest.mark.parametrize("name", ["sequential", "threads", "asyncio"])
def test_what_is_handed_over_in_memory_is_not_counted(name: str) -> None:
    told = trace_of(name, Work(len, [b"x" * 50_000] * 10))
    assert (told["sent_bytes"], told["received_bytes"]) == (None, None)


def test_real_work_is_traced_with_its_memory() -> None:
    told = trace_of("processes", find_workload("primes").build(limit=20_000))
    assert told["tasks"] == 256
    assert told["memory_bytes"] is None or told["memory_bytes"] > 1_000_000
