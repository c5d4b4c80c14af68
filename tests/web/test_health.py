"""Whether the lab works is told truly; figures are told in OpenMetrics."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette

from bench.settings import Settings
from bench.store import Store
from bench.web import health, health_routes
from tests.build import a_failure, a_plan, a_sample
from tests.web.calling import Answer, get

Ask = Callable[[str], Answer]


@pytest.fixture
def ask(store: Store, here: Settings) -> Ask:
    """A function that asks for an address; each time it is found out anew."""
    moments = iter(range(0, 10_000, 100))
    routes = health_routes(store, here, clock=lambda: float(next(moments)))
    return lambda path: get(Starlette(routes=routes), path)


def checks(answer: Answer) -> Any:
    return json.loads(answer.body)["checks"]


def test_a_lab_that_works_says_so(ask: Ask, store: Store) -> None:
    store.queue.service_beat(1)
    answer = ask("/health")
    assert (answer.code, json.loads(answer.body)["ok"]) == (200, True)
    assert answer.headers["cache-control"] == "no-store"
    assert set(checks(answer)) == {"database", "disk", "service", "queue"}


def test_asking_leaves_nothing_in_the_queue(ask: Ask, store: Store) -> None:
    id_ = store.queue.submit(a_plan())
    for _ in range(3):
        ask("/health")
    assert store.database.row("SELECT count(*) FROM runs")[0] == 1  # type: ignore[index]
    run = store.runs.find(id_)
    assert run
    assert run.state == "queued"


def test_without_a_service_it_is_not_well(ask: Ask) -> None:
    answer = ask("/health")
    assert answer.code == 503
    assert [name for name, check in checks(answer).items() if not check["ok"]] == ["service"]


def test_a_job_that_nobody_takes_is_not_well(ask: Ask, store: Store) -> None:
    store.queue.submit(a_plan())
    store.queue.service_beat(1)
    assert ask("/health").code == 200
    store.database.rows("UPDATE runs SET queued = queued - 1000")
    answer = ask("/health")
    assert answer.code == 503
    assert checks(answer)["queue"]["told"].startswith("Jobs wait, the first for 1000 s")
    # It waits for the command line, or for another run: that is well.
    store.queue.service_beat(1, "python -m bench run")
    assert ask("/health").code == 200
    store.queue.service_beat(1)
    store.runs.add(a_plan(), "running")
    assert ask("/health").code == 200


def test_a_full_disk_is_not_well(ask: Ask, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.queue.service_beat(1)
    monkeypatch.setattr(health, "LEAST_ROOM", 10**18)
    answer = ask("/health")
    assert answer.code == 503
    assert "make room there" in checks(answer)["disk"]["told"]


def test_a_database_that_does_not_work_is_not_well(ask: Ask, store: Store) -> None:
    store.queue.service_beat(1)
    store.database.rows("DROP TABLE services")
    store.database.rows("ALTER TABLE runs RENAME TO gone")
    answer = ask("/health")
    assert answer.code == 503
    assert checks(answer)["database"]["told"].startswith("The lab's database does not work (")
    assert ask("/metrics").code == 503


def test_it_is_found_out_anew_after_a_while_only(store: Store, here: Settings) -> None:
    moment = 100.0
    app = Starlette(routes=health_routes(store, here, clock=lambda: moment))
    assert get(app, "/health").code == 503
    store.queue.service_beat(1)
    assert get(app, "/health").code == 503
    moment += health.FRESH
    assert get(app, "/health").code == 200


def test_figures_are_open_metrics(ask: Ask, store: Store) -> None:
    store.queue.service_beat(1)
    store.queue.submit(a_plan())
    id_ = store.runs.add(a_plan(), "running")
    for outcome in (
        a_sample(trial=2.0),
        a_sample("control", 2, foreign=0.9, trial=3.0),
        a_failure("threads × 2"),
    ):
        store.runs.keep(id_, outcome)
    store.runs.end(id_, "done")
    answer = ask("/metrics")
    assert answer.code == 200
    assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    lines = answer.text.splitlines()
    assert lines[-1] == "# EOF"
    found = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert float(found["speedup_lab_queue_length"]) == 1
    assert float(found['speedup_lab_jobs{kind="run",state="done"}']) == 1
    assert float(found["speedup_lab_trials_total"]) == 2
    assert float(found["speedup_lab_failed_trials_total"]) == 1
    assert float(found["speedup_lab_disturbed_ratio"]) == 0.5
    assert float(found["speedup_lab_measured_seconds_total"]) == 5.0
    assert float(found["speedup_lab_service_up"]) == 1
    # Each figure stands below its own kind, and a counter's name ends as it must.
    kinds = dict(re.findall(r"(?m)^# TYPE (\S+) (\S+)$", answer.text))
    for name in found:
        family = name.partition("{")[0]
        if family.endswith("_total"):
            assert kinds[family.removesuffix("_total")] == "counter"
        else:
            assert kinds[family] == "gauge"
