"""Plans: how they are drafted, and their way through JSON and back."""

import json
import sys
from typing import Any

import pytest

from bench.asking.plans import draft, plan_from_json
from bench.errors import Refused
from bench.plan import Plan, this_interpreter, usual_workers
from tests.build import FULL, OTHER_START, a_plan

PLANS = [a_plan(), FULL, a_plan("sha256", executors=["sequential"])]


def test_each_executor_meets_each_number_of_workers() -> None:
    names = [contender.name for contender in a_plan(workers=[1, 4]).contenders]
    assert names == ["threads × 1", "threads × 4", "processes × 1", "processes × 4"]


def test_baseline_and_control_come_first_in_the_line_up_and_are_sequential() -> None:
    baseline, control, *rest = a_plan().line_up
    assert (baseline.name, baseline.role, baseline.executor) == (
        "sequential",
        "baseline",
        "sequential",
    )
    assert (control.name, control.role, control.executor) == ("control", "control", "sequential")
    assert {contender.role for contender in rest} == {"contender"}


def test_naming_sequential_adds_nothing_as_it_is_the_baseline() -> None:
    assert a_plan(executors=["sequential", "threads"]) == a_plan(executors=["threads"])


def test_options_that_differ_from_their_defaults_are_in_the_name() -> None:
    assert [contender.name for contender in FULL.contenders] == [
        "threads × 1 (chunk 3)",
        "threads × 4 (chunk 3)",
        f"processes × 1 ({OTHER_START})",
        f"processes × 4 ({OTHER_START})",
    ]


@pytest.mark.parametrize("plan", PLANS)
def test_names_are_unique(plan: Plan) -> None:
    names = [contender.name for contender in plan.line_up]
    assert len(set(names)) == len(names)


def test_a_worker_count_given_twice_counts_once() -> None:
    assert len(a_plan(workers=[2, 2, 4, 2]).contenders) == 4


def test_values_go_over_the_preset_and_the_preset_over_the_defaults() -> None:
    assert a_plan("pages", preset="article").parameters["count"] == 4
    changed = a_plan("pages", preset="article", parameters={"count": 5}).parameters
    assert (changed["count"], changed["delay"], changed["size"]) == (5, 1.0, 20_000)


def test_a_plan_without_a_seed_draws_one() -> None:
    seeds = {draft("primes", executors={"threads": {}}, workers=[1]).seed for _ in range(8)}
    assert len(seeds) > 1


def test_a_plan_with_exactly_so_many_rounds_needs_no_more() -> None:
    assert a_plan(rounds=2).least_rounds == 2
    assert a_plan(precision="rigorous").least_rounds == 10


@pytest.mark.parametrize(
    ("kind", "usable", "expected"),
    [
        ("cpu", 1, [1]),
        ("cpu", 2, [1, 2]),
        ("cpu", 3, [1, 2, 3]),
        ("cpu", 6, [1, 2, 4, 6]),
        ("cpu", 8, [1, 2, 4, 8]),
        ("io", 2, [1, 2, 4, 8]),
        ("io", 12, [1, 2, 4, 8, 12]),
    ],
)
def test_usual_workers_are_powers_of_two_up_to_the_usable_cpus(
    kind: str, usable: int, expected: list[int]
) -> None:
    assert usual_workers(kind, usable) == expected


@pytest.mark.parametrize(
    ("version", "name"),
    [("3.14.0 free-threading build (main) [GCC]", "t"), ("3.14.0 (main) [GCC]", "")],
)
def test_an_interpreter_without_the_gil_is_told_by_a_letter(
    version: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version", version)
    assert this_interpreter() == f"{sys.version_info.major}.{sys.version_info.minor}{name}"


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_survives_plain_data(plan: Plan) -> None:
    assert plan_from_json(plan.as_json()) == plan


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_survives_json(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan.as_json()))) == plan


@pytest.mark.parametrize("plan", PLANS)
def test_a_kept_plan_is_restored_as_it_was(plan: Plan) -> None:
    assert Plan.restored(json.loads(json.dumps(plan.as_json()))) == plan


def test_a_kept_plan_of_something_no_longer_known_is_restored_too() -> None:
    plain = a_plan().as_json() | {"workload": "forgotten"}
    assert Plan.restored(plain).workload == "forgotten"
    with pytest.raises(Refused):
        plan_from_json(plain)


def test_the_fingerprint_is_of_what_is_measured_not_of_how_well() -> None:
    other = a_plan(seed=99, precision="quick", budget_s=1.0, rounds=3)
    assert a_plan().fingerprint == other.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        a_plan(parameters={"limit": 1_001}),
        a_plan(workers=[1]),
        a_plan(executors=["threads"]),
        a_plan(executors={"threads": {"chunk": 1}, "processes": {}}),
        a_plan("sha256"),
    ],
)
def test_plans_of_other_things_have_other_fingerprints(other: Plan) -> None:
    assert a_plan().fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("workload", "precision", "more", "measured"),
    [
        ("primes", "standard", {}, True),
        ("sha256", "rigorous", {}, True),
        ("primes", "quick", {}, False),
        ("waiting", "standard", {}, False),
        ("primes", "standard", {"sweep": ("chunk", [1, 10])}, False),
        ("primes", "standard", {"executors": ["sequential"]}, False),
        ("primes", "quick", {"ceiling": True}, True),
        ("primes", "standard", {"ceiling": False}, False),
    ],
)
def test_the_ceiling_is_measured_for_work_that_computes_where_there_is_time(
    workload: str, precision: str, more: dict[str, Any], measured: bool
) -> None:
    given = {"executors": ["processes"], "ceiling": None, **more}
    plan = a_plan(workload, precision=precision, workers=[1, 2], **given)
    ceilings = [one.name for one in plan.contenders if one.executor == "ceiling"]
    assert ceilings == (["ceiling × 1", "ceiling × 2"] if measured else [])


def test_a_ceiling_that_was_named_is_measured_once_with_its_options() -> None:
    plan = a_plan(executors={"ceiling": {"start_method": OTHER_START}, "threads": {}}, ceiling=None)
    assert [one.name for one in plan.contenders] == [f"ceiling × 2 ({OTHER_START})", "threads × 2"]


def test_a_ceiling_that_nobody_asked_for_never_makes_too_many_contenders() -> None:
    plan = a_plan(executors=["threads"], workers=range(1, 41), ceiling=None)
    assert {one.executor for one in plan.contenders} == {"threads"}
