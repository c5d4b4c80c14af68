"""The Compare page: both runs, one of them, none, and what cannot be compared."""

from dataclasses import replace

import pytest

from bench.measure.host.environment import environment
from bench.store import Store
from tests.factory import PROCESSES_WIN, a_run, a_sweep
from tests.pages.conftest import Kept, Open, widget
from tests.pages.test_result import specs, words

SLOW = a_run({**PROCESSES_WIN, "processes × 2": (1.71 * 1.2, 0.07)}, seed=2)


def test_without_runs_it_says_what_to_choose(open_page: Open, kept: Kept) -> None:
    kept()
    test = open_page("compare.py")
    assert "Choose two runs of the same work" in test.info[0].value
    assert specs(test) == []


def test_two_runs_are_told_in_a_sentence_and_drawn_in_the_same_charts(
    open_page: Open, kept: Kept
) -> None:
    a, b = kept(), kept(run=SLOW)
    test = open_page("compare.py", a=a, b=b)
    assert "B is slower in 1 of 5 contenders. Processes × 2: 1.2" in words(test)
    ratios, times, speedups = (spec["description"] for spec in specs(test))
    assert ratios.startswith("Intervals of B's time over A's")
    assert times.startswith("Bars of the time")
    assert "processes × 2 on A" in times
    assert "sequential on B" in times
    assert "processes on A:" in speedups
    assert "processes on B:" in speedups
    table = test.dataframe[0].value
    assert table["contender"][0] == "processes × 2"
    assert table["verdict"][0] == "slower"


def test_speedups_are_another_question_and_it_is_in_the_address(
    open_page: Open, kept: Kept
) -> None:
    test = open_page("compare.py", a=kept(), b=kept(run=SLOW), by="speedup")
    assert "B's speedup is lower in 1 of 4 contenders." in words(test)
    widget(test, "by").set_value("time").run()
    assert "B is slower in 1 of 5 contenders." in words(test)


def test_what_differs_between_the_environments_stands_above_the_ratios(
    open_page: Open, kept: Kept
) -> None:
    here = environment()
    other = {**here, "system": {**here["system"], "release": "<b>7.0</b>"}}
    a, b = (kept(run=replace(a_run(), environment=stamp)) for stamp in (here, other))
    table = open_page("compare.py", a=a, b=b).table[0].value
    assert list(table["differs"]) == ["Kernel"]
    assert table["B"].item().replace("\\", "") == "<b>7.0</b>"
    assert "<b>" not in table["B"].item()


def test_one_run_fills_in_one_picker_and_the_other_offers_the_same_work(
    open_page: Open, kept: Kept
) -> None:
    a, b = kept(), kept(run=SLOW)
    kept(run=a_run(workload="pages"))
    kept("queued")
    test = open_page("compare.py", a=a)
    assert widget(test, "pick-a").value == a
    assert len(widget(test, "pick-b").options) == 1
    widget(test, "pick-b").set_value(b).run()
    assert test.query_params["b"] == b
    assert "B is slower" in words(test)


@pytest.mark.parametrize("id_", ["zzz", "0123456789ab", "<script>"])
def test_an_unknown_run_is_said_in_a_sentence(open_page: Open, kept: Kept, id_: str) -> None:
    test = open_page("compare.py", a=kept(), b=id_)
    assert "There is no such run as B" in test.error[0].value


def test_different_work_is_refused_in_a_sentence(open_page: Open, kept: Kept) -> None:
    test = open_page("compare.py", a=kept(), b=kept(run=a_run(workload="pages")))
    assert "it must be a run of primes, like a" in words(test)
    assert specs(test) == []


def test_sweeps_are_drawn_as_sweeps_if_both_vary_the_same(open_page: Open, kept: Kept) -> None:
    sweep = kept(run=a_sweep())
    drawn = specs(open_page("compare.py", a=sweep, b=kept(run=a_sweep(seed=2))))
    assert ["Lines of the speedup over sequential against length" in spec["description"]
            for spec in drawn] == [False, True, False]  # fmt: skip
    other = a_sweep({"processes × 2": (0.5, 1.5)}, values=(10.0, 100.0))
    assert len(specs(open_page("compare.py", a=sweep, b=kept(run=other)))) == 1


def test_a_contender_that_failed_is_told_with_its_reason(
    open_page: Open, kept: Kept, store: Store
) -> None:
    a, b = kept(), kept(run=a_run(failed=["threads × 2"]))
    assert store.runs.find(b)
    said = words(open_page("compare.py", a=a, b=b))
    assert "threads × 2 cannot be compared. B: The trial ended with code 1." in said
