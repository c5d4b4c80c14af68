"""Own work on the Lab, profiled: the button, what was found, and the form filled with it."""

import pytest
from streamlit.testing.v1 import AppTest

from bench.plan import this_interpreter
from bench.profiles import Profile, Profiling, Wanted
from bench.store import Store
from tests.own import FINE, Own
from tests.pages.conftest import Open, widget
from tests.profiled import WAITS, a_profile


@pytest.fixture(autouse=True)
def of_the_operator(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_WORKLOADS", own.file(FINE))


def words(test: AppTest) -> str:
    shown = [*test.markdown, *test.header, *test.error, *test.warning, *test.info]
    return "\n".join(str(one.value) for one in shown).replace("\\", "")


def made(store: Store, profile: Profile | None, error: str = "") -> str:
    """A profile of the operator's work that has ended; its id."""
    wanted = Wanted("fine", {}, this_interpreter())
    id_ = store.profiles.add(wanted, "running")
    store.profiles.tell(id_, profile, "<b>printed</b>")
    store.profiles.end(id_, "done" if profile else "failed", error)
    return id_


def test_the_button_queues_a_profile_of_own_work_alone(open_page: Open, store: Store) -> None:
    test = open_page()
    assert widget(test, "workload").value == "fine"
    widget(test, "profile-it").click().run()
    assert not test.exception
    assert "It is next." in words(test)
    claimed = store.queue.claim()
    assert isinstance(claimed, Profiling)
    assert claimed.wanted == Wanted("fine", {}, this_interpreter())
    widget(test, "workload").set_value("primes").run()
    with pytest.raises(KeyError):
        widget(test, "profile-it")


def test_a_link_shows_the_recommendation_and_measuring_it_fills_the_form(
    open_page: Open, store: Store
) -> None:
    test = open_page(profile=made(store, a_profile(**WAITS)))
    said = words(test)
    assert "Choose threads × " in said
    assert "It waits most of its time: it computes for 2.0% of it." in said
    widget(test, "measure-it").click().run()
    assert not test.exception
    assert widget(test, "executor.threads").value
    assert widget(test, "executor.pool").value
    assert not widget(test, "executor.loky").value
    widget(test, "run").click().run()
    (kept,) = store.history.page(2)
    counts = {(one.executor, one.workers) for one in kept.run.plan.contenders}
    assert any(executor == "threads" and workers >= 16 for executor, workers in counts)


def test_one_that_failed_says_why_and_acts_on_nothing_in_it(open_page: Open, store: Store) -> None:
    test = open_page(profile=made(store, None, "mine.py line 3: <i>no</i> **good**"))
    assert r"\*\*good\*\*" in test.error[0].value
    assert any("<b>printed</b>" in block.value for block in test.code)


def test_a_link_to_none_says_so(open_page: Open) -> None:
    assert "There is no such profile." in words(open_page(profile="0" * 12))


def test_a_profile_of_work_that_is_gone_says_so(open_page: Open, store: Store, own: Own) -> None:
    id_ = made(store, a_profile())
    own.file("1 / 0")
    assert "is not there any more" in words(open_page(profile=id_))
