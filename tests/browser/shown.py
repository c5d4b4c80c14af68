"""What the photographed app holds: real runs that are kept here, and what it performs itself."""

import time
from collections.abc import Iterable

from bench.analysis.advice import ROWS
from bench.asking.experiments import ask
from bench.asking.plans import draft
from bench.guides.decisions import plans_of
from bench.guides.minute import minute_plan
from bench.guides.tour import STEPS, step_plan
from bench.imports.bringing import bring_in
from bench.measure.host.cpus import cpus
from bench.plan import Plan
from bench.settings import Settings
from bench.store import Store
from bench.store.kinds import Asking
from tests.browser.conftest import ROOT

RUNS = ROOT / "tests" / "fixtures" / "shown"
EXAMPLE = ROOT / "bench" / "guides" / "example.json"

# How many rows of the decision table are measured, and the pitfalls that are performed.
ROWS_MEASURED = 1
PITFALLS = ("race",)

# The longest that one of them may take, in seconds.
PATIENCE = 120.0


def fill(store: Store, here: Settings) -> dict[str, str]:
    """Have things performed, and then bring the kept runs in; their ids by name."""
    for asking in _asked(cpus().usable):
        _perform(store, asking)
    kept = {path.stem: path for path in RUNS.glob("*.json")} | {"primes": EXAMPLE}
    return {name: bring_in(store, here, kept[name].read_bytes()) for name in sorted(kept)}


def long_plan() -> Plan:
    """What goes on for longer than taking pictures of it does."""
    ways: dict[str, dict[str, object]] = {"threads": {}, "processes": {}}
    return draft("primes", executors=ways, workers=[1, 2], rounds=1_000)


def _asked(usable: int) -> Iterable[Asking]:
    plans, _ = plans_of(list(ROWS.values())[:ROWS_MEASURED], usable)
    yield minute_plan(usable)
    yield step_plan(STEPS[0], usable)
    yield from plans.values()
    for name in PITFALLS:
        yield ask(name)


def _perform(store: Store, asking: Asking) -> None:
    """Let the app's own service do it, and wait until it has."""
    id_ = store.queue.submit(asking)
    until = time.monotonic() + PATIENCE
    while (job := store.runs.find(id_) or store.demonstrations.find(id_)) and job.active:
        assert time.monotonic() < until, f"{asking} did not end within {PATIENCE:g} s"
        time.sleep(0.5)
