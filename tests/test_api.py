"""The lab in a program: the same runs, as values, tables and a line in a notebook."""

import os
import signal
import sys
import threading
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import bench
from bench.errors import Refused
from bench.measured import Measured
from bench.samples import Failure, Run, Sample
from bench.store import Store
from bench.watchers import NotebookLine, ProgressLine, watcher
from tests.factory import a_run

pytestmark = pytest.mark.usefixtures("scripted")

QUICK: Any = {"executors": ["processes"], "workers": [2], "parameters": {"limit": 1_000}}


class Silent:
    """Watches and says nothing."""

    def waits(self, holder: str) -> None:
        pass

    def count(self, run: Run, outcome: Sample | Failure) -> None:
        pass

    def clear(self) -> None:
        pass


class Impatient(Silent):
    """Presses Ctrl-C after so many trials."""

    def __init__(self, trials: int) -> None:
        self._left = trials

    def count(self, run: Run, outcome: Sample | Failure) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGINT)


def test_a_run_is_kept_and_loaded_as_it_was(store: Store) -> None:
    found = bench.run("primes", rounds=3, **QUICK)
    assert store.runs.count() == 1
    assert bench.load(found.id).to_json()["analysis"] == found.to_json()["analysis"]


def test_a_run_that_is_not_to_be_kept_is_not(store: Store) -> None:
    assert bench.run("primes", rounds=2, save=False, **QUICK).id == "unsaved"
    assert store.runs.count() == 0


def test_executors_take_options_as_on_the_command_line() -> None:
    found = bench.run("primes", executors=["processes:start_method=spawn"], workers=[2], rounds=2)
    assert found.run.plan.contenders[0].options["start_method"] == "spawn"


def test_without_workers_they_are_the_usual_ones() -> None:
    found = bench.run("primes", executors={"threads": {}}, rounds=2)
    assert found.run.plan.contenders


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(Refused, match="workload is 'prime'"):
        bench.run("prime")
    with pytest.raises(Refused, match="run is 'nonsense'"):
        bench.load("nonsense")


def test_ctrl_c_ends_it_with_its_finished_rounds() -> None:
    found = bench.run("primes", rounds=50, watcher=Impatient(7), **QUICK)
    assert found.state == "stopped"
    assert {sample.round for sample in found.run.samples} == {1, 2, 3}


def test_it_can_be_measured_beside_the_main_thread() -> None:
    found: list[Measured] = []
    thread = threading.Thread(target=lambda: found.append(bench.run("primes", rounds=2, **QUICK)))
    thread.start()
    thread.join()
    assert found[0].state == "done"


def test_a_table_has_a_row_for_each_contender() -> None:
    table = Measured(a_run()).to_frame()
    assert list(table["contender"]) == [one.name for one in a_run().plan.line_up]
    row = table.iloc[-1]
    assert row["warm_speedup_low"] <= row["warm_speedup"] <= row["warm_speedup_high"]


def test_a_table_has_a_row_for_each_sample() -> None:
    table = Measured(a_run()).to_frame(per="sample")
    assert isinstance(table, pd.DataFrame)
    assert list(table["warm_s"]) == [sample.warm_s for sample in a_run().samples]


def test_in_a_notebook_a_run_is_its_finding_a_picture_and_a_table() -> None:
    found = Measured(a_run())
    html = found._repr_html_()
    assert html.count("<tr>") == 1 + len(found.results)
    assert html.startswith(f"<p><strong>{found.headline}</strong></p><img alt=")


def test_its_charts_are_altairs() -> None:
    found = Measured(a_run())
    assert {"speedup", "times", "rounds"} <= set(found.charts)
    assert found.chart("times").to_dict()["title"]
    with pytest.raises(Refused, match="chart is 'pie'"):
        found.chart("pie")


def test_printed_it_is_the_report_of_the_command_line() -> None:
    found = Measured(a_run())
    assert str(found).startswith(found.headline)


def test_a_notebook_has_one_line_that_is_drawn_over() -> None:
    shown: list[str] = []

    def display(html: object, display_id: bool) -> SimpleNamespace:
        assert display_id
        shown.append(str(html))
        return SimpleNamespace(update=lambda html: shown.append(str(html)))

    line = NotebookLine(display)
    line.waits("<b>python -m bench</b>")
    line.count(a_run(), a_run().samples[0])
    line.clear()
    assert "&lt;b&gt;" in shown[0]
    assert "<progress" in shown[1]
    assert shown[2] == ""


def test_who_is_told_is_a_notebook_where_one_runs_this(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(watcher(), ProgressLine)
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=1))
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=print))
    assert isinstance(watcher(), NotebookLine)


def test_a_terminal_of_ipython_is_no_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = SimpleNamespace(get_ipython=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "IPython", shell)
    assert isinstance(watcher(), ProgressLine)
