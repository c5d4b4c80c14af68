"""The Machine page: facts, findings, and the one-minute check in each of its states."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bench.guides.minute import minute_plan
from bench.machine import Machine
from bench.measure.host.cpus import cpus
from bench.measure.host.environment import environment
from bench.samples import Run
from bench.store import Store
from tests.build import a_plan
from tests.checked import a_check
from tests.machines import CLEAN, a_machine, a_python
from tests.pages.conftest import Kept, Open, widget
from tests.pages.test_result import words

HOSTILE = "[x](http://example.org) <img src=x> **b** :red[c] $d$"


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that says what the machine is; one without fault by default."""

    def say(machine: Machine) -> None:
        monkeypatch.setattr("bench.measure.host.machine.machine", lambda _: machine)

    say(CLEAN)
    return say


def cells(test: AppTest) -> str:
    return "\n".join(str(table.value) for table in (*test.table, *test.dataframe))


def a_check_here(**made: Any) -> Run:
    """A check that ended, with this machine's stamp."""
    return a_check(workers=cpus().usable, environment=environment(), **made)


def test_the_cpus_come_first_and_the_pythons_are_a_table(open_page: Open, found: Any) -> None:
    found(a_machine(pythons=(a_python(executors={"threads": None, "loky": "It has no loky."}),)))
    test = open_page("machine.py")
    assert (test.metric[0].label, test.metric[0].value) == ("Usable CPUs", "8")
    assert "Some CPU, 8 usable CPUs" in words(test)
    (pythons,) = test.dataframe
    assert pythons.value.loc[0, "executors"] == "1 of 2"
    assert "loky: It has no loky." in words(test)


def test_a_machine_without_fault_is_said_to_be(open_page: Open) -> None:
    assert "finds nothing to better" in open_page("machine.py").success[0].value


def test_a_finding_is_a_card_with_what_to_do(open_page: Open, found: Any) -> None:
    found(a_machine(room={"shared": 64_000_000}, system={"load": 9.0}))
    test = open_page("machine.py")
    said = words(test)
    assert "/dev/shm holds 64.0 MB" in said
    assert "Give the container more" in said
    assert said.index("high-load") < said.index("small-shm")
    assert not test.success


def test_text_from_the_system_is_not_acted_on(open_page: Open, found: Any) -> None:
    found(
        a_machine(
            cpus={"model": HOSTILE},
            system={"virtualisation": HOSTILE, "container": HOSTILE},
            measuring=HOSTILE,
        )
    )
    test = open_page("machine.py")
    shown: list[str] = [one.value for one in (*test.markdown, *test.caption)]
    assert not any(HOSTILE in text for text in [*shown, cells(test)])
    assert HOSTILE in words(test)


def test_before_the_first_check_it_says_so(open_page: Open) -> None:
    test = open_page("machine.py")
    assert "has not been checked yet" in test.info[0].value
    assert not test.get("vega_lite_chart")


def test_the_button_queues_the_check_and_the_page_shows_it(open_page: Open, store: Store) -> None:
    store.queue.service_beat(1)
    test = open_page("machine.py")
    widget(test, "check").click().run()
    (queued,) = store.history.page(9)
    assert queued.run.plan == minute_plan(cpus().usable)
    assert "Waiting" in words(test)
    assert widget(test, "check").disabled


def test_a_full_queue_is_said_in_a_sentence(
    open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCH_QUEUE", "1")
    store.queue.submit(a_plan())
    test = open_page("machine.py")
    widget(test, "check").click().run()
    assert "queue is '1 waiting'" in test.error[0].value.replace("\\", "")


def test_the_last_check_is_shown_with_its_verdict_chart_and_age(
    open_page: Open, kept: Kept
) -> None:
    id_ = kept(run=a_check_here(reached=1.0), rounds=6)
    test = open_page("machine.py")
    said = words(test)
    assert "Steady: noise ±" in test.subheader[-1].value.replace("\\", "")
    assert "Checked less than a minute ago." in said
    assert "The noise floor is" in said
    (chart,) = test.get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["title"]
    (link,) = test.get("page_link")
    assert link.proto.query_string == f"run={id_}"
    assert widget(test, "check").label == "Check again"


def test_a_check_that_was_not_steady_says_why(open_page: Open, kept: Kept) -> None:
    kept(run=a_check_here(disturbed=6), rounds=6)
    test = open_page("machine.py")
    assert "Not steady" in test.subheader[-1].value
    assert "disturbed" in test.warning[0].value


def test_a_check_that_failed_says_why(open_page: Open, kept: Kept) -> None:
    kept("failed", a_check_here(), error="The machine refused: <b>no</b>", rounds=0)
    test = open_page("machine.py")
    assert "The machine refused: <b>no</b>" in test.error[0].value.replace("\\", "")
    assert "The check has no result" in test.subheader[-1].value
