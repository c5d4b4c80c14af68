"""The Choose page: questions, what they lead to, and the measured table."""

import ast
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from bench.analysis.advice import FIRST, QUESTIONS, ROWS
from bench.asking.links import picked_from
from bench.asking.picked import picked_of
from bench.guides.rows import plan_of
from bench.measure.host.cpus import cpus
from bench.measure.host.environment import environment
from bench.store import Store
from tests.analysis.advice.test_agreement import measured
from tests.keeping import keep_run
from tests.pages.conftest import Open, widget
from tests.pages.test_pitfalls import words

PAGE = "choose.py"
PURE = {"does": "computes", "state": "no", "code": "python", "short": "longer"}


def links(test: AppTest, label: str) -> list[Any]:
    return [link.proto for link in test.get("page_link") if link.proto.label == label]


def test_it_begins_with_the_first_question_and_the_whole_tree(open_page: Open) -> None:
    test = open_page(PAGE)
    assert FIRST.text in words(test)
    for answer in FIRST.answers:
        assert answer.example in words(test)
    assert len(test.get("image")) == len(FIRST.answers)
    (tree,) = test.get("vega_lite_chart")
    assert "Every way to an answer" in tree.proto.spec
    assert words(test).count("Textbook: ") == len(ROWS)


def test_answers_go_into_the_address_and_lead_on_to_a_recommendation(open_page: Open) -> None:
    test = open_page(PAGE)
    for question, answer in PURE.items():
        assert QUESTIONS[question].text in words(test)
        widget(test, f"answer-{question}-{answer}").click().run()
    assert {name: test.query_params[name] for name in QUESTIONS if name in test.query_params} == {
        **PURE
    }
    assert "Your answers lead to: Number crunching in pure Python" in str(
        test.get("vega_lite_chart")[0].proto.spec
    )
    widget(test, "change-state").click().run()
    assert {*QUESTIONS} & {*test.query_params} == {"does"}
    assert QUESTIONS["state"].text in words(test)


def test_a_recommendation_has_its_reason_its_runner_up_and_code_that_runs(open_page: Open) -> None:
    test = open_page(PAGE, **PURE)
    said = words(test)
    assert "Number crunching in pure Python: Processes (ProcessPoolExecutor)" in said
    assert "each process has one of its own" in said
    assert "**Threads (ThreadPoolExecutor)** instead, if the Python has no GIL" in said
    (code,) = test.code
    ast.parse(code.value)
    assert "limit = 200_000" in code.value
    assert not test.exception


def test_measure_it_here_opens_the_lab_with_the_rows_plan(open_page: Open) -> None:
    (link,) = links(open_page(PAGE, **PURE), "Measure it here")
    plan = plan_of(ROWS["pure-python"], usable=cpus().usable)
    assert picked_from(parse_qs(link.query_string)) == picked_of(plan)


def test_what_this_machine_measured_is_shown_with_why_it_disagrees(
    open_page: Open, store: Store
) -> None:
    plan = plan_of(ROWS["images"], usable=cpus().usable)
    threads = next(one.name for one in plan.contenders if one.executor == "threads")
    id_ = keep_run(store, replace(measured(plan, {threads: 0.5}), environment=environment()))
    said = words(open_page(PAGE, does="computes", state="no", code="images"))
    assert said.count(f"{threads}: 2.00 times, 2.00–2.00") == 2  # above, and in the table
    assert "Not here: threads" in said

    link = [one.proto.query_string for one in open_page(PAGE).get("page_link")]
    assert f"run={id_}" in link


def test_measure_all_queues_every_row_with_one_click_and_rows_fill_as_they_end(
    open_page: Open, store: Store
) -> None:
    test = open_page(PAGE)
    assert "10 runs, one after the other. Takes about" in words(test)
    widget(test, "measure-all").click().run()
    batch = test.query_params["set"]
    runs = store.runs.of_batch(batch)
    assert [run.plan.workload for run in runs] == [row.workload for row in ROWS.values()]
    assert "0 of 10 measured" in test.get("progress")[0].proto.text
    assert widget(test, "measure-all").disabled
    first = store.queue.claim()
    assert first
    store.runs.stamp(first.id, environment())
    for outcome in measured(runs[0].plan, {}).outcomes:
        store.runs.keep(first.id, outcome)
    store.runs.end(first.id, "done")
    test.run()
    assert "1 of 10 measured" in test.get("progress")[0].proto.text
    assert f"run={first.id}" in [one.proto.query_string for one in test.get("page_link")]
    widget(test, f"stop-{batch}").click().run()
    assert {run.state for run in store.runs.of_batch(batch)} == {"done", "stopped"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"does": "rests"}, "does is 'rests': it must be one of waits, computes, both"),
        ({"set": "0" * 12}, "There is no such set of runs"),
    ],
)
def test_a_link_that_leads_nowhere_says_so(
    open_page: Open, query: dict[str, str], told: str
) -> None:
    test = open_page(PAGE, **query)
    assert told in words(test)
    assert FIRST.text in words(test)
