"""The plan of the one-minute check, and which run of it is the last."""

from collections.abc import Mapping
from typing import Any

from bench.analysis.progress import estimated_seconds
from bench.guides.minute import last_minute, minute_plan
from bench.samples import State
from bench.store import Store

HERE = {"fingerprint": "00000001", "cpus": {"usable": 2}}
THERE = {"fingerprint": "00000002", "cpus": {"usable": 2}}


def kept(store: Store, state: State, stamp: Mapping[str, Any] = HERE) -> str:
    """A kept run of the check in a state; its id."""
    active = state in ("queued", "running")
    id_ = store.runs.add(minute_plan(2), state if active else "running", environment=stamp)
    if not active:
        store.runs.end(id_, state)
    return id_


def found(store: Store, stamp: Mapping[str, Any] = HERE) -> str | None:
    last = last_minute(store, stamp)
    return last.id if last else None


def test_the_check_measures_the_same_twice_and_the_ceiling_of_all_usable_cpus() -> None:
    names = [one.name for one in minute_plan(4).line_up]
    assert names == ["sequential", "control", "ceiling × 1", "ceiling × 4"]
    assert [one.name for one in minute_plan(1).contenders] == ["ceiling × 1"]
    assert minute_plan(1_000).contenders[-1].workers == 128


def test_it_takes_less_than_a_minute() -> None:
    estimate = estimated_seconds(minute_plan(2), 2)
    assert estimate
    assert estimate[1] < 60


def test_the_check_is_one_plan_whenever_it_is_asked_for() -> None:
    assert minute_plan(2) == minute_plan(2)


def test_the_newest_check_of_this_machine_is_the_last(store: Store) -> None:
    assert found(store) is None
    first = kept(store, "done")
    assert found(store) == first
    second = kept(store, "failed")
    assert found(store) == second


def test_another_machines_check_is_not_this_ones(store: Store) -> None:
    mine, other = kept(store, "done"), kept(store, "done", THERE)
    assert (found(store), found(store, THERE)) == (mine, other)
    assert found(store, {**HERE, "cpus": {"usable": 1}}) is None


def test_a_check_that_was_cut_short_is_passed_over(store: Store) -> None:
    whole = kept(store, "done")
    kept(store, "stopped")
    kept(store, "interrupted")
    assert found(store) == whole


def test_one_that_waits_or_goes_on_is_shown(store: Store) -> None:
    kept(store, "done")
    waiting = store.queue.submit(minute_plan(2))
    assert found(store) == waiting


def test_a_run_of_another_plan_is_no_check(store: Store) -> None:
    store.runs.add(minute_plan(1), "running", environment=HERE)
    assert found(store) is None
