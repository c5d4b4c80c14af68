"""The history: found, filtered and turned over by what is kept in short; changed by who may."""

from collections.abc import Callable, Sequence

import pytest

from bench.access import OPERATOR, Who
from bench.errors import Refused
from bench.samples import Run, State
from bench.settings import Settings
from bench.store import Store
from bench.store.history import Entry
from bench.store.schema import STEPS
from bench.store.wanted import Wanted
from bench.summaries import summarise, with_summaries
from tests.build import a_failure, a_plan, a_sample
from tests.factory import a_run
from tests.older import as_of

MINE = Who("mine")

MACHINE = {"cpus": {"model": "AMD EPYC", "usable": 2}, "memory_bytes": 25_276_510_208}
ITS_WORDS = "AMD EPYC, 2 usable CPUs, 25 GB"


def kept(
    store: Store, run: Run | None = None, *, state: State = "done", session: str = "mine"
) -> str:
    """A kept run with its samples, and with a summary if it has ended; its id."""
    made = run or a_run()
    id_ = store.runs.add(made.plan, "running", session, made.environment)
    for outcome in made.outcomes:
        store.runs.keep(id_, outcome)
    if state != "running":
        store.runs.end(id_, state)
        summarise(store, id_)
    return id_


def ids(entries: Sequence[Entry]) -> list[str]:
    return [entry.run.id for entry in entries]


def test_runs_come_newest_first_and_page_by_page(store: Store) -> None:
    added = [store.runs.add(a_plan(), "done") for _ in range(5)]
    assert ids(store.history.page(2)) == added[:-3:-1]
    assert ids(store.history.page(2, skip=4)) == added[:1]
    assert store.history.count() == 5


def test_an_ended_run_is_listed_with_its_finding_and_figures_but_without_samples(
    store: Store,
) -> None:
    kept(store)
    (entry,) = store.history.page(9)
    assert entry.run.samples == ()
    assert entry.summary
    assert entry.summary.headline.startswith("Processes × 2: 1.8")
    speedups = [one.speedup.estimate for one in entry.summary.figures if one and one.speedup]
    assert speedups[-1] == pytest.approx(3.17 / 1.71, rel=0.02)


def test_a_run_that_goes_on_has_no_summary_nor_one_of_what_it_was_before(store: Store) -> None:
    id_ = kept(store)
    store.runs.go_on(id_, "queued")
    assert store.history.page(9)[0].summary is None
    store.runs.keep(id_, a_sample("threads × 1", 6, warm=0.1))
    store.runs.end(id_, "stopped")
    assert store.history.page(9)[0].summary is None
    (entry,) = with_summaries(store, store.history.page(9))
    assert entry.summary
    assert store.history.page(9)[0].summary == entry.summary


def test_a_contender_without_a_result_has_no_figure(store: Store) -> None:
    kept(store, a_run(failed=["threads × 2"]))
    (entry,) = store.history.page(9)
    assert entry.summary
    names = [one.name for one in entry.run.plan.line_up]
    assert entry.summary.figures[names.index("threads × 2")] is None


def test_runs_are_filtered_by_what_they_measured_and_where_and_who_began_them(
    store: Store,
) -> None:
    primes = store.runs.add(a_plan(executors=["threads"]), "done", "mine", MACHINE)
    pages = store.runs.add(a_plan("pages", executors=["asyncio"]), "done", "other")
    store.runs.stamp(pages, MACHINE | {"memory_bytes": 8e9})
    store.history.label(pages, ["slow disk"], OPERATOR)
    (python,) = a_plan().interpreters
    for wanted, found in {
        Wanted(workload="primes"): [primes],
        Wanted(executor="asyncio"): [pages],
        Wanted(python=python): [pages, primes],
        Wanted(machine=ITS_WORDS): [primes],
        Wanted(label="slow disk"): [pages],
        Wanted(session="mine"): [primes],
        Wanted(workload="primes", executor="asyncio"): [],
        Wanted(workload="%"): [],
    }.items():
        assert ids(store.history.page(9, wanted=wanted)) == found
        assert store.history.count(wanted) == len(found)
    assert store.history.choices("workload") == ["pages", "primes"]
    assert store.history.choices("label") == ["slow disk"]


def test_all_words_that_are_searched_for_have_to_stand_somewhere(store: Store) -> None:
    first, second = kept(store), store.runs.add(a_plan("pages"), "done", "mine")
    store.history.rename(second, "100% of the Größe_x", MINE)
    store.history.annotate(second, "after the update\nof Tuesday", MINE)
    for text, found in {
        "": [second, first],
        "PAGES": [second],
        "tuesday pages": [second],
        "tuesday primes": [],
        "1.8": [first],  # of its finding
        "0% Größe_": [second],
        "%": [second],
        "_": [second],
        first: [first],
        "' OR 1=1 --": [],
        "x" * 9_999: [],
    }.items():
        assert ids(store.history.page(9, wanted=Wanted(text))) == found


def test_runs_of_one_plan_on_one_machine_are_alike_oldest_first(store: Store) -> None:
    same = [
        store.runs.add(a_plan(seed=seed, precision=precision), "done", "", MACHINE)
        for seed, precision in ((1, "quick"), (2, "rigorous"), (3, "quick"))
    ]
    store.runs.add(a_plan(), "done", "", MACHINE | {"memory_bytes": 8e9})
    store.runs.add(a_plan(workers=[1]), "done", "", MACHINE)
    last = store.history.find(same[-1])
    second = store.history.find(same[1])
    assert last
    assert second
    assert ids(store.history.alike(last, 9)) == same
    assert ids(store.history.alike(last, 2)) == same[1:]
    assert ids(store.history.alike(second, 9)) == same[:2]


def test_names_notes_and_labels_are_kept_until_they_are_taken_away(store: Store) -> None:
    id_ = kept(store)
    store.history.rename(id_, " before the update ", MINE)
    store.history.annotate(id_, "line\nand line", MINE)
    store.history.label(id_, ["b", "a", "b", ""], MINE)
    entry = store.history.find(id_)
    assert entry
    assert (entry.title, entry.note, entry.labels) == (
        "before the update",
        "line\nand line",
        ("a", "b"),
    )
    store.history.rename(id_, "", MINE)
    store.history.label(id_, [], MINE)
    again = store.history.find(id_)
    assert again
    assert (again.title, again.labels) == ("", ())


def test_a_deleted_run_is_gone_with_all_that_it_had(store: Store) -> None:
    other = kept(store)
    id_ = kept(store, a_run(failed=["threads × 2"]))
    store.history.label(id_, ["gone"], MINE)
    store.history.delete(id_, MINE)
    assert store.runs.find(id_) is None
    assert ids(store.history.page(9)) == [other]
    assert store.history.choices("label") == []
    for table in ("samples", "failures", "history", "tags"):
        rows = store.database.rows(f"SELECT DISTINCT run FROM {table}")
        assert len(rows) <= 1


@pytest.mark.parametrize("who", [Who(), Who("other")])
def test_who_did_not_begin_a_run_changes_nothing_of_it(store: Store, who: Who) -> None:
    id_ = kept(store)
    changes: list[Callable[[], None]] = [
        lambda: store.history.rename(id_, "x", who),
        lambda: store.history.annotate(id_, "x", who),
        lambda: store.history.label(id_, ["x"], who),
        lambda: store.history.delete(id_, who),
    ]
    for change in changes:
        with pytest.raises(Refused, match="Only who started this, in the same browser session"):
            change()
    entry = store.history.find(id_)
    assert entry
    assert (entry.title, entry.note, entry.labels) == ("", "", ())


def test_a_run_of_the_command_line_is_nobodys_but_the_operators(store: Store) -> None:
    id_ = kept(store, session="")
    with pytest.raises(Refused):
        store.history.delete(id_, Who(""))
    store.history.delete(id_, OPERATOR)
    assert store.history.count() == 0


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_run_that_has_not_ended_is_not_deleted(store: Store, state: State) -> None:
    id_ = store.runs.add(a_plan(), state)
    with pytest.raises(Refused, match="it must be one that has ended; stop it first"):
        store.history.delete(id_, OPERATOR)
    assert store.runs.find(id_)


@pytest.mark.parametrize("id_", ["zzz", "0123456789ab", "../../etc/passwd"])
def test_an_unknown_run_has_no_entry_and_takes_no_name(store: Store, id_: str) -> None:
    assert store.history.find(id_) is None
    with pytest.raises(Refused, match="the id of a kept run"):
        store.history.rename(id_, "x", OPERATOR)


def test_runs_of_before_there_was_a_history_are_listed_and_found(here: Settings) -> None:
    store = Store(here)
    id_ = kept(store, a_run())
    store.runs.keep(id_, a_failure("threads × 1", 9))
    store.close()
    history = next(place for place, step in enumerate(STEPS) if "CREATE TABLE history" in step)
    as_of(here.database, history)
    store = Store(here)
    (entry,) = with_summaries(store, store.history.page(9, wanted=Wanted("processes")))
    assert entry.run.id == id_
    assert entry.summary
    assert entry.summary.headline.startswith("Processes × 2: 1.8")
    store.close()
