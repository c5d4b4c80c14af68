"""Runs are written as they are measured and read back as they were."""

import random
from dataclasses import replace

import pytest

from bench.samples import Failure, Run, Span, Trace
from bench.settings import Settings
from bench.store import Store
from bench.store.spans import packed, unpacked
from tests.build import a_failure, a_plan, a_sample

ENVIRONMENT = {"cpus": {"usable": 2, "quota": None}, "python": {"label": "CPython ü"}}


def found(store: Store, id_: str) -> Run:
    run = store.runs.find(id_)
    assert run
    return run


def test_a_run_is_found_as_it_was_measured(store: Store) -> None:
    plan = a_plan("pages", preset="article", rounds=3)
    id_ = store.runs.add(plan, "running", environment=ENVIRONMENT)
    samples = tuple(a_sample("threads × 2", round_, 2, warm=0.1 * round_) for round_ in (1, 2, 3))
    failure = a_failure("processes × 2", 2)
    for sample in samples:
        store.runs.keep(id_, sample)
    store.runs.keep(id_, failure)
    run = found(store, id_)
    assert run.plan == plan
    assert run.environment == ENVIRONMENT
    assert run.samples == samples
    assert run.failures == (failure,)


def test_samples_come_back_in_the_order_they_were_measured(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    for round_, order in ((2, 1), (1, 3), (2, 0), (1, 0)):
        store.runs.keep(id_, a_sample("control", round_, order))
    assert [(sample.round, sample.order) for sample in found(store, id_).samples] == [
        (1, 0),
        (1, 3),
        (2, 0),
        (2, 1),
    ]


def test_times_lose_no_digit(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    sample = a_sample("control", warm=1 / 3, cold=1e-9 + 2 / 3)
    store.runs.keep(id_, sample)
    assert found(store, id_).samples == (sample,)


def test_a_message_keeps_its_letters(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    failure = Failure("control", 1, "raised", "Größe '; DROP TABLE runs; --", "línea\n" * 3)
    store.runs.keep(id_, failure)
    assert found(store, id_).failures == (failure,)


def test_a_sample_of_nobody_in_the_plan_is_an_error(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    with pytest.raises(ValueError, match="not in list"):
        store.runs.keep(id_, a_sample("dask × 2"))


def test_a_sample_of_no_run_is_an_error(store: Store) -> None:
    with pytest.raises(LookupError):
        store.runs.keep("0" * 12, a_sample())


def test_an_ended_run_has_its_last_state_with_its_reason(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    store.runs.end(id_, "failed", "The baseline failed.")
    run = found(store, id_)
    assert (run.state, run.error) == ("failed", "The baseline failed.")
    assert run.ended


def test_times_of_a_run_are_those_of_the_clock(store: Store) -> None:
    store.runs.clock = lambda: 1_000.0
    id_ = store.runs.add(a_plan(), "running")
    store.runs.clock = lambda: 1_005.0
    store.runs.end(id_, "done")
    run = found(store, id_)
    assert (run.created, run.started, run.ended) == (1_000.0, 1_000.0, 1_005.0)


def test_two_connections_see_each_others_samples(store: Store, here: Settings) -> None:
    other = Store(here)
    id_ = store.runs.add(a_plan(), "running")
    other.runs.keep(id_, a_sample("control", 1))
    store.runs.keep(id_, a_sample("control", 2))
    assert found(store, id_).samples == found(other, id_).samples
    assert len(found(other, id_).samples) == 2
    other.close()


def test_a_run_is_there_after_the_store_was_closed(here: Settings) -> None:
    first = Store(here)
    id_ = first.runs.add(a_plan(), "running")
    first.close()
    second = Store(here)
    assert found(second, id_).plan == a_plan()
    second.close()


def test_ids_are_twelve_characters_and_differ(store: Store) -> None:
    ids = [store.runs.add(a_plan(), "done") for _ in range(20)]
    assert len(set(ids)) == 20
    assert {len(id_) for id_ in ids} == {12}


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "0" * 12,
        "0" * 11,
        "A" * 12,
        "../../etc/pw",
        "' OR 1=1 --",
        "%",
        "____________",
        "0" * 100_000,
        "\0" * 12,
        "0" * 12 + "\n",
        "\N{ARABIC-INDIC DIGIT ZERO}" * 12,
        "\ud800",
    ],
    ids=ascii,
)
def test_ids_of_no_run_find_nothing(store: Store, id_: str) -> None:
    store.runs.add(a_plan(), "done")
    assert store.runs.find(id_) is None


def test_a_running_run_without_a_heartbeat_shows_as_interrupted(store: Store) -> None:
    store.runs.clock = lambda: 1_000.0
    id_ = store.runs.add(a_plan(), "running")
    states = {}
    for now in (1_000.0, 1_009.0, 1_011.0, 5_000.0):
        store.runs.clock = lambda now=now: now  # type: ignore[misc]
        states[now] = found(store, id_).state
    assert list(states.values()) == ["running", "running", "interrupted", "interrupted"]


def test_a_heartbeat_keeps_a_run_running(store: Store) -> None:
    store.runs.clock = lambda: 1_000.0
    id_ = store.runs.add(a_plan(), "running")
    store.runs.clock = lambda: 1_009.0
    store.queue.beat(id_)
    store.runs.clock = lambda: 1_018.0
    assert found(store, id_).state == "running"


def test_other_states_need_no_heartbeat(store: Store) -> None:
    store.runs.clock = lambda: 1_000.0
    ids = {state: store.runs.add(a_plan(), state) for state in ("queued", "done", "stopped")}
    store.runs.clock = lambda: 9e9
    assert {state: found(store, id_).state for state, id_ in ids.items()} == {
        state: state for state in ids
    }


def test_a_plan_of_something_no_longer_known_can_be_read(store: Store) -> None:
    plan = replace(a_plan(), workload="forgotten")
    id_ = store.runs.add(plan, "done")
    assert found(store, id_).plan.workload == "forgotten"


SPANS = (
    Span(0, 0, 0.000012, 0.000512, 0.0004),
    Span(1, 0, 0.0001, 0.25, None),
    Span(0, 1, 0.0006, 0.000601, 1e-6),
)


def test_a_trace_comes_back_when_it_is_asked_for(store: Store) -> None:
    id_ = store.runs.add(a_plan(), "running")
    trace = Trace("threads × 2", 0.3, 2, 2, SPANS, 5_000_000_000, 10, None)
    store.runs.keep(id_, trace)
    assert found(store, id_).traces == ()
    run = store.runs.find(id_, traces=True)
    assert run
    (kept,) = run.traces
    assert replace(kept, spans=()) == replace(trace, spans=())
    for back, span in zip(kept.spans, SPANS, strict=True):
        assert (back.worker, back.stage) == (span.worker, span.stage)
        assert (back.start, back.end) == pytest.approx((span.start, span.end), abs=1e-6)
        assert back.cpu == (None if span.cpu is None else pytest.approx(span.cpu, abs=1e-6))


def test_spans_of_many_tasks_take_few_bytes() -> None:
    rng = random.Random(7)
    starts = sorted(rng.uniform(0, 1) for _ in range(2_000))
    spans = [
        Span(n % 8, 0, start, start + rng.uniform(0, 0.01), 0.001) for n, start in enumerate(starts)
    ]
    assert len(packed(spans, 1.0)) < 10 * len(spans)


def test_short_spans_keep_their_length() -> None:
    (back,) = unpacked(packed([Span(0, 0, 1e-4, 1e-4 + 3e-7, 2e-7)], 1e-3), 1e-3)
    assert back.end - back.start == pytest.approx(3e-7, rel=0.01)
