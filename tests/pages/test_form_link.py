"""The Lab's form and its address: a link fills it in, and what is changed can be sent on."""

from dataclasses import replace

import pytest

from bench.asking.links import query_of_plan
from bench.asking.plans import draft
from bench.plan import Plan
from bench.store import Store
from tests.build import a_plan
from tests.pages.conftest import Kept, Open, widget
from tests.pages.test_lab import run_button, said, submitted

PLANS = {
    "other work, workers and precision": a_plan(
        "waiting",
        executors={"threads": {"chunk": 7}, "asyncio": {}},
        workers=[5, 40],
        parameters={"count": 12, "delay": 0.25},
        precision="rigorous",
    ),
    "a preset": draft(
        "primes", executors={"pool": {}}, workers=[2], preset="article", precision="quick",
        ceiling=True,
    ),
    "a parameter over values": a_plan(
        "spin", parameters={}, executors=["processes"], sweep=("length", [0.5, 20.0])
    ),
    "an option over values": a_plan(sweep=("chunk", ["one", "even"])),
}  # fmt: skip


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_link_fills_the_form_in_with_its_plan(open_page: Open, store: Store, plan: Plan) -> None:
    test = open_page(**query_of_plan(plan) or {})
    assert not test.error
    assert not test.warning
    run_button(test)
    assert replace(submitted(test, store).plan, seed=plan.seed) == plan


def test_what_is_changed_is_written_into_the_address(open_page: Open, store: Store) -> None:
    test = open_page()
    assert not test.query_params
    widget(test, "primes.limit").set_value(50_000).run()
    assert test.query_params["work.limit"] == "50000"
    widget(test, "executor.threads").uncheck().run()
    assert test.query_params["way"] == "processes"
    assert "threads.chunk" not in test.query_params
    run_button(test)
    told = dict(test.query_params)
    other = open_page(**{name: value for name, value in told.items() if name != "run"})
    run_button(other)
    plan = submitted(test, store).plan
    assert replace(submitted(other, store).plan, seed=plan.seed) == plan


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("form", "2", "another version of the lab"),
        ("work.count", "<b>", "work.count is '<b>'"),
        ("work", "", "workload is ''"),
    ],
)
def test_a_link_that_does_not_fit_fills_nothing_in_and_says_why(
    open_page: Open, name: str, value: str, told: str
) -> None:
    query = query_of_plan(PLANS["other work, workers and precision"]) or {}
    test = open_page(**{**query, name: [value]})
    assert told in said(test.error[0])
    assert widget(test, "workload").value == "primes"
    assert widget(test, "precision").value == "quick"
    assert not widget(test, "run").disabled


def test_a_run_can_be_changed_and_run(open_page: Open, kept: Kept) -> None:
    test = open_page("result.py", run=kept())
    (link,) = [one for one in test.get("page_link") if one.proto.label == "Change and run"]
    assert "form=1&work=primes&work.limit=" in link.proto.query_string
    assert not link.proto.disabled
