"""A plan as a command: the command line's own parser makes the same plan of it."""

import importlib
import shlex
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.asking.plans import plan_from_json
from bench.commands import main
from bench.exports.command import command_line
from bench.plan import PRECISIONS, Contender, Plan, this_interpreter
from bench.samples import Run
from bench.workloads import Workload
from tests.build import a_plan
from tests.drawn import WORKLOADS, drawn_plan
from tests.own import FINE, Own

HERE = this_interpreter()

Read = Callable[[str], Plan]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """A function that gives the plan that a command would measure."""
    begun: list[Plan] = []

    def perform(run: Run, *_: object, **__: object) -> Run:
        begun.append(run.plan)
        return replace(run, state="done")

    monkeypatch.setattr(importlib.import_module("bench.service.foreground"), "perform", perform)

    def plan_of(command: str) -> Plan:
        # A shell joins lines at a backslash; shlex would keep the newline.
        python, dash_m, bench, *arguments = shlex.split(command.replace("\\\n", ""))
        assert (python, dash_m, bench) == ("python", "-m", "bench")
        assert main([*arguments, "--no-save"]) == 0
        return begun.pop()

    return plan_of


@settings(max_examples=50)
@given(
    data=st.data(),
    workload=st.sampled_from(WORKLOADS),
    precision=st.sampled_from(list(PRECISIONS)),
    rounds=st.none() | st.integers(2, 1_000),
    budget=st.none() | st.floats(0.1, 3_600.0),
)
def test_the_command_of_a_plan_is_read_as_that_plan_but_for_the_seed(
    read: Read,
    data: st.DataObject,
    workload: Workload,
    precision: str,
    rounds: int | None,
    budget: float | None,
) -> None:
    plan = drawn_plan(data, workload, precision=precision, rounds=rounds, budget_s=budget)
    command = command_line(plan)
    assert command
    assert replace(read(command), seed=plan.seed) == plan


def test_a_plan_of_the_baseline_alone_has_a_command(read: Read) -> None:
    plan = a_plan(executors=["sequential"])
    command = command_line(plan)
    assert command
    assert replace(read(command), seed=plan.seed) == plan


def test_what_is_the_default_is_left_out() -> None:
    assert command_line(a_plan(parameters={"limit": 5_000}, workers=[1, 2])) == (
        "python -m bench run primes \\\n"
        "    --set limit=5000 \\\n"
        "    --executor threads \\\n"
        "    --executor processes \\\n"
        "    --no-ceiling \\\n"
        "    --workers 1,2 \\\n"
        "    --precision standard"
    )


def test_a_command_names_the_cluster_where_one_is_used() -> None:
    on_dask = replace(
        a_plan(), contenders=(Contender("dask × 2", "dask", 2, {"chunk": "many"}, HERE),)
    )
    assert "--dask tcp://127.0.0.1:8786" in str(command_line(on_dask, "tcp://127.0.0.1:8786"))
    assert "--dask" not in str(command_line(on_dask))
    assert "--dask" not in str(command_line(a_plan(), "tcp://127.0.0.1:8786"))


def with_contenders(*contenders: dict[str, object]) -> Plan:
    return plan_from_json(a_plan().as_json() | {"contenders": list(contenders)})


def test_one_command_cannot_give_each_executor_its_own_workers() -> None:
    plan = with_contenders(
        {"executor": "threads", "workers": 2}, {"executor": "processes", "workers": 4}
    )
    assert command_line(plan) is None


def test_one_command_cannot_give_one_executor_several_options() -> None:
    plan = with_contenders(
        {"executor": "threads", "workers": 2},
        {"executor": "threads", "workers": 2, "options": {"chunk": "one"}},
    )
    assert command_line(plan) is None


def test_a_command_names_other_interpreters() -> None:
    plan = a_plan(executors=["threads"], workers=[1, 2])
    first, second = plan.contenders
    here = first.interpreter
    there = tuple(replace(one, interpreter="3.99t") for one in plan.contenders)
    several = replace(plan, contenders=(*plan.contenders, *there), interpreters=(here, "3.99t"))
    command = command_line(several)
    assert command
    assert f"--python {here}" in command
    assert "--python 3.99t" in command
    assert "--workers 1,2" in command
    one_less = replace(several, contenders=(first, second, there[0]))
    assert command_line(one_less) is None


def test_a_command_loads_own_work_from_its_files_own_folder(
    own: Own, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = a_plan(own.work(FINE).name, executors=["threads"], parameters={})
    command = command_line(plan)
    assert command
    assert str(own.folder) not in command
    own.asked()
    monkeypatch.chdir(own.folder)
    assert replace(read(command), seed=plan.seed) == plan
