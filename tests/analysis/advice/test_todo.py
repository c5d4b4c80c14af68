"""What to do: the winner, whether its start matters, how many workers, what would change it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bench.analysis.advice import ToDo, what_to_do
from bench.analysis.results import results
from bench.plan import Plan
from bench.samples import Run
from tests.analysis.advice.test_agreement import busy, measured
from tests.build import a_plan, a_run

PROCESSES = a_plan(executors=["processes"])


def told(run: Run) -> ToDo:
    found = what_to_do(run, results(run))
    assert found
    return found


def starting(run: Run, **seconds: float) -> Run:
    """The same run in which the contenders of an executor take so long to start; others nothing."""
    samples = [
        replace(one, cold_s=one.warm_s + seconds.get(one.contender.split()[0], 0.0))
        for one in run.samples
    ]
    return replace(run, samples=tuple(samples))


def test_the_winner_is_named_with_its_interval() -> None:
    found = told(measured(PROCESSES, {"processes × 2": 0.5}))
    assert found.winner == "processes × 2"
    assert found.choose == (
        "Choose processes × 2, Processes (ProcessPoolExecutor): 2.00 times as fast as sequential "
        "(2.00–2.00)."
    )


def test_others_that_are_not_shown_to_differ_are_named_too() -> None:
    plan = a_plan(executors=["processes", "pool"])
    found = told(measured(plan, {"processes × 2": 0.5, "pool × 2": 0.503}))
    assert found.choose.endswith("No difference is shown to pool × 2.")


def test_where_nothing_is_faster_it_stays_sequential_and_what_could_help_is_told() -> None:
    found = told(measured(a_plan(executors=["threads"]), {}))
    assert (found.winner, found.choose) == (
        "",
        "Keep it sequential: nothing else that was measured is faster.",
    )
    assert "The GIL lets one thread compute at a time" in " ".join(found.changes)
    tiny = a_plan("tiny", executors=["processes"], parameters={"count": 1_000})
    slow = told(measured(tiny, {"sequential": 0.001, "control": 0.001, "processes × 2": 0.05}))
    assert slow.changes[0].startswith("A task takes 1.00 µs: longer ones")


def test_intervals_that_do_not_rule_a_gain_out_leave_it_undecided() -> None:
    run = measured(PROCESSES, {})
    wild = dict(enumerate((0.4, 1.6, 0.5, 1.5, 1.0), start=1))
    noisy = [
        replace(one, warm_s=one.warm_s * wild[one.round]) if " × " in one.contender else one
        for one in run.samples
    ]
    found = told(replace(run, samples=tuple(noisy)))
    assert found.winner == ""
    assert found.choose.startswith("Undecided: nothing is shown to be faster, but processes × 2")
    assert found.sentences == (found.choose,)


def test_from_how_many_tasks_a_pool_pays_is_what_it_costs_over_what_a_task_gains() -> None:
    # 256 tasks gain 0.5 s with each pass; the pool costs 0.25 s: half as many pay for it.
    found = told(starting(measured(PROCESSES, {"processes × 2": 0.5}), processes=0.25))
    assert found.pays_from
    assert found.pays_from.estimate == pytest.approx(128, rel=0.01)
    assert found.start_up.startswith(
        "A pool started for one use is faster, too: it pays from about"
    )
    assert "for each use" not in found.sentences[-1]
    dear = told(starting(measured(PROCESSES, {"processes × 2": 0.5}), processes=5.0))
    assert dear.start_up.startswith("Keep the pool open: started for one use it is slower")
    assert "here were 256" in dear.start_up
    assert "for each use would make sequential work the better choice" in dear.sentences[-1]


def test_what_sequential_work_takes_longer_the_first_time_is_not_the_pools_cost() -> None:
    run = measured(PROCESSES, {"processes × 2": 0.5})
    found = told(starting(run, processes=0.5, sequential=0.25, control=0.25))
    assert found.pays_from
    assert found.pays_from.estimate == pytest.approx(128, rel=0.01)


def test_a_start_that_costs_nothing_is_not_told_of() -> None:
    found = told(starting(measured(PROCESSES, {"processes × 2": 0.5})))
    assert (found.pays_from, found.start_up) == (None, "")


COUNTS = a_plan(executors=["processes"], workers=[1, 2, 4, 8])


def on_four_counts(seconds: Mapping[int, float], usable: int) -> ToDo:
    times = {f"processes × {count}": value for count, value in seconds.items()}
    return told(measured(COUNTS, times, usable=usable))


def test_the_fewest_workers_within_five_per_cent_of_the_best_are_enough() -> None:
    found = on_four_counts({1: 1.0, 2: 0.52, 4: 0.3, 8: 0.29}, usable=8)
    assert found.enough == 4
    assert found.workers == "4 workers are enough: within 5% of the 8 that are best."


def test_where_the_most_are_the_best_more_are_worth_a_try_as_long_as_there_are_cpus() -> None:
    seconds = {1: 1.0, 2: 0.52, 4: 0.3, 8: 0.16}
    assert on_four_counts(seconds, usable=16).workers.endswith("more may gain more.")
    assert on_four_counts(seconds, usable=8).workers == (
        "8 workers: fewer are slower by more than 5%."
    )


def test_one_number_of_workers_says_nothing_of_others() -> None:
    found = told(measured(PROCESSES, {"processes × 2": 0.5}))
    assert (found.enough, found.workers) == (None, "")


def test_what_would_change_the_answer_follows_from_what_bounds_it() -> None:
    run = busy(measured(PROCESSES, {"processes × 2": 0.5}, usable=2), processes=1.98)
    changes = " ".join(told(run).changes)
    assert "Without the GIL" not in changes
    assert "On a Python without the GIL threads could do it" in changes
    assert "All 2 usable CPUs were busy" in changes
    half = told(busy(measured(PROCESSES, {"processes × 2": 0.5}, usable=2), processes=1.0))
    assert "CPUs were busy" not in " ".join(half.changes)
    free = replace(run, samples=tuple(replace(one, gil=False) for one in run.samples))
    assert "without the GIL" not in " ".join(told(free).changes)


def a_sweep() -> Plan:
    return a_plan(executors=["threads"], workers=[1, 2], sweep=("chunk", [1, 10]))


def test_of_sweeps_and_of_runs_without_results_nothing_is_said() -> None:
    for run in (
        measured(a_sweep(), {}),
        a_run(PROCESSES),
        measured(a_plan(executors=["sequential"]), {}),
    ):
        assert what_to_do(run, results(run)) is None
