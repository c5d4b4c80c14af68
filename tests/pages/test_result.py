"""The Result page in each of a run's states."""

import json
from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from bench.measure.host.environment import environment
from bench.store import Store
from pages.parts import shared
from tests.factory import a_run, a_sweep
from tests.pages.conftest import Kept, Open, read, widget


def specs(test: AppTest) -> list[dict[str, Any]]:
    """The Vega-Lite specs of all charts on the page."""
    return [json.loads(chart.proto.spec) for chart in test.get("vega_lite_chart")]


def words(test: Any) -> str:
    """All that the page says, without Markdown's escapes."""
    kinds = ("title", "header", "markdown", "caption", "warning", "error", "info")
    said: list[str] = [element.value for kind in kinds for element in test.get(kind)]
    return read("\n".join(said))


def test_without_an_id_it_says_where_to_find_one(open_page: Open) -> None:
    assert "This page shows one run" in words(open_page("result.py"))


def test_an_unknown_id_is_said_in_a_sentence(open_page: Open) -> None:
    for id_ in ("zzz", "0123456789ab", "../../etc/passwd", "<script>alert(1)</script>"):
        test = open_page("result.py", run=id_)
        assert "There is no such run." in test.error[0].value


def test_a_finished_run_shows_its_verdicts_and_both_charts(open_page: Open, kept: Kept) -> None:
    test = open_page("result.py", run=kept())
    said = words(test)
    assert "Processes × 2: 1.8" in said
    assert "times as fast as sequential" in said
    assert "Threads × 2: no difference shown" in said
    shown = [spec["description"] for spec in specs(test)]
    assert shown[0].startswith("Bars of the time")
    assert shown[1].startswith("Lines of the speedup")


def test_a_run_that_sweeps_shows_where_it_breaks_even_and_its_times(
    open_page: Open, kept: Kept
) -> None:
    test = open_page("result.py", run=kept(run=a_sweep()))
    assert "Processes × 2 breaks even at length 4" in words(test)
    titles = [spec["title"]["text"]["expr"] for spec in specs(test)]
    assert [title for title in titles if "breaks even at length" in title] == titles[:1]
    assert "Time against length" in titles[1]


def test_several_interpreters_are_in_both_charts(open_page: Open, kept: Kept) -> None:
    hosts = ("3.11", "3.14t")
    run = a_run({f"threads × 2 on {host}": (3.0, 0.0) for host in hosts}, interpreters=hosts)
    for spec in specs(open_page("result.py", run=kept(run=run)))[:2]:
        (headings,) = [
            layer["data"]["values"]
            for layer in spec["layer"]
            if layer["data"]["name"] == "headings" and "values" in layer["data"]
        ]
        assert [row["name"] for row in headings] == list(hosts)


def test_the_table_has_a_line_a_contender(open_page: Open, kept: Kept) -> None:
    table = open_page("result.py", run=kept()).dataframe[0].value
    assert list(table["contender"])[:2] == ["sequential", "control"]
    assert table.loc[table["contender"] == "processes × 2", "verdict"].item() == "faster"


def test_times_with_pool_start_up_are_another_reading(open_page: Open, kept: Kept) -> None:
    id_ = kept()
    test = open_page("result.py", run=id_)
    warm = json.dumps(specs(test))
    widget(test, f"mode-{id_}").set_value("with pool start-up").run()
    assert json.dumps(specs(test)) != warm


def test_a_queued_run_says_what_is_before_it(open_page: Open, kept: Kept) -> None:
    kept("running", rounds=1)
    kept("queued")
    assert "2 others are before this one" in words(open_page("result.py", run=kept("queued")))


def test_a_queued_run_says_that_it_is_the_next(open_page: Open, kept: Kept) -> None:
    assert "Next: it begins in a moment." in words(open_page("result.py", run=kept("queued")))


def test_a_queued_run_says_so_if_no_service_answers(open_page: Open, store: Store) -> None:
    id_ = store.runs.add(a_run().plan, "queued")
    assert "The measuring service does not answer" in words(open_page("result.py", run=id_))


def test_a_queued_run_says_who_else_measures_on_the_machine(
    open_page: Open, store: Store, kept: Kept
) -> None:
    id_ = kept("queued")
    store.queue.service_beat(1, "python -m bench run sha256 (process 7)")
    said = words(open_page("result.py", run=id_))
    assert "Waiting for python -m bench run sha256 (process 7)" in said


def test_a_running_run_shows_its_progress_and_what_it_has(open_page: Open, kept: Kept) -> None:
    test = open_page("result.py", run=kept("running", rounds=2))
    (bar,) = test.get("progress")
    assert "Round 2 · 12 of" in bar.proto.text
    assert len(specs(test)) == 2


def test_a_running_run_without_samples_says_that_it_measures(open_page: Open, kept: Kept) -> None:
    assert "Measuring" in words(open_page("result.py", run=kept("running", rounds=0)))


def mine(open_page: Open, id_: str) -> AppTest:
    """The run's page, as the one sees it who started it."""
    test = open_page("result.py")
    test.session_state[shared.SESSION] = "mine"
    test.query_params["run"] = id_
    return test.run()


def test_what_the_lab_has_seen_to_is_told_without_alarm(open_page: Open, kept: Kept) -> None:
    run = a_run(state="done")
    again = [replace(sample, again=sample.round == 2) for sample in run.samples]
    test = open_page("result.py", run=kept(run=replace(run, samples=tuple(again))))
    assert "Nothing needs to be done." in test.info[0].value
    assert not test.warning


def test_others_find_stop_closed_with_the_reason(open_page: Open, kept: Kept) -> None:
    id_ = kept("running", rounds=2, owner="mine")
    button = widget(open_page("result.py", run=id_), f"stop-{id_}")
    assert button.disabled
    assert "Only who started this" in button.help


def test_stop_asks_the_service_to_stop(open_page: Open, store: Store, kept: Kept) -> None:
    id_ = kept("running", rounds=2, owner="mine")
    widget(mine(open_page, id_), f"stop-{id_}").click().run()
    assert store.queue.beat(id_)


def test_stop_ends_a_queued_run_at_once(open_page: Open, store: Store, kept: Kept) -> None:
    id_ = kept("queued", owner="mine")
    widget(mine(open_page, id_), f"stop-{id_}").click().run()
    run = store.runs.find(id_)
    assert run
    assert run.state == "stopped"


def test_a_stopped_run_keeps_its_rounds_and_says_how_few(open_page: Open, kept: Kept) -> None:
    test = open_page("result.py", run=kept("stopped", rounds=2))
    assert "Only 2 rounds were finished of at least 5" in words(test)
    assert len(specs(test)) == 3


def test_an_interrupted_run_is_shown_as_such(open_page: Open, kept: Kept) -> None:
    assert "interrupted" in words(open_page("result.py", run=kept("interrupted", rounds=3)))


def test_a_failed_run_says_why_with_what_was_printed(open_page: Open, kept: Kept) -> None:
    made = a_run(failed=["sequential", "processes × 2"])
    test = open_page("result.py", run=kept("failed", made, error="The baseline failed: <b>x</b>"))
    assert "The baseline failed: <b>x</b>" in words(test)
    assert "What processes × 2 printed before it failed" in [e.label for e in test.expander]


def test_markup_in_a_run_is_not_acted_on(open_page: Open, kept: Kept) -> None:
    hostile = "[x](http://example.org) <img src=x> **b** :red[c] $d$"
    test = open_page("result.py", run=kept("failed", error=hostile))
    assert hostile not in test.error[0].value
    assert hostile in read(test.error[0].value)


def test_a_run_that_has_ended_can_go_on(open_page: Open, kept: Kept, store: Store) -> None:
    id_ = kept(run=replace(a_run(), environment=environment()))
    test = open_page("result.py", run=id_)
    widget(test, f"continue-{id_}").click().run()
    run = store.runs.find(id_)
    assert run
    assert (run.state, len(run.samples)) == ("queued", len(a_run().samples))
    assert any("Waiting" in header.value for header in test.header)


def test_a_run_of_another_machine_cannot_go_on_and_says_why(
    open_page: Open, kept: Kept, store: Store
) -> None:
    id_ = kept()
    test = open_page("result.py", run=id_)
    widget(test, f"continue-{id_}").click().run()
    assert "on which its rounds were measured" in test.error[0].value
    run = store.runs.find(id_)
    assert run
    assert run.state == "done"


def test_reasons_that_intervals_carry_are_said(open_page: Open, kept: Kept) -> None:
    times = {"threads × 2": (3.17, 0.0)}
    said = words(open_page("result.py", run=kept(run=a_run(times))))
    assert "the GIL let one run at a time" in said


def test_a_finished_run_ends_with_what_to_do(open_page: Open, kept: Kept) -> None:
    said = words(open_page("result.py", run=kept()))
    assert "What to do" in said
    assert "Choose processes × 2" in said
    assert "What to do" not in words(open_page("result.py", run=kept(run=a_sweep())))
