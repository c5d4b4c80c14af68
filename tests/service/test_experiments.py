"""What the service makes of an experiment in its queue."""

import pytest

from bench.asking.experiments import ask
from bench.store import Store
from tests.watching import eventually

pytestmark = pytest.mark.usefixtures("serving")


def test_an_experiment_is_performed_in_its_turn(store: Store) -> None:
    id_ = store.queue.submit(ask("race", {"threads": 2, "increments": 1_000}))
    eventually(
        lambda: (shown := store.demonstrations.find(id_)) and shown.state == "done",
        "an experiment that is done",
    )
    shown = store.demonstrations.find(id_)
    assert shown
    assert shown.facts
    assert shown.facts["locked"]["lost"] == 0
    assert len(shown.events) == 20
    assert shown.environment["fingerprint"]
