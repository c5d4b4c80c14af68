"""What every experiment brings: a belief, code that runs, facts that are plain, a picture.

Each is performed once as the pages and the command line do it, in a child process.
"""

import functools
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.asking.experiments import ask
from bench.charts.experiment import experiment_chart
from bench.charts.theme import PALETTES
from bench.demonstration import Demonstration
from bench.errors import Refused
from bench.experiments import MODULES, all_experiments, find_experiment
from bench.service.demonstrate import demonstrate
from tests.experiments.performing import verdict_of
from tests.leaving import leaving_nothing

# The least that each can be asked for: what is tested here needs no large numbers.
LEAST: Mapping[str, Mapping[str, Any]] = {
    "race": {"increments": 1_000, "threads": 2},
    "deadlock": {"tries": 1},
    "pickling": {"kind": "fork"},
    "blocking-the-loop": {"work": 30, "rounds": 2},
    "queue-hang": {"patience": 0.3},
    "shutdown": {"tasks": 4, "step": 20.0},
    "progress": {"items": 4, "longest": 20.0, "rounds": 2},
    "cancel": {"work": 100.0, "runs": 1},
    "counter": {"increments": 400, "rounds": 2},
    "producer-consumer": {"items": 5, "bound": 2},
    "sharing-data": {"team": 1, "largest": 4, "rounds": 3},
    "startup": {"tasks": 10, "longest": 0.1, "rounds": 2},
    "oversubscription": {"most": 2, "rounds": 2, "turns": 100_000},
    "rate-limit": {"rate": 50, "capacity": 2, "requests": 4, "delay": 0.0, "rounds": 1},
    "pipeline": {"pages": 2, "size": 1_000, "largest": 4_000, "delay": 0.0, "rounds": 3},
}


@functools.cache
def shown(name: str) -> Demonstration:
    begun = Demonstration("0" * 12, ask(name, LEAST[name]), "running", 0.0)
    return demonstrate(begun, keep=lambda _: None, stopping=lambda: False)


@pytest.fixture
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails if a file, a process or shared memory of this test is there afterwards."""
    # A short path: that of a manager's socket below it may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="t") as folder, monkeypatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setattr("tempfile.tempdir", None)
        with leaving_nothing(Path(folder)):
            yield


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
def test_it_ends_with_facts_and_leaves_nothing_behind(name: str, nothing_left: None) -> None:  # noqa: ARG001
    assert (shown(name).state, shown(name).error) == ("done", "")


@pytest.mark.parametrize("name", MODULES)
def test_its_facts_make_verdict_and_picture(name: str) -> None:
    one, facts = find_experiment(name), shown(name).facts
    assert facts
    assert verdict_of(one, facts) in ("holds here", "does not hold here", "not resolved here")
    picture = one.picture(facts, shown(name).events)
    assert picture.sentence.endswith(".")
    for palette in PALETTES.values():
        spec = experiment_chart(picture, palette).to_dict(validate=True)
        assert picture.title in spec["description"]


@pytest.mark.parametrize("name", MODULES)
def test_stopped_in_the_middle_it_leaves_nothing_behind(name: str, nothing_left: None) -> None:  # noqa: ARG001
    begun = Demonstration("0" * 12, ask(name, LEAST[name]), "running", 0.0)
    events: list[object] = []
    ended = demonstrate(begun, keep=events.append, stopping=lambda: bool(events))
    assert ended.state == "stopped"


def test_an_unknown_experiment_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="it must be one of race, deadlock, "):
        find_experiment("races")


def test_experiments_are_listed_in_the_order_of_the_registry() -> None:
    assert list(all_experiments()) == list(MODULES)
