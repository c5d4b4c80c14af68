"""Bars of experiments: from zero or by factors, with intervals where there are any."""

from typing import Any

import pytest

from bench.charts.experiment import experiment_chart
from bench.charts.theme import LIGHT
from bench.experiments.picture import Picture


def bars(*values: float, log: bool = False, **more: float) -> dict[str, Any]:
    rows = [
        {"label": str(value), "value": value, "text": "", "tone": "good", **more}
        for value in values
    ]
    picture = Picture("bars", "Title", "Sentence.", rows, x="µs", log=log)
    return experiment_chart(picture, LIGHT).to_dict(validate=True)


def layer(spec: dict[str, Any], mark: str) -> dict[str, Any] | None:
    return next((one for one in spec["layer"] if one["mark"]["type"] == mark), None)


def ends_of(spec: dict[str, Any]) -> list[tuple[float, float]]:
    drawn = layer(spec, "rule")
    return [(row["low"], row["high"]) for row in drawn["data"]["values"]] if drawn else []


@pytest.mark.parametrize(
    ("values", "log", "mark", "scale"),
    [
        ([3.0, 70.0], False, "bar", {"nice": True, "zero": True}),
        ([3.0, 70.0], True, "point", {"type": "log", "domain": [1, 100]}),
        ([0.0, 70.0], True, "bar", {"type": "symlog"}),
    ],
)
def test_where_there_is_no_zero_a_bar_is_a_dot(
    values: list[float], log: bool, mark: str, scale: dict[str, Any]
) -> None:
    drawn = layer(bars(*values, log=log), mark)
    assert drawn
    assert drawn["encoding"]["x"]["scale"] == scale


def test_intervals_are_drawn_and_stand_on_the_axis() -> None:
    spec = bars(90.0, log=True, low=80.0, high=110.0)
    assert ends_of(spec) == [(80.0, 110.0)]
    assert layer(spec, "point")["encoding"]["x"]["scale"]["domain"] == [10, 1000]  # type: ignore[index]
    assert ends_of(bars(30.0)) == []


def test_intervals_out_of_all_reach_are_cut_off() -> None:
    assert ends_of(bars(10.0, 20.0, low=1e-9, high=1e9)) == [(5.0, 40.0)] * 2


def test_without_a_row_there_is_an_empty_picture() -> None:
    assert layer(bars(log=True), "point")
