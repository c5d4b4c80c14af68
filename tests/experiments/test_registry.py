"""What every experiment brings: a belief, code that runs, facts that are plain, a picture."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bench.charts.experiment import experiment_chart
from bench.charts.theme import PALETTES
from bench.errors import Refused
from bench.experiments import MODULES, all_experiments, find_experiment
from tests.experiments.performing import performed, verdict_of

# The least that each can be asked for: what is tested here needs no large numbers.
LEAST: Mapping[str, Mapping[str, Any]] = {
    "race": {"increments": 1_000, "threads": 2},
    "deadlock": {"tries": 1},
    "rate-limit": {"rate": 50, "capacity": 2, "requests": 4, "delay": 0.0, "rounds": 1},
    "pipeline": {"pages": 2, "size": 1_000, "largest": 4_000, "delay": 0.0, "rounds": 3},
}


@pytest.mark.parametrize("name", MODULES)
def test_an_experiment_says_what_it_is_about(name: str) -> None:
    one = find_experiment(name)
    assert one.name == name
    assert not one.title.endswith(".")
    assert one.belief.endswith(".")
    assert one.about
    assert 0 < one.seconds < one.deadline_s


@pytest.mark.parametrize("name", MODULES)
def test_its_listings_are_the_source_of_what_runs(name: str) -> None:
    for listing in find_experiment(name).listings:
        assert listing.source.startswith(("def ", "async def ", "class "))
        compile(listing.source, name, "exec")


@pytest.mark.parametrize("name", MODULES)
def test_its_facts_are_plain_and_make_verdict_and_picture(name: str) -> None:
    one = find_experiment(name)
    events, facts = performed(name, **LEAST[name])
    plain_events, plain = json.loads(json.dumps([events, facts]))
    assert verdict_of(one, plain) in ("holds here", "does not hold here", "not resolved here")
    picture = one.picture(plain, plain_events)
    assert picture.sentence.endswith(".")
    for palette in PALETTES.values():
        spec = experiment_chart(picture, palette).to_dict(validate=True)
        assert picture.title in spec["description"]


def test_an_unknown_experiment_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="it must be one of race, deadlock"):
        find_experiment("races")


def test_experiments_are_listed_in_the_order_of_the_registry() -> None:
    assert list(all_experiments()) == list(MODULES)
