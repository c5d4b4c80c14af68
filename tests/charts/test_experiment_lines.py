"""An experiment's lines: axes by factors, intervals, and names that can be read."""

from itertools import pairwise
from typing import Any

import pytest

from bench.charts.experiment import experiment_chart
from bench.charts.experiment_lines import apart, powers
from bench.charts.theme import LIGHT
from bench.experiments.picture import Picture


def lines(*ends: tuple[float, float], log: bool = True, **more: Any) -> Picture:
    """A line from (1, 1) to each of these ends."""
    rows = [
        {"series": f"line {number}", "x": x, "y": y, **more}
        for number, end in enumerate(ends)
        for x, y in ((1.0, 1.0), end)
    ]
    return Picture("lines", "Lines", "They rise.", rows, log=log, log_y=log)


def ends_of(picture: Picture) -> list[dict[str, Any]]:
    return [dict(row) for row in picture.rows[1::2]]


def test_names_of_lines_that_end_close_together_do_not_cover_each_other() -> None:
    for log in (True, False):
        picture = lines((9.0, 50.0), (9.0, 51.0), (9.0, 52.0), log=log)
        placed = sorted(row["down"] + row["dy"] for row in apart(ends_of(picture), picture))
        assert all(below - above >= 14 for above, below in pairwise(placed))


def test_names_of_lines_that_end_far_apart_stand_where_the_lines_end() -> None:
    picture = lines((10.0, 10.0), (10.0, 100.0), (2.0, 10.0))
    assert [row["dy"] for row in apart(ends_of(picture), picture)] == [0, 0, 0]


@pytest.mark.parametrize(("log", "end"), [(False, 120.0), (True, 100.0**1.2)])
def test_an_axis_goes_on_beyond_the_last_value_so_that_names_have_room(
    log: bool, end: float
) -> None:
    chart = experiment_chart(lines((100.0, 9.0), log=log), LIGHT).to_dict(validate=True)
    domain = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain[-1] == pytest.approx(end)


def test_an_axis_by_factors_has_the_powers_of_ten_around_all_values() -> None:
    assert powers([0.2, 30.0]) == [0.1, 1.0, 10.0, 100.0]
    assert powers([5.0]) == [1.0, 10.0]


def test_intervals_are_drawn_where_there_are_some() -> None:
    with_some = experiment_chart(lines((9.0, 9.0), low=0.5, high=20.0), LIGHT)
    without = experiment_chart(lines((9.0, 9.0)), LIGHT)
    names = [
        {layer["data"]["name"] for layer in chart.to_dict(validate=True)["layer"]}
        for chart in (with_some, without)
    ]
    assert "intervals" in names[0]
    assert "intervals" not in names[1]
