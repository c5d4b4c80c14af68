"""The table as people and programs read it."""

import json
from typing import Any

import pytest

from bench.analysis.intervals import Interval
from benchmarks.rows import Bound, Row, Sides
from benchmarks.table import Done, as_json, bound_told, markdown, shown

STAMP: dict[str, Any] = {
    "cpus": {"model": "A CPU", "usable": 2, "logical": 4},
    "system": {"name": "Linux", "release": "6.1"},
    "python": {"label": "CPython 3.11.7 with the GIL"},
    "packages": {"ray": "not installed"},
    "memory_bytes": 2**34,
    "fingerprint": "0123abcd",
    "load": 0.5,
    "seed": 1,
    "effort": 1.0,
}

ADDED = Row(
    "threads, chunk one",
    "added a task",
    Interval(0.5, -0.1, 1.1),
    "µs",
    6,
    Bound(high=1.0),
    Sides(0.0102, 0.01),
)
DONE = (
    Done("dispatch", "What does the lab add?", (ADDED,), "2026-01-02 03:04", 61.0),
    Done(
        "peers",
        "How do others do?",
        (Row("a|b", "not measured", note="no ray."),),
        "2026-01-02 03:05",
        2.0,
        "Oh.",
    ),
)


def lines(start: str) -> list[str]:
    return [line for line in markdown(DONE, STAMP).splitlines() if line.startswith(start)]


def test_a_row_shows_both_sides_the_figure_its_bound_and_what_is_said_of_it() -> None:
    assert lines("| dispatch | threads") == [
        "| dispatch | threads, chunk one | 10.2 ms | 10.0 ms | added a task | "
        "0.500 µs (-0.100 µs to 1.10 µs) | 6 | at most 1 µs | not resolved |"
    ]


def test_every_line_of_a_table_has_as_many_cells_as_its_head() -> None:
    head, _, *rows = [line.count("|") for line in lines("| ") if "question" not in line][:4]
    assert rows == [head] * 2


def test_what_was_not_measured_and_what_broke_are_said_below() -> None:
    assert lines("- peers") == ["- peers, a|b: no ray.", "- peers broke: Oh."]


def test_the_machine_and_the_tally_stand_above() -> None:
    text = markdown(DONE, STAMP)
    assert "A CPU, 2 usable CPUs of 4, 16 GiB, Linux 6.1, fingerprint 0123abcd" in text
    assert "2 rows, bounds: 1 not resolved." in text


def test_each_part_says_when_it_was_begun_and_how_long_it_took() -> None:
    assert "| dispatch | What does the lab add? | 2026-01-02 03:04 | 61 s |" in lines("| dispatch")


def test_the_json_holds_each_row_with_what_is_said_of_it() -> None:
    told = json.loads(json.dumps(as_json(DONE, STAMP)))
    assert told["environment"]["cpus"]["model"] == "A CPU"
    row = told["parts"][0]["rows"][0]
    assert row["judgement"] == "not resolved"
    assert row["value"] == {"estimate": 0.5, "low": -0.1, "high": 1.1}
    assert [part["broken"] for part in told["parts"]] == [None, "Oh."]


@pytest.mark.parametrize(
    ("bound", "told"),
    [
        (Bound(high=1.0), "at most 1 µs"),
        (Bound(low=92.0), "at least 92 µs"),
        (Bound(0.98, 1.02), "0.98 to 1.02 µs"),
    ],
)
def test_a_bound_is_told_in_words(bound: Bound, told: str) -> None:
    assert bound_told(bound, "µs") == told


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.00012, "s", "120 µs"),
        (-0.5, "s", "-500 ms"),
        (-0.01, "µs", "-0.0100 µs"),
        (2.0, "", "2.00"),
    ],
)
def test_values_have_the_unit_that_suits_them(value: float, unit: str, text: str) -> None:
    assert shown(value, unit) == text
