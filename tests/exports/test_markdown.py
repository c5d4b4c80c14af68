"""Runs and demonstrations as Markdown, to paste where others talk."""

import re
from dataclasses import replace

import pytest

from bench.exports.markdown_experiment import experiment_markdown
from bench.exports.markdown_run import run_markdown
from bench.measure.host.environment import environment
from bench.samples import Run
from bench.store import Store
from tests.exports.hostile import a_hostile_run
from tests.factory import a_run, a_sweep
from tests.keeping import keep_race


def test_it_begins_with_the_answer_and_has_a_row_a_contender() -> None:
    lines = run_markdown(a_run(), "warm").splitlines()
    assert lines[0].startswith("### Processes × 2: 1.8")
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == 2 + len(a_run().plan.line_up)
    assert {row.count("|") for row in rows} == {7}
    assert "| processes × 2 | 1.7" in rows[-1]


def test_verdicts_follow_the_chosen_times() -> None:
    run = a_run({"processes × 2": (1.7, 9.0)})
    assert "1.8" in run_markdown(run, "warm").splitlines()[0]
    assert "slower" in run_markdown(run, "cold").splitlines()[0]


def test_it_tells_what_it_was_measured_on_and_how_to_measure_it_again() -> None:
    told = run_markdown(a_run(), "warm")
    assert "- CPUs: 2 usable CPUs" in told
    assert "python -m bench run primes" in told


@pytest.mark.parametrize("run", [a_run(rounds=0), a_run(rounds=1), a_sweep()])
def test_any_run_can_be_written(run: Run) -> None:
    assert run.id in run_markdown(run, "warm")


def test_nothing_in_it_is_markup_of_somebody_else() -> None:
    told = run_markdown(a_hostile_run(), "warm")
    assert not re.search(r"(?<!\\)<", told)
    assert not re.search(r"(?<!\\)\]\(", told)
    assert "://" not in told
    assert "\u202e" not in told
    # The texts stand within lines, so no row of the table has more or fewer cells.
    rows = [re.sub(r"\\\|", "", line) for line in told.splitlines() if line.startswith("| ")]
    assert {row.count("|") for row in rows} == {7}


def test_a_demonstration_tells_belief_verdict_and_code(store: Store) -> None:
    shown = store.demonstrations.find(keep_race(store))
    assert shown
    told = experiment_markdown(shown)
    assert "Threads that add to one counter" in told
    assert "here.**" in told
    assert "counter.value += 1" in told


def test_a_demonstration_that_failed_says_why(store: Store) -> None:
    shown = store.demonstrations.find(keep_race(store, "failed"))
    assert shown
    assert r"This demonstration is failed. It \<i\>broke\</i\>." in experiment_markdown(shown)


def test_a_real_environment_is_told_whole() -> None:

    told = run_markdown(replace(a_run(), environment=environment()), "warm")
    assert "logical" in told
    assert "- Memory: " in told
    assert "numpy" in told
