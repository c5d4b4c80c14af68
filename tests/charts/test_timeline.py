from typing import Any

import pytest

from bench.charts.facts import ordinal
from bench.charts.theme import DARK, LIGHT, colour_of
from bench.charts.thinning import MOST_MARKS
from bench.charts.timeline import timeline_alt, timeline_chart, timelines
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import PROCESSES_WIN, a_run, traced

SHOWN = ("sequential", "threads × 2", "processes × 2")


def drawn(run: Run, chosen: tuple[str, ...] = SHOWN) -> dict[str, Any]:
    return spec_of(timeline_chart(run, timelines(run, chosen), LIGHT, 900))


def tasks_of(spec: dict[str, Any], contender: str) -> list[dict[str, Any]]:
    lanes = [row["lane"] for row in rows_of(spec, "lanes") if row["contender"] == contender]
    return [row for row in rows_of(spec, "tasks") if row["lane"] in lanes]


def headings(spec: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["lines"][0] for row in rows_of(spec, "headings")}


def marks(spec: dict[str, Any]) -> int:
    """How many bars are drawn: a pale one a task, and one for what it was on a CPU."""
    tasks = rows_of(spec, "tasks")
    return len(tasks) + len([row for row in tasks if row.get("cpu", 0) > 0])


def test_every_worker_has_a_lane_in_the_order_of_the_run() -> None:
    spec = drawn(traced(a_run()), ("processes × 2", "sequential", "threads × 2"))
    lanes = [(row["contender"], row["worker"]) for row in rows_of(spec, "lanes")]
    assert lanes == [
        ("sequential", "thread 1"),
        ("threads × 2", "thread 1"),
        ("threads × 2", "thread 2"),
        ("processes × 2", "process 1"),
        ("processes × 2", "process 2"),
    ]
    tops = [row["top"] for row in rows_of(spec, "lanes")]
    assert tops == sorted(set(tops))


def test_a_task_is_as_long_as_it_took_and_filled_up_to_its_share_on_a_cpu() -> None:
    run = traced(a_run())
    row = tasks_of(drawn(run), "threads × 2")[0]
    span = next(trace for trace in run.traces if trace.contender == "threads × 2").spans[0]
    assert span.cpu
    assert row["x2"] - row["x"] == pytest.approx(1000 * (span.end - span.start), rel=1e-3)
    assert row["cpu"] == pytest.approx(1000 * span.cpu, rel=1e-3)
    pale, solid = layers_of(drawn(run), "rect", "tasks")
    assert pale["encoding"]["y"]["field"] == "top"
    assert solid["encoding"]["y"]["field"] == "filled"
    assert pale["encoding"]["y2"] == solid["encoding"]["y2"] == {"field": "bottom"}


def test_all_contenders_share_one_axis_of_time() -> None:
    spec = drawn(traced(a_run()))
    (x,) = [
        layer["encoding"]["x"]
        for layer in spec["layer"]
        if "axis" in layer["encoding"].get("x", {})
    ]
    assert x["axis"]["title"] == "milliseconds since the pass began"
    longest = max(row["x2"] for row in rows_of(spec, "tasks"))
    assert x["scale"]["domain"] == [0, longest]


def test_coroutines_stand_in_lanes_and_do_not_tell_their_cpu_time() -> None:
    spec = drawn(traced(a_run({"asyncio × 4": (1, 0)}, workload="pages")), ("asyncio × 4",))
    assert [row["worker"] for row in rows_of(spec, "lanes")] == [f"lane {n}" for n in (1, 2, 3, 4)]
    assert all("cpu" not in row for row in rows_of(spec, "tasks"))
    assert "up to 4 under way at a time" in headings(spec)["asyncio × 4"]
    assert "Asyncio \\u00d7 4: up to 4 tasks under way" in spec["title"]["text"]["expr"]


def test_the_stage_that_waits_is_told_apart_by_more_than_colour() -> None:
    run = traced(a_run({"hybrid × 3": (1, 0)}, workload="scrape"), staged=True)
    spec = drawn(run, ("sequential", "hybrid × 3"))
    workers = [row["worker"] for row in rows_of(spec, "lanes")]
    assert workers[1:] == ["thread 1", "thread 2", "thread 3", "process 1", "process 2"]
    stages = {row["lane"]: row.get("stage", 0) for row in tasks_of(spec, "hybrid × 3")}
    assert list(stages.values()) == [0, 0, 0, 1, 1]
    pale, _ = layers_of(spec, "rect", "tasks")
    assert pale["mark"]["fillOpacity"]["expr"] == "datum.hollow ? 0 : 0.3"
    assert "outlined: the stage that waits" in spec["title"]["subtitle"]["expr"]


@pytest.mark.parametrize("tasks", [24, 900, 6_000])
def test_a_chart_of_any_run_has_a_bounded_number_of_marks(tasks: int) -> None:
    run = traced(a_run(), tasks=tasks)
    spec = drawn(run, (*PROCESSES_WIN, "sequential"))
    assert len({row["contender"] for row in rows_of(spec, "lanes")}) == 5
    assert marks(spec) <= MOST_MARKS
    if tasks == 6_000:
        assert marks(spec) > MOST_MARKS / 2


def test_what_is_left_out_is_said() -> None:
    spec = drawn(traced(a_run(), tasks=6_000), ("sequential",))
    assert headings(spec)["sequential"].startswith("every 9th of 6,000 tasks in 63")
    assert "gaps may be tasks left out" in spec["title"]["subtitle"]["expr"]
    whole = drawn(traced(a_run()))
    assert headings(whole)["sequential"].startswith("24 tasks in 2")
    assert "left out" not in whole["title"]["subtitle"]["expr"]


def test_workers_beyond_the_most_are_left_out_with_a_sentence() -> None:
    run = traced(a_run({"threads × 100": (1, 0)}, workload="pages"), tasks=200)
    spec = drawn(run, ("threads × 100",))
    assert len(rows_of(spec, "lanes")) == 32
    assert "32 of 100 threads drawn" in headings(spec)["threads × 100"]


def test_the_title_tells_whose_tasks_waited_most() -> None:
    title = drawn(traced(a_run()))["title"]["text"]["expr"]
    assert "Threads \\u00d7 2: tasks were on a CPU for 47.5% of the time they took" in title


def test_the_title_is_of_the_ceiling_only_if_it_stands_alone() -> None:
    run = traced(a_run({"ceiling × 2": (1.6, 0), "threads × 1": (3.2, 0)}))
    for chosen, told in (
        (("ceiling × 2", "threads × 1"), "Threads \\u00d7 1"),
        (("ceiling × 2",), "Ceiling \\u00d7 2"),
    ):
        assert told in drawn(run, chosen)["title"]["text"]["expr"]


def test_who_has_no_trace_is_not_shown() -> None:
    run = traced(a_run(failed=["processes × 2"]))
    assert list(headings(drawn(run))) == ["sequential", "threads × 2"]
    empty = drawn(a_run())
    assert rows_of(empty, "tasks") == rows_of(empty, "lanes") == []
    assert "No pass was traced" in empty["title"]["text"]["expr"]


def test_an_executor_from_elsewhere_has_workers_all_the_same() -> None:
    run = traced(a_run({"unheard-of × 2": (1, 0)}))
    spec = spec_of(timeline_chart(run, timelines(run, ("unheard-of × 2",)), DARK))
    assert [row["worker"] for row in rows_of(spec, "lanes")] == ["worker 1", "worker 2"]
    assert {row["colour"] for row in rows_of(spec, "lanes")} == {colour_of("unheard-of", DARK)}


def test_numbers_are_counted_as_people_do() -> None:
    told = " ".join(ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111))
    assert told == "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th"


def test_the_sentence_tells_every_contender() -> None:
    run = traced(a_run())
    told = timeline_alt(run, timelines(run, SHOWN))
    assert "processes × 2: 24 tasks in 126 ms, on a CPU for 95.0% of their time." in told
    assert drawn(run)["description"] == told
