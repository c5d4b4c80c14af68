"""What state a run is in, and clocks that stand still."""

from collections.abc import Callable

from bench.store import Store


def state_of(store: Store, id_: str) -> str:
    run = store.runs.find(id_)
    assert run
    return run.state


def at(seconds: float) -> Callable[[], float]:
    return lambda: seconds
