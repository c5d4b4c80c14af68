"""Pictures of experiments: names at the ends of lines, and one layer alone."""

from typing import Any

from bench.charts.experiment import experiment_chart
from bench.charts.theme import LIGHT
from bench.experiments.picture import Picture


def drawn(kind: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    picture = Picture(kind, "Title", "A sentence.", rows)
    return experiment_chart(picture, LIGHT).to_dict(validate=True)


def names(*ends: tuple[float, float]) -> list[tuple[str, int]]:
    """On which side and how far above its end the name of each line stands."""
    rows = [
        {"series": str(place), "x": x * part, "y": y * part}
        for place, (x, y) in enumerate(ends)
        for part in (0, 1)
    ]
    sets = {
        layer["data"]["name"]: layer["data"].get("values")
        for layer in drawn("lines", rows)["layer"]
    }
    return [(end["align"], end["dy"]) for end in sets["ends"]]


def test_the_names_of_lines_that_end_together_stand_one_above_the_other() -> None:
    first, second, third = names((10, 5), (10, 5), (9, 5))
    assert first[1] > second[1] > third[1]


def test_lines_that_end_apart_have_their_names_beside_their_ends() -> None:
    assert names((10, 5), (10, 1), (5, 5)) == [("right", -8)] * 3


def test_the_name_of_a_line_that_ends_early_stands_inside() -> None:
    assert names((10, 5), (1, 5)) == [("right", -8), ("left", -8)]


def test_spans_without_marks_bring_their_rows() -> None:
    row = {"lane": "a", "start": 0.0, "end": 1.0, "text": "works", "tone": "good"}
    assert drawn("spans", [row])["layer"][0]["data"]["values"][0]["text"] == "✓ works"
