"""A run's traces in the Trace Event Format: well formed, and with all spans of the run."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import jsonschema
import pytest

from bench.errors import Refused
from bench.exports.chrome_trace import chrome_trace
from bench.samples import Run, Span, Trace
from tests.factory import a_run, traced

NUMBER = {"type": "number", "minimum": 0}
WHOLE = {"type": "integer", "minimum": 0}
COMPLETE = {
    "properties": {
        "ph": {"const": "X"},
        "name": {"type": "string"},
        "cat": {"type": "string"},
        "ts": NUMBER,
        "dur": NUMBER,
        "pid": WHOLE,
        "tid": WHOLE,
        "args": {"type": "object"},
    },
    "required": ["ph", "name", "cat", "ts", "dur", "pid", "tid"],
    "additionalProperties": False,
}
METADATA = {
    "properties": {
        "ph": {"const": "M"},
        "name": {
            "enum": ["process_name", "process_sort_index", "thread_name", "thread_sort_index"]
        },
        "pid": WHOLE,
        "tid": WHOLE,
        "args": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "sort_index": WHOLE},
            "minProperties": 1,
            "additionalProperties": False,
        },
    },
    "required": ["ph", "name", "pid", "args"],
    "additionalProperties": False,
}
# The JSON object format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
SCHEMA = {
    "type": "object",
    "properties": {
        "traceEvents": {"type": "array", "items": {"oneOf": [COMPLETE, METADATA]}},
        "displayTimeUnit": {"enum": ["ms", "ns"]},
        "otherData": {"type": "object"},
    },
    "required": ["traceEvents"],
    "additionalProperties": False,
}

WAITING = {"asyncio × 8": (0.3, 0.0), "hybrid × 8 (staged, processes 2)": (0.2, 0.3)}
RUNS = {
    "threads and processes": traced(a_run()),
    "stages and coroutines": traced(a_run(WAITING, workload="scrape"), staged=True),
}
runs = pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)


def events(run: Run, category: str) -> list[dict[str, Any]]:
    return [one for one in chrome_trace(run)["traceEvents"] if one.get("cat") == category]


@runs
def test_it_is_of_the_format(run: Run) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(chrome_trace(run))))


@runs
def test_each_span_of_the_run_is_there_where_it_was(run: Run) -> None:
    told = {
        one["pid"]: one["args"]["name"]
        for one in chrome_trace(run)["traceEvents"]
        if one["name"] == "process_name"
    }
    assert list(told.values()) == [trace.contender for trace in run.traces]
    for trace in run.traces:
        mine = [one for one in events(run, "task") if told[one["pid"]] == trace.contender]
        starts = sorted(one["ts"] for one in mine)
        assert starts == pytest.approx([1e6 * span.start for span in trace.spans], abs=0.01)
        took = sum(one["dur"] for one in mine)
        assert took == pytest.approx(1e6 * sum(span.end - span.start for span in trace.spans))


@runs
def test_on_no_thread_two_spans_overlap(run: Run) -> None:
    lanes: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for one in events(run, "task"):
        lanes.setdefault((one["pid"], one["tid"]), []).append(one)
    for lane in lanes.values():
        assert all(one["ts"] + one["dur"] <= other["ts"] + 1e-6 for one, other in pairwise(lane))


def test_where_rounding_lets_two_spans_overlap_the_later_one_begins_as_the_other_ends() -> None:
    run = a_run()
    spans = (Span(0, 0, 0.0, 1.000001, 0.5), Span(0, 0, 1.0, 2.0, 0.5))
    rounded = replace(run, traces=(Trace("sequential", 2.0, 2, 1, spans),))
    first, second = events(rounded, "task")
    assert (first["tid"], second["tid"]) == (1, 1)
    assert first["ts"] + first["dur"] == second["ts"] == 1_000_001
    assert second["ts"] + second["dur"] == 2_000_000


@runs
def test_a_pass_holds_all_its_tasks(run: Run) -> None:
    passes = {one["pid"]: one for one in events(run, "pass")}
    assert len(passes) == len(run.traces)
    for one in events(run, "task"):
        assert one["ts"] + one["dur"] <= passes[one["pid"]]["dur"] + 0.01


def test_stages_go_by_what_they_do() -> None:
    assert {one["name"] for one in events(RUNS["threads and processes"], "task")} == {"task"}
    named = {one["name"] for one in events(RUNS["stages and coroutines"], "task")}
    assert named == {"waiting", "computing"}


def test_without_traces_there_is_nothing_to_write() -> None:
    with pytest.raises(Refused, match="of which a pass was traced"):
        chrome_trace(a_run())
