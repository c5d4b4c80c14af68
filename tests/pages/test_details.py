"""The tabs below a finished run's answer: each draws its chart only while it is open."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bench.samples import Run
from bench.store import Store
from pages.parts import details
from tests.factory import a_run, costing, disturbed, traced
from tests.pages.conftest import Kept, Open, widget

FULL = traced(costing(disturbed(a_run(rounds=8), {3: 0.4})))


def titles(test: Any) -> list[str]:
    return [tab.label for tab in test.get("tab")]


def opened(open_page: Open, id_: str, tab: str) -> AppTest:
    """The run's page with that tab open."""
    test = open_page("result.py", run=id_)
    test.session_state[f"details-{id_}"] = tab
    return test.run()


def spec_of(test: AppTest) -> dict[str, Any]:
    """The one chart below the two that every run shows."""
    specs = [json.loads(chart.proto.spec) for chart in test.get("vega_lite_chart")]
    assert not test.exception
    assert len(specs) == 3
    shown: dict[str, Any] = specs[2]
    return shown


def rows_of(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    (rows,) = [
        layer["data"]["values"]
        for layer in spec["layer"]
        if layer["data"]["name"] == name and "values" in layer["data"]
    ]
    return list(rows)


@pytest.fixture
def full(store: Store, kept: Kept) -> str:
    """A run that is kept with its traces; its id."""
    id_ = kept(run=FULL, rounds=8)
    for trace in FULL.traces:
        store.runs.keep(id_, trace)
    return id_


def test_a_finished_run_offers_its_details_in_the_order_of_reading(
    open_page: Open, full: str
) -> None:
    test = open_page("result.py", run=full)
    assert titles(test) == [
        "Where the time goes",
        "Cost",
        "Efficiency",
        "Timeline",
        "Round by round",
    ]
    assert spec_of(test)["description"].startswith("Bars of start, first pass and stop")


@pytest.mark.parametrize(
    ("tab", "told"),
    [
        ("Cost", "Bars of what a warm pass costs."),
        ("Efficiency", "Lines of speedup / workers against workers, warm pool."),
        ("Timeline", "Bars of tasks on their workers"),
        ("Round by round", "Points of every contender's time in each of 8 rounds."),
    ],
)
def test_only_the_open_tab_is_drawn(open_page: Open, full: str, tab: str, told: str) -> None:
    assert spec_of(opened(open_page, full, tab))["description"].startswith(told)


def test_memory_and_bytes_come_with_the_traces(open_page: Open, full: str) -> None:
    panels = [row["title"] for row in rows_of(spec_of(opened(open_page, full, "Cost")), "panels")]
    assert panels[-2:] == ["most memory held", "through pipes"]


def test_the_timeline_begins_with_baseline_fastest_and_threads(open_page: Open, full: str) -> None:
    test = opened(open_page, full, "Timeline")
    assert widget(test, f"timeline-{full}").value == ["sequential", "threads × 2", "processes × 2"]
    assert len(rows_of(spec_of(test), "lanes")) == 5


def test_the_reader_chooses_whose_tasks_to_see(open_page: Open, full: str) -> None:
    test = opened(open_page, full, "Timeline")
    widget(test, f"timeline-{full}").set_value(["processes × 1"]).run()
    lanes = rows_of(spec_of(test), "lanes")
    assert [(row["contender"], row["worker"]) for row in lanes] == [("processes × 1", "process 1")]
    widget(test, f"timeline-{full}").set_value([]).run()
    assert len(test.get("vega_lite_chart")) == 2


def test_a_run_without_traces_says_so(open_page: Open, kept: Kept) -> None:
    test = opened(open_page, kept(), "Timeline")
    assert "No pass of this run was traced" in test.info[0].value


def test_a_run_that_sweeps_or_has_one_worker_each_has_fewer_tabs(
    open_page: Open, kept: Kept
) -> None:
    alone = kept(run=a_run({"threads × 1": (3.2, 0.01)}))
    assert "Efficiency" not in titles(open_page("result.py", run=alone))


def test_times_with_start_up_are_another_reading_of_the_rounds(open_page: Open, full: str) -> None:
    test = opened(open_page, full, "Round by round")
    warm = spec_of(test)
    widget(test, f"mode-{full}").set_value("with pool start-up").run()
    assert spec_of(test)["description"] != warm["description"]


def test_a_running_run_has_no_details(open_page: Open, kept: Kept) -> None:
    test = open_page("result.py", run=kept("running", rounds=3))
    assert titles(test) == []


def test_a_run_of_which_nothing_is_left_can_be_looked_at(open_page: Open, kept: Kept) -> None:
    made = a_run(failed=["sequential", "threads × 1", "threads × 2", "processes × 1"])
    id_ = kept("failed", made, error="The baseline failed.", rounds=1)
    for tab in ("Where the time goes", "Cost", "Efficiency", "Round by round"):
        spec_of(opened(open_page, id_, tab))


def test_traces_are_read_once_for_what_needs_them(
    open_page: Open, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    found = details._with_traces

    def counted(run: Run) -> Run:
        asked.append(run.id)
        return found(run)

    monkeypatch.setattr(details, "_with_traces", counted)
    test = opened(open_page, full, "Round by round")
    for_reasons = len(asked)
    test.run()
    assert len(asked) == for_reasons
    test = opened(open_page, full, "Timeline")
    for_timeline = len(asked)
    assert for_timeline > for_reasons
    test.run()
    assert len(asked) == for_timeline


def test_rounds_that_are_added_are_drawn(open_page: Open, store: Store, kept: Kept) -> None:
    id_ = kept("stopped", rounds=2)
    told = "in each of 2 rounds"
    assert told in spec_of(opened(open_page, id_, "Round by round"))["description"]
    store.runs.go_on(id_, "running")
    for sample in a_run().samples:
        if sample.round == 3:
            store.runs.keep(id_, sample)
    store.runs.end(id_, "stopped")
    assert "in each of 3 rounds" in spec_of(opened(open_page, id_, "Round by round"))["description"]


def test_what_models_say_or_why_they_say_nothing_stands_with_the_efficiency(
    open_page: Open, full: str
) -> None:
    said = [block.value for block in opened(open_page, full, "Efficiency").markdown]
    assert any("takes 3 numbers of workers that reach 4 or more" in text for text in said)
