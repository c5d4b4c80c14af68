"""Figures of the lab as OpenMetrics text, for Prometheus and its like."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psutil

from bench.settings import Settings
from bench.store import Store
from bench.store.totals import states_of

PREFIX = "speedup_lab"


@dataclass(frozen=True)
class _Family:
    """One figure: its name without prefix, kind and meaning; values by their labels."""

    name: str
    kind: str
    help: str
    values: Mapping[str, float]


def metrics(store: Store, here: Settings) -> str:
    """The text. Raises OSError or Unavailable if it cannot be told."""
    lines: list[str] = []
    for family in _families(store, here):
        name = f"{PREFIX}_{family.name}"
        lines += [f"# TYPE {name} {family.kind}"]
        if unit := _unit(family.name):
            lines += [f"# UNIT {name} {unit}"]
        lines += [f"# HELP {name} {family.help}"]
        sample = f"{name}_total" if family.kind == "counter" else name
        lines += [f"{sample}{labels} {value:.10g}" for labels, value in family.values.items()]
    return "\n".join([*lines, "# EOF"]) + "\n"


def _families(store: Store, here: Settings) -> Iterator[_Family]:
    states = states_of(store.database)
    waiting = sum(count for (_, state), count in states.items() if state == "queued")
    yield _gauge("queue_length", "Jobs that wait.", waiting)
    jobs = {f'{{kind="{kind}",state="{state}"}}': n for (kind, state), n in sorted(states.items())}
    yield _Family("jobs", "gauge", "Runs and experiments that are kept, by state.", jobs)
    totals = store.totals()
    yield _counter("trials", "Trials that gave a sample.", totals.trials)
    yield _counter("failed_trials", "Trials that gave none.", totals.failures)
    yield _counter("disturbed_trials", "Trials that others disturbed.", totals.disturbed)
    share = totals.disturbed / totals.trials if totals.trials else 0.0
    yield _gauge("disturbed_ratio", "Share of all trials that others disturbed.", share)
    yield _counter("measured_seconds", "What all trials took.", totals.seconds)
    service = store.queue.service()
    yield _gauge("service_up", "Whether the measuring service is alive.", service is not None)
    free = shutil.disk_usage(here.data).free
    yield _gauge("free_bytes", "Room where the data is.", free)
    app = psutil.Process()
    with app.oneshot():
        times, memory = app.cpu_times(), app.memory_info().rss
        files = app.num_fds()
    yield _counter("app_cpu_seconds", "What the app itself used.", times.user + times.system)
    yield _gauge("app_memory_bytes", "What the app itself holds in memory.", memory)
    yield _gauge("app_open_files", "Descriptors that the app holds open.", files)


def _gauge(name: str, help_: str, value: float) -> _Family:
    return _Family(name, "gauge", help_, {"": value})


def _counter(name: str, help_: str, value: float) -> _Family:
    return _Family(name, "counter", help_, {"": value})


def _unit(name: str) -> str:
    last = name.rpartition("_")[2]
    return last if last in ("seconds", "bytes", "ratio") else ""
