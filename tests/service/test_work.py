"""What the measuring service makes of the queue."""

import itertools
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest

from bench.access import OPERATOR
from bench.exports.json_run import run_json
from bench.measure import trials
from bench.measure.host.environment import environment
from bench.measure.rounds import Trial
from bench.plan import Plan
from bench.samples import Run
from bench.store import Store
from tests.build import a_plan, a_sample
from tests.exports.schema import written
from tests.scripted import FAILS, OTHER_ANSWER, Scripted
from tests.serving import Kept
from tests.watching import eventually

pytestmark = pytest.mark.usefixtures("serving")

LINE_UP = ("sequential", "control", "threads × 2", "processes × 2")


def rounds_in(run: Run) -> Mapping[int, set[str]]:
    """Who was measured in each round."""
    measured: dict[int, set[str]] = {}
    for sample in run.samples:
        measured.setdefault(sample.round, set()).add(sample.contender)
    return measured


def test_a_queued_run_is_measured_in_all_its_rounds(kept: Kept) -> None:
    run = kept.when(kept.submit(a_plan(rounds=2)), "done")
    assert rounds_in(run) == {1: {*LINE_UP}, 2: {*LINE_UP}}
    assert (run.failures, run.error) == ((), "")


def test_a_run_is_stamped_with_its_times_and_environment(kept: Kept) -> None:
    run = kept.when(kept.submit(a_plan(rounds=2)), "done")
    assert run.started
    assert run.ended
    assert run.created <= run.started <= run.ended
    assert run.environment.keys() == environment().keys()


def test_a_run_that_has_ended_is_summed_up_for_the_history(kept: Kept, store: Store) -> None:
    id_ = kept.submit(a_plan(rounds=2))
    eventually(lambda: store.history.page(1)[0].summary is not None, "a summary")
    assert kept.run(id_).state == "done"


def test_runs_are_measured_in_the_order_they_came(kept: Kept) -> None:
    runs = [kept.when(id_, "done") for id_ in [kept.submit(a_plan(rounds=2)) for _ in range(3)]]
    for before, after in itertools.pairwise(runs):
        assert before.ended
        assert after.started
        assert before.ended <= after.started


def test_a_run_whose_interpreter_is_gone_fails_in_a_sentence_and_the_next_one_goes_on(
    kept: Kept,
) -> None:
    plan = a_plan(rounds=2)
    there = tuple(replace(one, interpreter="3.77") for one in plan.contenders)
    gone = kept.submit(replace(plan, contenders=there, interpreters=("3.77",)))
    following = kept.submit(plan)
    said = "Python 3.77 is not on this machine any more: choose another one."
    assert kept.when(gone, "failed").error == said
    kept.when(following, "done")


def test_a_run_that_is_stopped_keeps_its_finished_rounds(kept: Kept, store: Store) -> None:
    id_ = kept.submit(a_plan(rounds=1_000))
    before = kept.with_samples(id_, 2 * len(LINE_UP))
    store.queue.stop(id_, OPERATOR)
    run = kept.when(id_, "stopped")
    assert rounds_in(run)[1] == rounds_in(run)[2] == {*LINE_UP}
    assert run.samples[: len(before.samples)] == before.samples
    assert run.failures == ()


def test_a_run_that_is_stopped_makes_room_for_the_next(kept: Kept, store: Store) -> None:
    stopped, following = kept.submit(a_plan(rounds=1_000)), kept.submit(a_plan(rounds=2))
    kept.with_samples(stopped, 1)
    store.queue.stop(stopped, OPERATOR)
    kept.when(following, "done")


def test_a_contender_that_fails_does_not_end_its_run(kept: Kept, serving: Scripted) -> None:
    serving({"threads": FAILS})
    run = kept.when(kept.submit(a_plan(rounds=2)), "done")
    (failure,) = run.failures
    assert (failure.contender, failure.message) == ("threads × 2", "ValueError: no good")
    assert rounds_in(run)[2] == {*LINE_UP} - {"threads × 2"}


def test_a_contender_with_another_answer_is_not_tried_again(kept: Kept, serving: Scripted) -> None:
    serving({"processes": OTHER_ANSWER})
    run = kept.when(kept.submit(a_plan(rounds=2)), "done")
    assert rounds_in(run)[2] == {*LINE_UP} - {"processes × 2"}


def test_a_run_whose_baseline_fails_says_so_and_the_service_lives_on(
    kept: Kept, serving: Scripted
) -> None:
    serving({"sequential": FAILS})
    run = kept.when(kept.submit(a_plan(rounds=2)), "failed")
    assert run.error.startswith("The baseline failed.")
    serving({})
    kept.when(kept.submit(a_plan(rounds=2)), "done")


def test_what_the_machine_refuses_fails_the_run_and_the_service_lives_on(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, fine = a_plan(rounds=2, seed=1), a_plan(rounds=2, seed=2)

    def short_of_processes(plan: Plan, **seams: Any) -> AbstractContextManager[Trial]:
        if plan == refused:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return trials.trials(plan, **seams)

    monkeypatch.setattr("bench.service.perform.trials", short_of_processes)
    first, second = kept.submit(refused), kept.submit(fine)
    run = kept.when(first, "failed")
    assert run.error.startswith("The machine refused: Resource temporarily unavailable; let ")
    kept.when(second, "done")


def test_what_a_dead_service_left_running_is_interrupted_before_the_next(
    kept: Kept, store: Store
) -> None:
    left = store.runs.add(a_plan(), "running")
    store.runs.keep(left, a_sample())
    kept.when(kept.submit(a_plan(rounds=2)), "done")
    run = kept.run(left)
    assert (run.state, len(run.samples)) == ("interrupted", 1)


@pytest.mark.parametrize("does", [{}, {"threads": FAILS}, {"sequential": FAILS}])
def test_a_measured_run_fits_the_schema_of_its_format(
    kept: Kept, serving: Scripted, does: Mapping[str, str]
) -> None:
    serving(does)
    id_ = kept.submit(a_plan(rounds=2))
    run = kept.when(id_, "failed" if "sequential" in does else "done")
    assert written(run_json(run))["state"] == run.state


def test_a_run_that_goes_on_gets_as_many_rounds_again(kept: Kept, store: Store) -> None:
    run = kept.when(kept.submit(a_plan(rounds=2)), "done")
    store.queue.submit_again(run.id)
    eventually(lambda: len(rounds_in(kept.run(run.id))) == 4, "two more rounds")
    again = kept.when(run.id, "done")
    assert again.samples[: len(run.samples)] == run.samples
    assert (again.created, again.started) == (run.created, run.started)
