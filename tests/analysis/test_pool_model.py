"""The simulated pool against arithmetic, bounds of scheduling and another simulation."""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analysis.pool_model import MOST_CHUNKS, Pool, seconds, speedup, start_up

WORKERS = st.integers(1, 12)
LENGTHS = st.lists(st.floats(1e-4, 10), min_size=1, max_size=40)
COST = st.one_of(st.just(0.0), st.floats(1e-6, 1))


def a_pool(
    tasks: Sequence[float],
    *,
    count: int | None = None,
    chunk: int | str = "one",
    dispatch: float = 0.0,
    handling: float = 0.0,
    at_once: int | None = None,
    drag: float = 0.0,
) -> Pool:
    return Pool(
        tuple(tasks), count or len(tasks), chunk, dispatch, handling, at_once=at_once, drag=drag
    )


# Without any cost: who takes a task is free, and nothing else happens.


@given(st.integers(1, 200), WORKERS)
def test_equal_tasks_are_done_in_as_many_turns_as_it_takes(count: int, workers: int) -> None:
    pool = a_pool([0.5] * count)
    assert seconds(pool, workers) == pytest.approx(0.5 * ceil(count / workers))


@given(LENGTHS, WORKERS)
def test_any_tasks_stay_within_the_bounds_of_list_scheduling(
    lengths: Sequence[float], workers: int
) -> None:
    took = seconds(a_pool(lengths), workers)
    total, longest = sum(lengths), max(lengths)
    assert took >= max(total / workers, longest) * (1 - 1e-9)
    assert took <= (total / workers + (1 - 1 / workers) * longest) * (1 + 1e-9)


@given(LENGTHS, WORKERS)
def test_one_more_worker_never_makes_it_slower(lengths: Sequence[float], workers: int) -> None:
    pool = a_pool(lengths)
    assert seconds(pool, workers + 1) <= seconds(pool, workers) * (1 + 1e-9)


@given(LENGTHS, WORKERS)
def test_the_speedup_is_over_all_tasks_one_after_the_other(
    lengths: Sequence[float], workers: int
) -> None:
    pool = a_pool(lengths)
    assert speedup(pool, workers) == pytest.approx(sum(lengths) / seconds(pool, workers))
    assert speedup(pool, 1) == pytest.approx(1)


# With costs.


def scheduled(lengths: Sequence[float], dispatch: float, workers: int) -> float:
    """Each task goes to the worker that is free first, once it was handed over."""
    free = [0.0] * workers
    for place, length in enumerate(lengths, start=1):
        begins = max(heapq.heappop(free), place * dispatch)
        heapq.heappush(free, begins + length)
    return max(free)


@given(LENGTHS, WORKERS, COST, COST)
def test_costs_of_handing_over_and_of_handling_are_those_of_another_simulation(
    lengths: Sequence[float], workers: int, dispatch: float, handling: float
) -> None:
    pool = a_pool(lengths, dispatch=dispatch, handling=handling)
    expected = scheduled([length + handling for length in lengths], dispatch, workers)
    assert seconds(pool, workers) == pytest.approx(expected)


@given(LENGTHS, WORKERS, COST, COST)
def test_where_one_can_run_at_a_time_all_seconds_add_up(
    lengths: Sequence[float], workers: int, dispatch: float, handling: float
) -> None:
    pool = a_pool(lengths, dispatch=dispatch, handling=handling, at_once=1)
    expected = sum(lengths) + len(lengths) * (dispatch + handling)
    assert seconds(pool, workers) == pytest.approx(expected)


@given(LENGTHS, WORKERS, COST, st.integers(1, 8))
def test_cpus_are_never_used_more_than_there_are(
    lengths: Sequence[float], workers: int, dispatch: float, cpus: int
) -> None:
    pool = a_pool(lengths, dispatch=dispatch, at_once=cpus)
    work = sum(lengths) + len(lengths) * dispatch
    took = seconds(pool, workers)
    assert took >= work / cpus * (1 - 1e-9)
    assert took >= seconds(replace(pool, at_once=None), workers) * (1 - 1e-9)


@given(st.integers(1, 20), WORKERS, st.integers(1, 8))
def test_more_workers_than_cpus_share_them_evenly(turns: int, workers: int, cpus: int) -> None:
    pool = a_pool([0.1] * turns * workers, at_once=cpus)
    busy = min(workers, cpus)
    assert seconds(pool, workers) == pytest.approx(0.1 * turns * workers / busy)
    assert pool.others(workers) == busy - 1


@given(st.integers(1, 20), WORKERS, st.floats(0, 0.5))
def test_each_task_drags_on_every_other_one(turns: int, workers: int, drag: float) -> None:
    pool = a_pool([0.1] * turns * workers, drag=drag)
    assert seconds(pool, workers) == pytest.approx(0.1 * turns * (1 + drag * (workers - 1)))


def test_a_start_costs_for_itself_and_for_each_worker() -> None:
    pool = a_pool([1.0] * 8)
    cold = replace(pool, start_s=0.25, start_worker_s=0.125)
    assert seconds(cold, 4) == pytest.approx(0.25 + 4 * 0.125 + seconds(pool, 4))


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({1: 0.3, 2: 0.4, 4: 0.6}, (0.2, 0.1)),
        ({1: 0.1, 2: 0.3, 4: 0.7}, (0.0, 3.5 / 21)),  # less than nothing in all: all by worker
        ({1: 0.4, 2: 0.3, 4: 0.2}, (0.3, 0.0)),
    ],
)
def test_what_a_start_costs_follows_from_cold_and_warm_times(
    extra: dict[int, float], expected: tuple[float, float]
) -> None:
    assert start_up(extra) == pytest.approx(expected)


def test_handing_over_limits_workers_that_are_faster() -> None:
    pool = a_pool([0.01] * 100, dispatch=0.005)
    assert seconds(pool, 8) == pytest.approx(100 * 0.005 + 0.01)


# Chunks, and tasks of which not all were kept.


@pytest.mark.parametrize(
    ("chunk", "workers", "expected"),
    [("one", 4, 3 + 0.3), ("even", 4, 3 + 0.1), (6, 4, 6 + 0.1), ("many", 4, 3 + 0.3)],
)
def test_a_chunk_is_handled_at_once_by_one_worker(
    chunk: int | str, workers: int, expected: float
) -> None:
    assert seconds(a_pool([1.0] * 12, chunk=chunk, handling=0.1), workers) == (
        pytest.approx(expected)
    )


def test_the_last_chunk_has_what_is_left() -> None:
    assert seconds(a_pool([1.0, 2.0, 4.0, 8.0, 16.0], chunk=2), 8) == pytest.approx(16.0)


@given(LENGTHS, st.integers(1, 50), WORKERS)
def test_tasks_that_were_kept_stand_for_all(
    lengths: Sequence[float], each: int, workers: int
) -> None:
    kept = a_pool(lengths, count=each * len(lengths))
    every = a_pool([length for length in lengths for _ in range(each)])
    assert kept.alone_s == pytest.approx(every.alone_s)
    assert seconds(kept, workers) == pytest.approx(seconds(every, workers))


@given(LENGTHS, st.integers(1, 5_000), st.integers(1, 9))
def test_whatever_was_kept_all_seconds_are_shared_out(
    lengths: Sequence[float], count: int, chunk: int
) -> None:
    pool = a_pool(lengths, count=count, chunk=chunk)
    assert seconds(pool, 1) == pytest.approx(pool.alone_s)


@pytest.mark.parametrize(
    ("dispatch", "handling", "each"),
    # Workers are busy all the time: a task's seconds, shared by 8. Or handing over is.
    [(0.0, 0.0, 0.002 / 8), (0.0, 0.004, 0.006 / 8), (0.001, 0.0, 0.001)],
)
def test_very_many_chunks_are_simulated_several_at_a_time_with_the_same_result(
    dispatch: float, handling: float, each: float
) -> None:
    count = 50 * MOST_CHUNKS
    pool = a_pool([0.001, 0.003], count=count, dispatch=dispatch, handling=handling)
    assert seconds(pool, 8) == pytest.approx(count * each, rel=0.01)
