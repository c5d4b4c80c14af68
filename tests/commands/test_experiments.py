"""Experiments on the command line: the same as on the page."""

import json

import pytest

from bench.store import Store
from tests.commands.conftest import Bench

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
