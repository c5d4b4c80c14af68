"""What is measured: the plan that the options of `run` make."""

import json
from typing import Any

import pytest

from bench.measure.host.cpus import cpus
from tests.commands.conftest import Bench

pytestmark = pytest.mark.usefixtures("scripted")


def plan_of(bench: Bench, *arguments: str) -> Any:
    said = bench("run", *arguments, "--rounds", "2", "--no-save", "--out", "-")
    assert said.code == 0, said.err
    return json.loads(said.out)["plan"]


def test_threads_and_processes_are_measured_if_none_is_named(bench: Bench) -> None:
    plan = plan_of(bench, "primes")
    named = [one["executor"] for one in plan["contenders"]]
    assert list(dict.fromkeys(named)) == ["threads", "processes", "ceiling"]
    assert plan["parameters"] == {"limit": 200_000}


def test_options_of_an_executor_follow_its_name(bench: Bench) -> None:
    ways = ("--executor", "processes:start_method=spawn,chunk=3", "--executor", "threads")
    plan = plan_of(bench, "primes", *ways, "--workers", "2", "--no-ceiling")
    names = [contender["name"] for contender in plan["contenders"]]
    assert names == ["processes × 2 (spawn, chunk 3)", "threads × 2"]


def test_every_executor_is_measured_at_every_number_of_workers(bench: Bench) -> None:
    plan = plan_of(bench, "primes", "--workers", "1,3", "--no-ceiling")
    names = [contender["name"] for contender in plan["contenders"]]
    assert names == ["threads × 1", "threads × 3", "processes × 1", "processes × 3"]


def test_worker_counts_go_up_to_the_usable_cpus_unless_they_are_given(bench: Bench) -> None:
    plan = plan_of(bench, "primes", "--executor", "threads")
    workers = [contender["workers"] for contender in plan["contenders"]]
    assert (workers[0], workers[-1]) == (1, cpus().usable)


def test_a_preset_fills_in_parameters_and_set_overrides_it(bench: Bench) -> None:
    article = ("sha256", "--preset", "article", "--workers", "2")
    assert plan_of(bench, *article)["parameters"] == {"count": 4, "size": 20_000}
    changed = plan_of(bench, *article, "--set", "count=5")
    assert changed["parameters"] == {"count": 5, "size": 20_000}


def test_precision_budget_and_seed_are_those_of_the_plan(bench: Bench) -> None:
    chosen = ("--precision", "quick", "--budget", "1.5", "--seed", "3")
    plan = plan_of(bench, "primes", *chosen, "--workers", "1")
    assert (plan["precision"], plan["budget_s"], plan["seed"]) == ("quick", 1.5, 3)
