"""The decision tree and its table: every way leads somewhere, and all that is named exists."""

import itertools
from collections.abc import Iterator

import pytest

from bench.analysis.advice import (
    FIRST,
    QUESTIONS,
    ROWS,
    Question,
    Row,
    Situation,
    paths,
    recommend,
    situation_of,
    walked,
)
from bench.errors import Refused
from bench.executors import NAMES, find_executor
from bench.workloads import find_workload

PATHS = list(paths())


def situations() -> Iterator[Situation]:
    """Machines and Pythons of every kind, and work of every kind."""
    yes_or_no = (True, False)
    for gil, usable, version, asynchronous, heavy, task_s in itertools.product(
        yes_or_no, (1, 2, 64), ((3, 11), (3, 14)), yes_or_no, yes_or_no, (None, 1e-6, 1.0)
    ):
        yield Situation(gil, usable, version, asynchronous, heavy=heavy, tasks=100, task_s=task_s)


def test_every_way_through_the_tree_ends_in_a_row_after_at_most_five_questions() -> None:
    for answers, row in PATHS:
        assert walked(answers) is row
        assert len(answers) <= 5


def test_every_row_and_every_question_is_reached() -> None:
    assert {row.name for _, row in PATHS} == set(ROWS)
    assert set().union(*(answers for answers, _ in PATHS)) == set(QUESTIONS)


def test_answers_so_far_lead_to_the_next_question() -> None:
    assert walked({}) is FIRST
    assert walked({"does": "waits"}) is QUESTIONS["for"]
    assert walked({"does": "waits", "library": "yes"}) is QUESTIONS["for"]


def test_each_answer_leads_on() -> None:
    for question in QUESTIONS.values():
        assert len(question.answers) >= 2
        for answer in question.answers:
            assert answer.to in {**QUESTIONS, **ROWS}


def test_an_unknown_answer_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="waits, computes, both"):
        walked({"does": "rests"})


EACH = pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.name)


@EACH
def test_what_a_row_names_exists_and_can_be_asked_for(row: Row) -> None:
    work = find_workload(row.workload)
    assert work.parameters(row.parameters) == row.parameters
    assert {*row.textbook, *row.executors} <= set(NAMES)
    for name in row.executors:
        assert find_executor(name).unfit(work) is None
        assert row.workers_on(2) <= find_executor(name).most


@EACH
def test_a_row_is_measured_in_seconds(row: Row) -> None:
    work = find_workload(row.workload)
    assert work.seconds
    assert 0.01 < work.seconds(**row.parameters) < 4


@EACH
def test_every_situation_has_a_recommendation_with_its_reason_and_a_runner_up(row: Row) -> None:
    for here in situations():
        advice = recommend(row, here)
        assert advice.choice.when.holds(here)
        assert advice.choice.because
        assert advice.runner_up.instead
        assert advice.runner_up.executor != advice.executor
        assert here.version >= (3, 14) or "interpreters" not in (
            advice.executor,
            advice.runner_up.executor,
        )
        assert advice.workers >= 1


@EACH
def test_every_choice_is_recommended_or_next_to_it_somewhere(row: Row) -> None:
    advised = [recommend(row, here) for here in situations()]
    somewhere = {one.executor for one in advised} | {one.runner_up.executor for one in advised}
    never = {choice.executor for choice in row.choices} - somewhere
    assert never <= {"interpreters", "sequential"}


def advised(row: str, **here: object) -> str:
    return recommend(ROWS[row], Situation(**here)).executor  # type: ignore[arg-type]


def test_it_depends_on_the_gil() -> None:
    assert advised("pure-python", gil=True) == "processes"
    assert advised("pure-python", gil=False) == "threads"


def test_it_depends_on_the_cpus() -> None:
    assert advised("pure-python", usable=1) == "sequential"
    assert advised("api-calls", usable=1) == "threads"


def test_it_depends_on_how_long_all_tasks_take_beside_a_pools_start() -> None:
    assert advised("simple", tasks=100, task_s=1e-5) == "sequential"
    assert advised("simple", tasks=10_000, task_s=1e-3) == "processes"
    assert advised("simple", tasks=1_000, task_s=1e-3, start_s=30.0) == "sequential"


def test_it_depends_on_the_libraries_at_hand() -> None:
    waits = {"does": "waits", "for": "network", "at-once": "thousands"}
    for library, executor in (("yes", "asyncio"), ("no", "threads")):
        answers = {**waits, "library-for-many": library}
        row = walked(answers)
        assert not isinstance(row, Question)
        here = situation_of(answers, Situation())
        assert here.many
        assert recommend(row, here).executor == executor


def test_what_takes_longer_decides_of_mixed_work() -> None:
    for longer, executor in (("waiting", "threads"), ("computing", "hybrid")):
        answers = {"does": "both", "longer": longer}
        assert recommend(ROWS["mixed"], situation_of(answers, Situation())).executor == executor
