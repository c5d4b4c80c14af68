"""A run's own JSON: what is exported comes back in an empty lab, to the last digit."""

from dataclasses import replace
from pathlib import Path

import pytest

import bench
from bench.access import Who
from bench.errors import Refused
from bench.exports.json_run import run_json
from bench.imports.bringing import bring_in
from bench.imports.formats import run_from
from bench.measure.host.environment import environment
from bench.samples import LAB, Run
from bench.service.again import check_goes_on
from bench.settings import settings
from bench.store import Store
from tests.exports.schema import written
from tests.factory import a_run, a_sweep, costing, traced
from tests.imports.files import MOST, PLAIN, WRITTEN, as_bytes, whole_json
from tests.keeping import keep_run

HOSTS = ("3.11", "3.14t")
FULL = traced(costing(a_run()))

RUNS = {
    "with traces": replace(FULL, environment=environment()),
    "a sweep": a_sweep(),
    "several interpreters": a_run(
        {f"threads × 2 on {host}": (3.0, 0.1) for host in HOSTS}, interpreters=HOSTS
    ),
    "a contender that failed": a_run(failed=["threads × 1"]),
    "work that is not known here": replace(FULL, plan=replace(FULL.plan, workload="theirs")),
    "an executor that is not known here": a_run({"rays × 2 (odd)": (1.7, 0.1)}),
    "nothing measured": replace(a_run(), samples=(), state="stopped"),
}


def exported(folder: Path, run: Run) -> Run:
    """The run as a lab of its own has it."""
    with Store(replace(settings(), data=folder)) as store:
        found = store.runs.find(keep_run(store, run, run.state), traces=True)
    assert found
    return found


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_a_run_comes_back_in_an_empty_lab_to_the_last_digit(
    run: Run, store: Store, tmp_path: Path
) -> None:
    theirs = exported(tmp_path / "theirs", run)
    id_ = bring_in(store, settings(), as_bytes(run_json(theirs)))
    mine = store.runs.find(id_, traces=True)
    assert whole_json(mine) == whole_json(theirs)
    assert id_ != theirs.id


def test_it_says_where_it_comes_from_and_when_it_came(store: Store) -> None:
    run = store.runs.find(bring_in(store, settings(), as_bytes(PLAIN)))
    assert run
    assert run.imported
    assert run.origin == f"imported from {LAB}"
    assert run.created == PLAIN["created"] < run.imported.at


def test_what_another_tool_measured_stays_its_own_when_it_travels_on(store: Store) -> None:
    here = settings()
    first = store.runs.find(bring_in(store, here, WRITTEN["pytest-benchmark-5.3.1"]))
    assert first
    second = store.runs.find(bring_in(store, here, as_bytes(written(run_json(first)))))
    assert whole_json(second) == whole_json(first)
    assert second
    assert second.origin == "imported from pytest-benchmark 5.3.1"


def test_a_file_is_opened_in_a_program_without_being_kept(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(as_bytes(PLAIN))
    found = bench.load(path)
    assert bench.load(str(path)).headline == found.headline
    assert found.id == "unsaved"
    assert found.to_json()["analysis"] == PLAIN["analysis"]
    assert store.runs.count() == 0
    with pytest.raises(Refused, match=r"file is .*No such file"):
        bench.load(tmp_path / "other.json")


def test_it_cannot_go_on_here(store: Store) -> None:
    id_ = bring_in(store, settings(), as_bytes(PLAIN))
    run = store.runs.find(id_)
    assert run
    with pytest.raises(Refused, match="one that was measured here"):
        check_goes_on(run)
    with pytest.raises(Refused, match="one that was measured here"):
        store.queue.submit_again(id_)


def test_a_session_brings_in_so_many_and_the_operator_as_many_as_there_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_IMPORTS_EACH", "2")
    for _ in range(2):
        bring_in(store, settings(), as_bytes(PLAIN), Who("mine"))
    with pytest.raises(Refused, match="your imported runs is '2': it must be fewer than 2"):
        bring_in(store, settings(), as_bytes(PLAIN), Who("mine"))
    bring_in(store, settings(), as_bytes(PLAIN), Who("other"))
    bring_in(store, settings(), as_bytes(PLAIN))
    assert store.runs.count() == 4


def test_keys_of_later_versions_are_passed_over() -> None:
    later = {**PLAIN, "mood": {"of": ["the", "day"]}}
    later["samples"] = [{**sample, "humidity": 0.4} for sample in PLAIN["samples"]]
    assert run_from(as_bytes(later), MOST, 1.0) == run_from(as_bytes(PLAIN), MOST, 1.0)
