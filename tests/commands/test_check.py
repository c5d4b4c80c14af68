"""`check RUN`: whether a run may be relied on, as words, as JSON and as an exit code."""

import json
from collections.abc import Mapping, Sequence

import pytest

from bench.samples import State
from bench.store import Store
from tests.build import a_plan, rounds_of
from tests.commands.conftest import Bench

PLAN = a_plan(executors=["threads"])
STEADY = {name: [1.0] * 5 for name in ("sequential", "control", "threads × 2")}
NOISY = {**STEADY, "threads × 2": [1.0, 1.2, 1.0, 1.2, 1.0]}


def kept(store: Store, times: Mapping[str, Sequence[float]] = STEADY, state: State = "done") -> str:
    """A kept run of these seconds; its id."""
    id_ = store.runs.add(PLAN, "running")
    for sample in rounds_of(PLAN, times):
        store.runs.keep(id_, sample)
    if state != "running":
        store.runs.end(id_, state)
    return id_


def test_a_steady_run_ends_with_exit_code_0(bench: Bench, store: Store) -> None:
    id_ = kept(store)
    assert bench("check", id_) == (0, f"{id_} is steady.\n", "")


def test_an_unsteady_run_ends_with_exit_code_3_and_the_reasons(bench: Bench, store: Store) -> None:
    id_ = kept(store, NOISY)
    said = bench("check", id_)
    assert (said.code, said.err) == (3, "")
    first, *reasons = said.out.splitlines()
    assert first == f"{id_} is not steady."
    assert [reason.partition(":")[0] for reason in reasons] == ["wide-intervals"]


def test_as_json_the_reasons_are_codes_with_sentences(bench: Bench, store: Store) -> None:
    id_ = kept(store, {name: seconds[:2] for name, seconds in NOISY.items()}, "stopped")
    said = bench("check", id_, "--json")
    plain = json.loads(said.out)
    assert said.code == 3
    assert (plain["run"], plain["steady"], plain["noted"]) == (id_, False, [])
    assert {reason["code"] for reason in plain["reasons"]} == {"few-rounds", "wide-intervals"}
    assert json.loads(bench("check", kept(store), "--json").out)["steady"] is True


@pytest.mark.parametrize("id_", ["zzz", "0123456789ab", "../../etc/passwd"])
def test_an_unknown_run_ends_with_exit_code_2(bench: Bench, id_: str) -> None:
    said = bench("check", id_)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("must be the id of a kept run; python -m bench runs lists them.\n")


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_run_that_has_not_ended_is_neither_steady_nor_not(
    bench: Bench, store: Store, state: State
) -> None:
    id_ = store.queue.submit(PLAN) if state == "queued" else kept(store, state="running")
    said = bench("check", id_)
    assert (said.code, said.out) == (2, "")
    assert f"{id_}, {state}" in said.err
    assert said.err.endswith("it must be one that has ended; wait for it.\n")
