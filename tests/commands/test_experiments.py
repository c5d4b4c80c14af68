"""Experiments on the command line: the same as on the page."""

import importlib
import json
from dataclasses import replace
from typing import Any

import pytest

from bench.demonstration import Demonstration
from bench.experiments import all_experiments
from bench.store import Store
from tests.commands.conftest import Bench
from tests.experiments.performing import performed

SMALL = ("race", "--set", "increments=1000", "--set", "threads=2")


def test_an_experiment_says_belief_verdict_and_explanation(bench: Bench, store: Store) -> None:
    said = bench("experiment", *SMALL)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("Belief: Threads that add to one counter")
    assert lines[1].partition(": ")[2] in (
        "holds here.",
        "does not hold here.",
        "not resolved here.",
    )
    assert store.demonstrations.count() == 1


def test_as_json_it_is_all_that_the_page_has(bench: Bench) -> None:
    said = bench("experiment", *SMALL, "--json")
    plain = json.loads(said.out)
    assert plain["name"] == "race"
    assert plain["parameters"]["increments"] == 1_000
    assert plain["facts"]["locked"]["lost"] == 0
    assert plain["facts"]["version"][0] == 3
    assert len(plain["events"]) == 20
    assert plain["verdict"]
    assert plain["explanation"]


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["nonsense"], "experiment is 'nonsense'"),
        (["race", "--set", "threads=1"], "race.threads is '1'"),
        (["race", "--set", "thread=2"], "race.parameter is 'thread'"),
        (["race", "--python", "3.99"], "interpreter is '3.99'"),
        (["pitfalls", "--set", "threads=3"], "set is 'threads=3'"),
    ],
)
def test_wrong_use_is_refused_in_a_sentence(
    bench: Bench, store: Store, arguments: list[str], field: str
) -> None:
    said = bench("experiment", *arguments)
    assert said.code == 2
    assert said.err.startswith(field)
    assert store.demonstrations.count() == 0


def test_all_experiments_are_listed(bench: Bench) -> None:
    assert "deadlock" in bench("experiments").out
    assert json.loads(bench("experiments", "--json").out)[0]["name"] == "race"


@pytest.fixture
def only_race(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all experiments only the race is performed, and the others fail at once."""
    _, facts = performed("race", increments=1_000, threads=2)

    def demonstrate(begun: Demonstration, **_: Any) -> Demonstration:
        if begun.asked.experiment == "race":
            return replace(begun, state="done", facts=facts)
        return replace(begun, state="failed", error="It broke.")

    # The package has a command of the same name.
    module = importlib.import_module("bench.commands.experiments")
    monkeypatch.setattr(module, "demonstrate", demonstrate)


@pytest.mark.usefixtures("only_race")
def test_a_group_is_a_table_of_beliefs_and_verdicts(bench: Bench, store: Store) -> None:
    said = bench("experiment", "pitfalls")
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0].split() == ["experiment", "belief", "verdict"]
    pitfalls = [one.name for one in all_experiments().values() if one.group == "pitfalls"]
    assert [line.split()[0] for line in lines[1:]] == pitfalls
    assert lines[1].endswith(" here")
    assert lines[2].endswith("failed. It broke.")
    assert store.demonstrations.count() == len(pitfalls)


@pytest.mark.usefixtures("only_race")
def test_a_group_as_json_is_a_list(bench: Bench) -> None:
    told = json.loads(bench("experiment", "pitfalls", "--json").out)
    assert [one["state"] for one in told][:2] == ["done", "failed"]
