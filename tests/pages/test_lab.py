"""The Lab: its form, its refusals, and what it starts."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bench.analysis.progress import estimated_seconds
from bench.asking.plans import draft, plan_from_json
from bench.executors import all_executors, options_form
from bench.forms import Field
from bench.measure.host.known import known_interpreters
from bench.plan import Sweep
from bench.samples import Run
from bench.store import Store
from bench.workloads import all_workloads
from pages.parts import plan_form
from pages.parts.sweep_form import first_values
from tests.pages.conftest import Kept, Open, widget


def run_button(test: AppTest) -> AppTest:
    widget(test, "run").click()
    return test.run()


def said(element: Any) -> str:
    """An element's text without Markdown's escapes."""
    return str(element.value).replace("\\", "")


def submitted(test: AppTest, store: Store) -> Run:
    """The run that the address names."""
    named = test.query_params["run"]
    run = store.runs.find(named if isinstance(named, str) else named[0])
    assert run
    return run


def test_a_first_visit_offers_a_plan_that_can_be_run_at_once(open_page: Open) -> None:
    test = open_page()
    assert test.title[0].value == "Which way to run it is faster, here?"
    assert not widget(test, "run").disabled
    assert any("Takes about" in caption.value for caption in test.caption)


def test_running_queues_the_plan_of_the_form_and_puts_its_id_into_the_link(
    open_page: Open, store: Store
) -> None:
    test = open_page()
    widget(test, "primes.limit").set_value(50_000)
    widget(test, "executor.threads").uncheck()
    test.run()
    run_button(test)
    run = submitted(test, store)
    assert run.state == "queued"
    assert run.plan.parameters == {"limit": 50_000}
    assert {contender.executor for contender in run.plan.contenders} == {"processes"}
    assert plan_from_json(run.plan.as_json()) == run.plan


def test_a_preset_fills_in_its_parameters(open_page: Open) -> None:
    test = open_page()
    widget(test, "primes.preset").set_value("article").run()
    assert widget(test, "primes.limit").value == 2_000_000


def test_a_number_of_tasks_can_be_chosen_as_the_chunk(open_page: Open, store: Store) -> None:
    test = open_page()
    widget(test, "threads.chunk").set_value("a number").run()
    widget(test, "threads.chunk.number").set_value(7).run()
    run_button(test)
    run = submitted(test, store)
    chunks = {contender.options["chunk"] for contender in run.plan.contenders}
    assert chunks == {7, "many"}


def test_a_parameter_can_be_varied_and_its_bounds_are_shown(open_page: Open, store: Store) -> None:
    test = open_page()
    widget(test, "workload").set_value("spin").run()
    widget(test, "spin.sweep").set_value("length").run()
    assert widget(test, "spin.sweep.length").label == "over these values (µs)"
    assert any("from 0.1 to 1,000,000 µs" in said(caption) for caption in test.caption)
    widget(test, "spin.sweep.length").set_value("1, 1000").run()
    run_button(test)
    assert submitted(test, store).plan.sweep == Sweep("length", "parameter", (1.0, 1000.0))


def test_an_option_can_be_varied_whatever_it_is_set_to(open_page: Open, store: Store) -> None:
    test = open_page()
    widget(test, "primes.sweep").set_value("chunk").run()
    run_button(test)
    run = submitted(test, store)
    assert run.plan.sweep == Sweep("chunk", "option", ("many", "one", "even"))
    assert {one.options["chunk"] for one in run.plan.contenders} == {"many", "one", "even"}


def test_what_is_no_value_is_refused_in_a_sentence(open_page: Open) -> None:
    test = open_page()
    widget(test, "primes.sweep").set_value("limit").run()
    for text in ("10, 2000", "2000,, 3000", "2000"):
        widget(test, "primes.sweep.limit").set_value(text).run()
        assert test.warning
        assert widget(test, "run").disabled


OPTIONS = [
    (executor.name, field)
    for executor in all_executors().values()
    if executor.name != "sequential"
    for field in options_form(executor)
]


@pytest.mark.parametrize(("name", "field"), OPTIONS, ids=lambda it: getattr(it, "name", it))
def test_the_values_offered_for_an_option_are_its_own(name: str, field: Field) -> None:
    values = first_values(field)
    assert len(set(values)) >= 2, name
    assert [field.checked(value) for value in values] == values


@pytest.mark.parametrize("name", all_workloads())
def test_the_values_offered_for_a_parameter_make_a_plan_of_a_few_minutes(name: str) -> None:
    work = all_workloads()[name]
    for field in work.form:
        plan = draft(
            name, executors={"threads": {}}, workers=[2], sweep=(field.name, first_values(field))
        )
        estimate = estimated_seconds(plan, 2)
        assert estimate, field.name
        assert estimate[0] < 300, field.name


def test_a_plan_that_is_refused_says_why_and_cannot_be_run(open_page: Open) -> None:
    test = open_page()
    for key in ("executor.threads", "executor.processes"):
        widget(test, key).uncheck()
    test.run()
    assert "executors is 'empty': it must be at least one" in test.warning[0].value.replace(
        "\\", ""
    )
    assert widget(test, "run").disabled


def test_no_worker_counts_are_refused(open_page: Open) -> None:
    test = open_page()
    widget(test, "workers.cpu").set_value([]).run()
    assert "workers is" in test.warning[0].value
    assert widget(test, "run").disabled


def test_a_third_waiting_run_of_one_session_is_refused_and_not_kept(
    open_page: Open, store: Store
) -> None:
    test = open_page()
    for _ in range(3):
        run_button(test)
    assert "your queue is '2 waiting'" in test.error[0].value.replace("\\", "")
    assert store.runs.count() == 2


def test_a_running_run_is_shown_below_the_form(open_page: Open, kept: Kept) -> None:
    test = open_page(run=kept("running", rounds=4))
    assert any("Processes × 2" in header.value for header in test.header)
    assert test.title


def test_a_parameter_can_be_varied_over_values(open_page: Open, store: Store) -> None:
    test = open_page()
    widget(test, "primes.sweep").set_value("limit").run()
    widget(test, "primes.sweep.limit").set_value("20000, 40000").run()
    run_button(test)
    run = submitted(test, store)
    assert run.plan.sweep
    assert run.plan.sweep.values == (20_000, 40_000)
    assert len(run.plan.contenders) == 8


def test_options_are_offered_to_vary_only_while_all_executors_have_them(open_page: Open) -> None:
    test = open_page()
    assert "chunk · option" in widget(test, "primes.sweep").options
    widget(test, "executor.asyncio").check().run()
    assert widget(test, "primes.sweep").options == ["nothing", "limit"]


def test_values_that_are_none_are_refused_in_a_sentence(open_page: Open) -> None:
    test = open_page()
    widget(test, "primes.sweep").set_value("limit").run()
    for text in ("1000, x", "1000,", "1000", "9, 1000"):
        widget(test, "primes.sweep.limit").set_value(text).run()
        assert len(test.warning) == 1
        assert "must be" in test.warning[0].value
        assert widget(test, "run").disabled


def test_the_ceiling_is_ticked_where_there_is_time_for_it(open_page: Open) -> None:
    test = open_page()
    assert not widget(test, "executor.ceiling.off").value
    widget(test, "precision").set_value("standard").run()
    assert widget(test, "executor.ceiling.on").value
    widget(test, "workload").set_value("waiting").run()
    assert not widget(test, "executor.ceiling.off").value


def test_the_plan_is_shown_as_a_script_of_the_contender_that_is_chosen(open_page: Open) -> None:
    test = open_page()
    assert "ProcessPoolExecutor(WORKERS" in script_on(test)
    assert "limit = 200_000" in script_on(test)
    widget(test, "primes.limit").set_value(50_000).run()
    assert "limit = 50_000" in script_on(test)
    widget(test, "script.contender").set_value("threads × 1").run()
    assert "WORKERS = 1" in script_on(test)
    widget(test, "executor.threads").uncheck().run()
    assert "ProcessPoolExecutor(WORKERS" in script_on(test)
    assert not test.exception


def script_on(test: AppTest) -> str:
    """The script that the page shows."""
    (text,) = [code.value for code in test.code if code.language == "python"]
    return str(text)


def test_the_form_does_not_wait_until_all_pythons_have_said_what_they_are(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = known_interpreters()
    monkeypatch.setattr(plan_form, "known_by_now", lambda: None)
    test = open_page()
    assert not widget(test, "run").disabled
    assert any("are being asked" in caption.value for caption in test.caption)
    monkeypatch.setattr(plan_form, "known_by_now", lambda: others)
    test.run()
    assert not any("are being asked" in caption.value for caption in test.caption)
