"""Pictures of experiments: words beside bars."""

from typing import Any

from bench.charts.experiment import experiment_chart
from bench.charts.theme import LIGHT
from bench.experiments.picture import Picture
from tests.charts.specs import rows_of, spec_of


def bar(lane: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"lane": lane, "start": start, "end": end, "text": "text", "tone": "good", **more}


def spec(*rows: dict[str, Any]) -> dict[str, Any]:
    picture = Picture("spans", "Title", "A sentence.", rows, marks=[(0.0, "here")])
    return spec_of(experiment_chart(picture, LIGHT))


def test_a_note_stands_where_there_is_room_for_it() -> None:
    drawn = spec(
        bar("one", 0.0, 2.0, note="stopped"),
        bar("two", 6.0, 10.0, note="late"),
        bar("three", 0.0, 10.0, note="ran on"),
        bar("four", 0.0, 1.0),
    )
    notes = [(one["note"], one["at"], one["align"], one["ink"]) for one in rows_of(drawn, "notes")]
    assert notes == [
        ("stopped", 2.0, "left", LIGHT.text),
        ("late", 6.0, "right", LIGHT.text),
        ("ran on", 10.0, "right", LIGHT.background),
    ]


def test_without_notes_there_is_no_layer_for_them() -> None:
    names = [layer["data"]["name"] for layer in spec(bar("one", 0.0, 2.0))["layer"]]
    assert "notes" not in names
