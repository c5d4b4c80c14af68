"""What is refused on the way to a plan: in one sentence each, and nothing else comes out."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.asking.plans import MOST_CONTENDERS, draft, plan_from_json
from bench.errors import Refused
from bench.plan import this_interpreter
from tests.build import FULL, outcome


def refusal(**changes: Any) -> Refused:
    arguments: dict[str, Any] = {
        "workload": "primes",
        "executors": {"threads": {}},
        "workers": [2],
    }
    with pytest.raises(Refused) as refused:
        draft(**(arguments | changes))
    assert str(refused.value).isprintable()
    return refused.value


def test_an_unknown_workload_is_refused_with_those_there_are() -> None:
    said = str(refusal(workload="prime"))
    assert said.startswith("workload is 'prime': it must be one of primes, ")


def test_an_unknown_executor_is_refused_with_those_there_are() -> None:
    said = str(refusal(executors={"thread": {}}))
    assert said.startswith("executor is 'thread': it must be one of sequential, threads, ")


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    said = str(refusal(parameters={"limits": 1_000}))
    assert said == "primes.parameter is 'limits': it must be one of limit."


def test_an_unknown_preset_and_precision_are_refused_with_those_there_are() -> None:
    assert "small, article" in str(refusal(preset="huge"))
    assert "quick, standard, rigorous" in str(refusal(precision="perfect"))


@pytest.mark.parametrize("limit", [999, 5_000_001, float("nan"), float("inf"), "1000", None, True])
def test_a_parameter_out_of_bounds_is_refused_with_field_value_and_bound(limit: object) -> None:
    said = str(refusal(parameters={"limit": limit}))
    assert said.startswith(f"primes.limit is {limit!r}: ")
    assert "from 1,000 to 5,000,000" in said


@pytest.mark.parametrize("workers", [0, -1, 10_000, True, 1.5, "2", None, [2], float("nan")])
def test_a_worker_count_out_of_bounds_is_refused_with_field_value_and_bound(
    workers: object,
) -> None:
    said = str(refusal(workers=[workers]))
    assert said == f"threads.workers is {workers!r}: it must be a whole number from 1 to 2,000."


def test_each_executor_has_its_own_bound_of_workers() -> None:
    assert "from 1 to 128" in str(refusal(executors={"processes": {}}, workers=[129]))


def test_no_workers_and_no_executors_are_refused() -> None:
    assert str(refusal(workers=[])).startswith("workers is 'empty'")
    assert str(refusal(executors={})).startswith("executors is 'empty'")


@pytest.mark.parametrize("rounds", [0, 1, -1, 1_001, 2.5, "5", True, float("inf")])
def test_rounds_out_of_bounds_are_refused(rounds: object) -> None:
    assert str(refusal(rounds=rounds)).startswith(f"rounds is {rounds!r}: ")


@pytest.mark.parametrize("budget", [0, -1, 3_601, "60", True, float("inf"), float("nan")])
def test_a_budget_out_of_bounds_is_refused(budget: object) -> None:
    assert str(refusal(budget_s=budget)).startswith(f"budget is {budget!r}: ")


@pytest.mark.parametrize("seed", [-1, 2**32, 0.5, "1", True])
def test_a_seed_out_of_bounds_is_refused(seed: object) -> None:
    assert str(refusal(seed=seed)).startswith(f"seed is {seed!r}: ")


def test_an_option_out_of_bounds_is_refused() -> None:
    assert str(refusal(executors={"threads": {"chunk": 0}})).startswith("threads.chunk is 0: ")
    assert "parameter is 'colour'" in str(refusal(executors={"threads": {"colour": 1}}))


def test_more_contenders_than_anyone_could_read_are_refused() -> None:
    said = str(refusal(workers=list(range(1, MOST_CONTENDERS + 2))))
    assert said == f"contenders is {MOST_CONTENDERS + 1}: it must be at most 64; choose fewer."


def changed(**changes: object) -> dict[str, Any]:
    return copy.deepcopy(FULL.as_json()) | changes


def with_contender(**changes: object) -> dict[str, Any]:
    plain = changed()
    plain["contenders"][0] |= changes
    return plain


@pytest.mark.parametrize(
    ("plain", "start"),
    [
        (None, "plan is 'NoneType': "),
        ([], "plan is 'list': "),
        ("primes", "plan is 'str': "),
        ({}, "plan.workload is None: it must be given"),
        (changed(colour="red"), "plan field is 'colour': "),
        (changed(workload=None), "workload is 'None': "),
        (changed(workload=["primes"]), "workload is "),
        (changed(parameters=[]), "plan.parameters is []: it must be an object"),
        (changed(parameters={"count": "4"}), "pages.count is '4': "),
        (changed(contenders={}), "plan.contenders is {}: it must be a list"),
        (changed(contenders=[1]), "contender is 1: it must be an object"),
        (changed(precision=["quick"]), "precision is ['quick']: "),
        (changed(seed=None, rounds="7"), "rounds is '7': "),
        (changed(rounds=1e999), "rounds is inf: "),
        (with_contender(executor="sequential"), "contender is 'sequential': "),
        (with_contender(executor=None), "executor is 'None': "),
        (with_contender(workers=None), "threads.workers is None: "),
        (with_contender(options=[]), "threads.options is []: it must be an object"),
        (with_contender(options={"chunk": True}), "threads.chunk is True: "),
        (with_contender(interpreter="2.7"), "contender.interpreter is '2.7': "),
        (with_contender(interpreter=[3]), "contender.interpreter is [3]: "),
        (with_contender(role="baseline"), "contender field is 'role': "),
    ],
)
def test_plain_data_that_is_no_plan_is_refused(plain: object, start: str) -> None:
    with pytest.raises(Refused) as refused:
        plan_from_json(plain)
    assert str(refused.value).startswith(start)


def test_the_same_contender_twice_is_refused() -> None:
    plain = changed()
    plain["contenders"].append(plain["contenders"][0])
    with pytest.raises(Refused, match="named once"):
        plan_from_json(plain)


def test_plain_data_may_leave_out_what_has_a_default() -> None:
    plain = {
        "workload": "primes",
        "parameters": {},
        "contenders": [{"executor": "threads", "workers": 2}],
        "precision": "quick",
        "seed": 1,
    }
    plan = plan_from_json(plain)
    assert plan.parameters == {"limit": 200_000}
    assert (plan.budget_s, plan.rounds) == (8.0, None)
    assert plan.contenders[0].interpreter == this_interpreter()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


def places(plain: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value inside plain data."""
    inner: list[tuple[Any, ...]] = []
    if isinstance(plain, dict):
        inner = [place for key in plain for place in places(plain[key], (*path, key))]
    if isinstance(plain, list):
        inner = [place for key, value in enumerate(plain) for place in places(value, (*path, key))]
    return [path, *inner]


PLACES = [place for place in places(FULL.as_json()) if place]


@given(st.sampled_from(PLACES), JSON)
def test_a_plan_with_anything_anywhere_is_a_plan_or_refused(
    place: tuple[Any, ...], value: object
) -> None:
    plain = FULL.as_json()
    inner: Any = plain
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    plan = outcome(plan_from_json, plain)
    if isinstance(plan, Refused):
        assert str(plan).isprintable()
    else:
        assert plan_from_json(json.loads(json.dumps(plan.as_json(), allow_nan=False))) == plan


@given(JSON)
def test_anything_is_a_plan_or_refused(plain: object) -> None:
    with pytest.raises(Refused):
        plan_from_json(plain)
