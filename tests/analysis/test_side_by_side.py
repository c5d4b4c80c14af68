"""Two runs as one: each side keeps its own samples and results, under names that tell the sides."""

from dataclasses import replace

from bench.analysis.comparing import compare
from bench.analysis.results import results
from bench.analysis.side_by_side import side_by_side
from bench.samples import Run
from tests.factory import PROCESSES_WIN, a_run, a_sweep

A = a_run(usable=2)
B = replace(a_run({**PROCESSES_WIN, "threads × 4": (3.3, 0.01)}, seed=2, usable=2), id="b")


def both(a: Run, b: Run) -> Run:
    return side_by_side(compare(a, b))[0]


def test_every_contender_is_there_once_a_side_under_a_name_that_tells_it() -> None:
    run = both(A, B)
    names = [one.name for one in run.plan.contenders]
    assert [name for name in names if "threads" in name] == [
        "threads × 1 on A",
        "threads × 2 on A",
        "threads × 1 on B",
        "threads × 2 on B",
        "threads × 4 on B",
    ]
    assert {one.interpreter for one in run.plan.contenders} == {"A", "B"}
    assert run.plan.interpreters == ("A", "B")
    assert run.id == f"{A.id}-b"


def test_samples_and_results_are_those_of_each_run() -> None:
    run, found = side_by_side(compare(A, B))
    for side, one in (("A", A), ("B", B)):
        here = [sample for sample in run.samples if sample.contender.endswith(f" on {side}")]
        assert [sample.warm_s for sample in here] == [sample.warm_s for sample in one.samples]
        mine = [result for result in found if result.contender.interpreter == side]
        assert [(result.warm, result.cold) for result in mine] == [
            (result.warm, result.cold) for result in results(one)
        ]
        assert {result.against for result in mine[1:]} == {f"sequential on {side}"}


def test_what_both_ran_on_is_told_once_and_what_differs_of_each() -> None:
    assert both(A, B).environment["cpus"] == {"usable": 2}
    other = replace(B, environment={**B.environment, "cpus": {"usable": 4}})
    found = both(A, other).environment
    assert "cpus" not in found
    assert [found["interpreters"][side]["label"][-13:] for side in "AB"] == [
        "2 usable CPUs",
        "4 usable CPUs",
    ]
    far = replace(B, environment={**B.environment, "cluster": {"workers": 8, "nodes": []}})
    assert "cluster" not in both(A, far).environment


def test_several_interpreters_have_names_of_their_own_on_each_side() -> None:
    hosts = ("3.11", "3.14t")
    times = {f"threads × 2 on {host}": (3.0, 0.01) for host in hosts}
    run = both(a_run(times, interpreters=hosts), replace(a_run(times, interpreters=hosts), id="b"))
    assert run.plan.interpreters == ("A/3.11", "A/3.14t", "B/3.11", "B/3.14t")


def test_a_sweep_stays_one_only_where_it_is_the_same() -> None:
    sweep = a_sweep()
    assert both(sweep, replace(sweep, id="b")).plan.sweep == sweep.plan.sweep
    shorter = a_sweep({"processes × 2": [0.5, 2.0]}, values=[1.0, 10.0], seconds=[0.1, 0.2])
    assert both(sweep, replace(shorter, id="b")).plan.sweep is None
