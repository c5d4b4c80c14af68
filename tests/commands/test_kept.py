"""Runs that are kept, on the command line."""

import pytest

from bench.access import Who
from bench.exports.json_run import run_json
from bench.exports.text_run import report
from bench.measure.host.environment import environment
from bench.samples import Failure, Run, Sample
from bench.store import Store
from tests.build import a_failure, a_plan, a_run, rounds_of
from tests.commands.conftest import Bench
from tests.exports.schema import read, written
from tests.scripted import Scripted

PLAN = a_plan(executors=["threads"])
SAMPLES = rounds_of(
    PLAN,
    {
        "sequential": [1.0, 1.01, 0.99],
        "control": [1.0, 1.0, 1.01],
        "threads × 2": [0.5, 0.51, 0.5],
    },
)


@pytest.fixture
def run(store: Store) -> Run:
    """A finished run."""
    id_ = store.runs.add(PLAN, "running", environment=environment())
    for sample in SAMPLES:
        store.runs.keep(id_, sample)
    store.runs.end(id_, "done")
    found = store.runs.find(id_)
    assert found
    return found


def test_without_runs_the_list_says_how_to_make_one(bench: Bench) -> None:
    assert bench("runs") == (0, "No runs yet: python -m bench run primes\n", "")


def test_runs_are_listed_newest_first(bench: Bench, store: Store, run: Run) -> None:
    newer = store.queue.submit(PLAN)
    head, *lines = bench("runs").out.splitlines()
    assert head.split() == ["run", "when", "state", "work", "contenders"]
    assert [line.split()[0] for line in lines] == [newer, run.id]
    assert "queued" in lines[0]
    assert "done" in lines[1]
    assert lines[1].endswith("primes  threads × 2")


def test_no_more_runs_are_listed_than_asked_for(bench: Bench, store: Store) -> None:
    for _ in range(3):
        store.queue.submit(PLAN)
    assert len(bench("runs", "--most", "2").out.splitlines()) == 1 + 2


def test_runs_are_searched_by_what_they_are_called(bench: Bench, store: Store, run: Run) -> None:
    store.queue.submit(PLAN)
    assert bench("rename", run.id, "before the update").code == 0
    assert bench("label", run.id, "nightly", "old").code == 0
    assert bench("note", run.id, "on the quiet machine").code == 0
    for words in ("BEFORE", "nightly old", "quiet"):
        (line,) = bench("runs", "--search", words).out.splitlines()[1:]
        assert line.startswith(run.id)
        assert line.endswith("before the update  nightly, old")
    assert bench("runs", "--search", "after").out == "No such runs.\n"


def test_a_name_that_may_not_be_is_refused_in_one_line(bench: Bench, run: Run) -> None:
    said = bench("rename", run.id, "a\x1b[2Jb")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("without control characters and marks of direction; remove U+001B.\n")


def test_a_deleted_run_cannot_be_shown(bench: Bench, run: Run) -> None:
    assert bench("delete", run.id) == (0, f"{run.id} is deleted.\n", "")
    assert bench("show", run.id).code == 2
    assert bench("delete", run.id).code == 2


def test_a_run_is_shown_with_headline_table_and_warnings(bench: Bench, run: Run) -> None:
    said = bench("show", run.id)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("Threads × 2: 1.99 times as fast as sequential (")
    assert lines[1].startswith("primes (limit 1000) · CPython")
    assert lines[1].endswith("usable CPUs · done")
    assert "few-rounds: Only 3 rounds were finished of at least 5." in said.out


def test_a_run_is_shown_as_json_of_the_format(bench: Bench, run: Run) -> None:
    said = bench("show", run.id, "--json")
    assert (said.code, said.err) == (0, "")
    assert read(said.out) == written(run_json(run))


def test_show_says_what_the_run_said(
    bench: Bench,
    store: Store,
    scripted: Scripted,  # noqa: ARG001
) -> None:
    said = bench("run", "primes", "--workers", "2", "--rounds", "2").out
    (listed,) = store.history.page(9)
    assert said.startswith(bench("show", listed.run.id).out)


@pytest.mark.parametrize("id_", ["zzz", "0123456789ab", "", "../../etc/passwd", "x" * 999])
def test_an_unknown_run_is_refused_in_one_line(bench: Bench, id_: str) -> None:
    said = bench("show", id_)
    assert (said.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    assert line.startswith("run is '")
    assert line.endswith("it must be the id of a kept run; python -m bench runs lists them.")


def test_a_queued_run_can_be_shown(bench: Bench, store: Store) -> None:
    id_ = store.queue.submit(PLAN)
    said = bench("show", id_)
    assert said.code == 0
    assert "queued" in said.out
    assert "not measured" in said.out
    assert read(bench("show", id_, "--json").out)["state"] == "queued"


def test_the_operator_stops_whatever_waits_whoever_started_it(bench: Bench, store: Store) -> None:
    id_ = store.queue.submit(PLAN, Who("somebody"))
    assert bench("stop", id_).out == f"{id_} is told to stop; what it has is kept.\n"
    mark = store.runs.mark(id_)
    assert mark
    assert mark.state == "stopped"
    assert f"run is '{id_}, stopped'" in bench("stop", id_).err
    assert bench("stop", "zzz").code == 2


def text_of(*outcomes: Sample | Failure) -> str:
    samples = [outcome for outcome in outcomes if isinstance(outcome, Sample)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return report(a_run(PLAN, samples, failures))


def test_a_report_names_contenders_that_failed() -> None:
    others = [sample for sample in SAMPLES if sample.contender != "threads × 2"]
    (row,) = [
        line
        for line in text_of(*others, a_failure("threads × 2")).splitlines()
        if line.startswith("threads × 2 ")
    ]
    assert row.split()[3:] == ["failed", "0"]


def test_a_report_of_one_round_has_no_intervals() -> None:
    first = [sample for sample in SAMPLES if sample.round == 1]
    assert "–" not in text_of(*first)
