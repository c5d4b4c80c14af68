"""Pictures of experiments: words beside bars."""

from typing import Any

from bench.charts.experiment import experiment_chart
from bench.charts.theme import LIGHT
from bench.experiments.picture import Picture
from tests.charts.specs import rows_of, spec_of


def bar(lane: str, end: float, **more: Any) -> dict[str, Any]:
    return {"lane": lane, "start": 0.0, "end": end, "text": "text", "tone": "good", **more}


def spec(*rows: dict[str, Any]) -> dict[str, Any]:
    picture = Picture("spans", "Title", "A sentence.", rows, marks=[(0.0, "here")])
    return spec_of(experiment_chart(picture, LIGHT))


def test_a_note_stands_behind_its_bar_or_at_its_end_where_there_is_no_room() -> None:
    drawn = spec(
        bar("one", 2.0, note="stopped"), bar("two", 10.0, note="ran on"), bar("three", 1.0)
    )
    notes = {note["note"]: note for note in rows_of(drawn, "notes")}
    assert {name: note["align"] for name, note in notes.items()} == {
        "stopped": "left",
        "ran on": "right",
    }
    assert notes["ran on"]["ink"] == LIGHT.background


def test_without_notes_there_is_no_layer_for_them() -> None:
    names = [layer["data"]["name"] for layer in spec(bar("one", 2.0))["layer"]]
    assert "notes" not in names
