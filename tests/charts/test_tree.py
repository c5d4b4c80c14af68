"""The decision tree as a picture: all of it is there, and the way of the answers is marked."""

from typing import Any

import pytest

from bench.analysis.advice import QUESTIONS, ROWS, paths
from bench.charts.lanes import lanes
from bench.charts.theme import DARK, LIGHT
from bench.charts.tree import tree, tree_alt

ANSWERS = {"does": "computes", "state": "no", "code": "arrays"}


def rows_of(answers: dict[str, str], name: str) -> list[dict[str, Any]]:
    spec = tree(answers, LIGHT).to_dict(validate=True)
    found = [layer["data"] for layer in spec["layer"] if layer["data"]["name"] == name]
    return next(data["values"] for data in found if "values" in data)


def test_every_question_and_every_kind_of_task_is_drawn_once() -> None:
    names = [row["name"] for row in rows_of({}, "nodes")]
    assert sorted(names) == sorted([*QUESTIONS, *ROWS])


@pytest.mark.parametrize(("answers", "row"), [(way, row.name) for way, row in paths()])
def test_the_way_that_was_taken_is_marked_from_the_first_question_to_the_task(
    answers: dict[str, str], row: str
) -> None:
    nodes = rows_of(answers, "nodes")
    assert {node["name"] for node in nodes if node["passed"]} == {*answers, row}
    assert [node["name"] for node in nodes if node["here"]] == [row]
    heavy = {corner["to"] for corner in rows_of(answers, "branches") if corner["passed"]}
    assert heavy == {*answers, row} - {"does"}


def test_labels_stand_apart_in_both_layouts() -> None:
    for place in (("x", "y"), ("narrow_x", "narrow_y")):
        spots = [tuple(row[name] for name in place) for row in rows_of({}, "nodes")]
        assert len(set(spots)) == len(spots)
    lines = [row["narrow_y"] for row in rows_of({}, "nodes")]
    assert lines == sorted(lines)


def test_it_is_told_in_words() -> None:
    told = tree_alt(ANSWERS)
    assert "What computes? NumPy, on arrays." in told
    assert told.endswith("That is: Number crunching in NumPy.")
    assert tree_alt({}).endswith("Next: What does a task do most of the time?")
    spec = tree(ANSWERS, DARK).to_dict(validate=True)
    assert spec["description"] == told
    assert "Your answers lead to: Number crunching in NumPy" in str(spec["title"])


def test_answers_are_pictured_as_lanes_of_waiting_and_computing() -> None:
    drawn = lanes(["#--# ", " ####"], LIGHT)
    assert drawn.count("<rect") == 4
    assert drawn.count('fill-opacity="0.3"') == 1
