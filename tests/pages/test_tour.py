"""The tour's pages: one question, one button, one picture, one sentence."""

from dataclasses import replace

from bench.guides.tour import STEPS, step_plan
from bench.measure.host.cpus import cpus
from bench.measure.host.environment import environment
from bench.store import Store
from tests.analysis.advice.test_agreement import measured
from tests.keeping import keep_run
from tests.pages.conftest import Open, widget
from tests.pages.test_pitfalls import words

PAGE = "tour.py"
FIRST = step_plan(STEPS[0], cpus().usable)


def kept(store: Store, times: float) -> str:
    run = measured(FIRST, {FIRST.contenders[0].name: 1 / times})
    return keep_run(store, replace(run, environment=environment()))


def test_a_step_is_a_question_and_a_button_that_queues_its_run(
    open_page: Open, store: Store
) -> None:
    test = open_page(PAGE)
    assert test.title[0].value.replace("\\", "") == STEPS[0].question
    widget(test, "tour-run").click().run()
    run = store.runs.find(test.query_params["run"])
    assert run
    assert run.plan.fingerprint == FIRST.fingerprint
    assert widget(test, "tour-run").disabled


def test_its_run_gives_one_picture_and_one_computed_sentence(open_page: Open, store: Store) -> None:
    id_ = kept(store, 7.0)
    test = open_page(PAGE)
    assert "Threads × 8: 7.00 times as fast as sequential (7.00–7.00)." in words(test)
    (picture,) = test.get("vega_lite_chart")
    assert "8: 143 ms" in picture.proto.spec
    assert f"run={id_}" in [link.proto.query_string for link in test.get("page_link")]


def test_a_run_that_says_otherwise_than_the_step_suggests_says_so(
    open_page: Open, store: Store
) -> None:
    kept(store, 1.0)
    assert "Usually it is faster: this run does not show it." in words(open_page(PAGE))


def test_next_and_back_turn_the_steps_and_the_address_names_them(open_page: Open) -> None:
    test = open_page(PAGE)
    assert widget(test, "back").disabled
    for step in STEPS[1:]:
        widget(test, "next").click().run()
        assert test.query_params["step"] == step.name
        assert test.title[0].value.replace("\\", "") == step.question
        assert "run" not in test.query_params
        assert not test.exception
    assert widget(test, "next").disabled
    widget(test, "back").click().run()
    assert test.query_params["step"] == STEPS[-2].name


def test_a_link_to_nothing_says_so_and_begins_anew(open_page: Open) -> None:
    assert "There is no such step" in words(open_page(PAGE, step="nonsense"))
    assert "There is no such run of this step" in words(open_page(PAGE, run="0" * 12))
