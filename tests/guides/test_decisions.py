"""The measured table: which run a row rests on, and what bounds its gain."""

from dataclasses import replace
from typing import Any

from bench.analysis.advice import ROWS, limited
from bench.analysis.progress import estimated_seconds
from bench.analysis.results import results
from bench.guides.decisions import decision, judged_from, lately, plans_of, rows_of
from bench.guides.rows import plan_of
from bench.measure.host.environment import environment
from bench.plan import Plan
from bench.samples import Run, machine_of
from bench.store import Store
from tests.analysis.advice.test_agreement import busy, measured
from tests.build import a_plan
from tests.keeping import keep_run

STAMP: dict[str, Any] = environment()
HERE = machine_of(STAMP)
ROW = ROWS["pure-python"]
PLAN = plan_of(ROW, usable=2)


def a_run(plan: Plan = PLAN, stamp: dict[str, Any] = STAMP, processes: float = 0.5) -> Run:
    return replace(measured(plan, {"processes × 2": processes}), environment=stamp)


def test_a_row_rests_on_the_newest_whole_run_of_its_plan_on_this_machine(store: Store) -> None:
    keep_run(store, a_run())
    other_seed = plan_of(ROW, usable=2)
    newest = keep_run(store, a_run(other_seed))
    keep_run(store, a_run(), state="stopped")
    keep_run(store, a_run(stamp={**STAMP, "memory_bytes": 1}))
    keep_run(store, a_run(a_plan()))
    found = lately(store, PLAN, HERE)
    assert found.ended
    assert (found.ended.id, found.active) == (newest, None)
    judged = decision(store, ROW, PLAN, HERE, judged_from(store)).judgement
    assert judged.agreement.answer == "processes × 2: 2.00 times, 2.00–2.00"


def test_what_waits_or_is_measured_is_told_beside_what_there_was(store: Store) -> None:
    kept = keep_run(store, a_run())
    waits = store.queue.submit_set([PLAN])
    found = lately(store, PLAN, HERE)
    assert found.ended
    assert found.active
    assert (found.ended.id, found.active.id) == (kept, waits)


def test_without_a_run_nothing_is_said(store: Store) -> None:
    found = decision(store, ROW, PLAN, HERE, judged_from(store))
    assert found.judgement.agreement.stand == "not measured"
    assert found.judgement.explanations == ()


def test_cpus_that_are_all_busy_are_said_to_bound_the_gain() -> None:
    run = busy(measured(PLAN, {"processes × 2": 0.55}, usable=2), processes=1.9)
    assert limited(run, results(run), "processes × 2") == (
        "Processes × 2 used 1.90 (1.90–1.90) of 2 usable CPUs: more CPUs could gain more."
    )
    for usable, used in ((2, 1.4), (4, 1.9)):
        run = busy(measured(PLAN, {"processes × 2": 0.55}, usable=usable), processes=used)
        assert limited(run, results(run), "processes × 2") == ""
    one = busy(measured(PLAN, {"processes × 2": 1.1}, usable=1), processes=0.98)
    assert "had 1 usable CPU and kept it busy" in limited(one, results(one), "processes × 2")


def test_all_rows_together_take_less_than_four_minutes_on_two_cpus() -> None:
    plans, refused = plans_of(rows_of([]), 2)
    assert (list(plans), refused) == (list(ROWS), {})
    most = [seconds[1] for plan in plans.values() if (seconds := estimated_seconds(plan, 2))]
    assert len(most) == len(ROWS)
    assert sum(most) < 240
