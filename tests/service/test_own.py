"""Own work and the service: it asks for itself what a plan's work is, just before it measures."""

import pytest

from bench.asking.plans import draft
from bench.plan import Plan
from tests.own import FINE, Own
from tests.serving import Kept, Start


@pytest.fixture
def plan(own: Own, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan of own work, whose file `mine.py` the setting names."""
    monkeypatch.setenv("BENCH_WORKLOADS", own.file(FINE))
    own.asked()
    return draft("fine", executors={"threads": {}}, workers=[2], rounds=2)


def test_a_service_in_another_process_measures_own_work_as_it_is_by_then(
    own: Own, plan: Plan, kept: Kept, start: Start
) -> None:
    id_ = kept.submit(plan)
    own.file(FINE.replace("[1, 2]", "[-3, 4]"))
    start()
    assert {sample.answer for sample in kept.when(id_, "done").samples} == {"[3, 4]"}


@pytest.mark.usefixtures("serving")
def test_a_queued_run_whose_work_is_gone_fails_in_a_sentence_and_the_next_goes_on(
    own: Own, plan: Plan, kept: Kept
) -> None:
    own.file("1 / 0")
    run = kept.when(kept.submit(plan), "failed")
    assert run.error.startswith("workload is 'fine': it must be one of primes, ")
    own.file(FINE)
    kept.when(kept.submit(plan), "done")
