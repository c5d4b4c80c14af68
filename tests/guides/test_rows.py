"""From advice to a plan and to code: every row can be measured, and has a script to start from."""

import ast
import itertools

import pytest

from bench.analysis.advice import ROWS, Row, Situation, agreement, recommend
from bench.analysis.results import results
from bench.guides.rows import plan_of, situation_on, starting_code
from bench.measure.host.interpreters import Interpreter
from tests.build import a_run
from tests.scripts.cases import every_case

EACH = pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.name)

# Each of these scripts is run by the tests of scripts, with the least work.
RUN = {(case.workload.name, case.executor.name) for case in every_case()}


@EACH
def test_a_row_has_a_plan_with_what_is_advised(row: Row) -> None:
    plan = plan_of(row, usable=4)
    assert (plan.workload, plan.parameters) == (row.workload, row.parameters)
    executors = {contender.executor for contender in plan.contenders}
    assert set(row.textbook) - {"sequential"} <= executors
    assert "interpreters" not in executors
    assert {contender.workers for contender in plan.contenders} == {row.workers or 4}
    assert agreement(row, a_run(plan), results(a_run(plan))).stand == "not measured"


@EACH
def test_a_row_has_code_to_start_from_in_every_situation(row: Row) -> None:
    for gil, usable, asynchronous in itertools.product((True, False), (1, 4), (True, False)):
        here = Situation(gil=gil, usable=usable, asynchronous=asynchronous)
        advice = recommend(row, here)
        assert (row.workload, advice.executor) in RUN
        code = starting_code(advice)
        ast.parse(code)
        for name, value in row.parameters.items():
            written = f"{value:_}" if isinstance(value, int) else repr(value)
            assert f"{name} = {written}" in code


def test_a_situation_is_that_of_an_interpreter_and_its_cpus() -> None:
    free = Interpreter("3.14t", "/nowhere", "3.14.7", gil=False)
    here = situation_on(free, 6)
    assert (here.gil, here.usable, here.version) == (False, 6, (3, 14))
