"""Made-up runs and demonstrations, kept in a store as the service would keep them."""

from typing import Any

from bench.asking.experiments import ask
from bench.samples import Run, State
from bench.store import Store
from tests.experiments.performing import performed


def keep_run(store: Store, run: Run, state: State = "done", error: str = "") -> str:
    """Keep a run with its outcomes and traces; its id."""
    id_ = store.runs.add(run.plan, "running", environment=run.environment)
    for outcome in (*run.outcomes, *run.traces):
        store.runs.keep(id_, outcome)
    if state != "running":
        store.runs.end(id_, state, error)
    return id_


def keep_race(store: Store, state: State = "done") -> str:
    """Perform the race and keep it; its id. If it has not ended it has no facts."""
    return keep_shown(store, "race", state, threads=2, increments=1_000)


def keep_shown(store: Store, name: str, state: State = "done", **parameters: Any) -> str:
    """Perform an experiment and keep it; its id. If it has not ended it has no facts."""
    id_ = store.demonstrations.add(ask(name, parameters), "running")
    events, facts = performed(name, **parameters)
    for event in events:
        store.demonstrations.keep(id_, event)
    if state == "done":
        store.demonstrations.tell(id_, facts, "")
    store.demonstrations.end(id_, state, "" if state == "done" else "It <i>broke</i>.")
    return id_
