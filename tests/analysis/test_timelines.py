"""Timelines from traces: lanes, what is left out, and who to look at first."""

from itertools import pairwise

import pytest

from bench.analysis.results import results
from bench.analysis.timelines import MOST_LANES, Timeline, telling, timeline
from bench.samples import Run, Span, Trace
from tests.factory import a_run, traced


def a_trace(*spans: Span, tasks: int | None = None, name: str = "threads × 2") -> Trace:
    """A trace of these spans, one a task if not said."""
    workers = len({span.worker for span in spans})
    ends = max((span.end for span in spans), default=1.0)
    return Trace(name, ends, len(spans) if tasks is None else tasks, workers, spans)


def of(run: Run, name: str, most: int = 2_000) -> Timeline:
    (found,) = [trace for trace in run.traces if trace.contender == name]
    return timeline(found, most)


def test_each_worker_has_a_lane_of_its_own() -> None:
    found = of(traced(a_run()), "processes × 2")
    assert [lane.worker for lane in found.lanes] == [0, 1]
    assert sum(len(lane.spans) for lane in found.lanes) == found.tasks == 24
    assert (found.every, found.overlapping, found.staged) == (1, False, False)


def test_coroutines_that_overlap_take_the_first_lane_that_is_free() -> None:
    spans = [Span(0, 0, start, end, None) for start, end in ((0, 4), (1, 2), (2, 3), (3, 5))]
    found = timeline(a_trace(*spans), 100)
    assert [[span.start for span in lane.spans] for lane in found.lanes] == [[0], [1, 2, 3]]
    assert (found.overlapping, found.at_once, found.on_cpu) == (True, 2, None)


def test_spans_that_touch_but_for_their_rounding_share_a_lane() -> None:
    unit = 1e-6
    found = timeline(a_trace(Span(0, 0, 0.0, 0.5 + unit, 0.4), Span(0, 0, 0.5, 1.0, 0.4)), 100)
    assert (len(found.lanes), found.at_once) == (1, 1)


def test_the_share_on_a_cpu_is_that_of_the_tasks_time() -> None:
    found = timeline(a_trace(Span(0, 0, 0.0, 1.0, 0.5), Span(1, 0, 0.0, 3.0, 0.5)), 100)
    assert found.on_cpu == pytest.approx(0.25)
    assert of(traced(a_run()), "threads × 2").on_cpu == pytest.approx(0.475)


@pytest.mark.parametrize("most", [1, 7, 50, 200, 5_000])
def test_what_is_too_much_is_left_out_evenly_of_every_worker(most: int) -> None:
    found = of(traced(a_run(), tasks=600), "processes × 2", most)
    kept = [len(lane.spans) for lane in found.lanes]
    assert sum(kept) <= max(most, len(kept))
    assert max(kept) - min(kept) <= 1
    assert sum(kept) * found.every >= 600 or most == 1
    for lane in found.lanes:
        assert all(before.end <= after.start + 1e-6 for before, after in pairwise(lane.spans))


def test_of_stages_that_alternate_both_stay() -> None:
    run = traced(a_run(workload="scrape"), tasks=200, staged=True)
    found = of(run, "threads × 1", 100)
    stages = [span.stage for lane in found.lanes for span in lane.spans]
    assert stages.count(0) == stages.count(1) == 50
    assert (found.every, found.staged) == (4, True)


def test_what_the_trace_left_out_counts_too() -> None:
    run = traced(a_run(), tasks=6_000, kept=2_000)
    assert of(run, "sequential", 2_000).every == 3
    assert of(run, "sequential", 500).every == 12


def test_lanes_beyond_the_most_are_left_out_and_counted() -> None:
    spans = [Span(worker, 0, 0.0, 1.0, 0.1) for worker in range(100)]
    found = timeline(a_trace(*spans), 1_000)
    assert (len(found.lanes), found.lanes_in_all) == (MOST_LANES, 100)


def test_a_trace_without_spans_is_an_empty_timeline() -> None:
    found = timeline(a_trace(tasks=0), 100)
    assert (found.lanes, found.every, found.on_cpu, found.at_once) == ((), 1, None, 0)


def test_the_baseline_the_fastest_and_threads_are_looked_at_first() -> None:
    run = a_run()
    names = [one.name for one in run.plan.line_up]
    assert telling(results(run), names) == ["sequential", "threads × 2", "processes × 2"]
    assert telling(results(run), ["sequential", "processes × 1"]) == ["sequential", "processes × 1"]


def test_the_ceiling_is_looked_at_first_only_where_it_runs_alone() -> None:
    run = a_run({"processes × 2": (1.8, 0.1), "ceiling × 2": (1.6, 0.1)})
    found = results(run)
    assert telling(found, [one.name for one in run.plan.line_up]) == ["sequential", "processes × 2"]
    assert telling(found, ["sequential", "ceiling × 2"]) == ["sequential", "ceiling × 2"]


def test_with_nothing_measured_there_is_nobody_but_the_baseline_to_look_at() -> None:
    run = a_run(rounds=0)
    assert telling(results(run), ["sequential"]) == ["sequential"]
    assert telling(results(run), []) == []
