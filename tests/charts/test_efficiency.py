from itertools import pairwise
from typing import Any

import pytest

from bench.analysis.results import Mode, results
from bench.charts.efficiency import efficiency, efficiency_alt
from bench.charts.efficiency_rows import HEIGHT
from bench.charts.strips import LINE_HEIGHT
from bench.charts.theme import LIGHT
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import a_run

SCALES = {
    "processes × 1": (3.2, 0.0),
    "processes × 2": (1.7, 0.0),
    "processes × 4": (1.0, 0.0),
    "ceiling × 1": (3.17, 0.0),
    "ceiling × 2": (1.6, 0.0),
    "ceiling × 4": (0.8, 0.0),
}


def drawn(run: Run, mode: Mode = "warm") -> dict[str, Any]:
    return spec_of(efficiency(run, results(run), mode, LIGHT, 700))


def height_of(spec: dict[str, Any]) -> dict[str, Any]:
    """The channel of the axis of efficiency."""
    (y,) = [
        layer["encoding"]["y"]
        for layer in spec["layer"]
        if "axis" in layer["encoding"].get("y", {})
    ]
    assert isinstance(y, dict)
    return y


def labels(spec: dict[str, Any]) -> list[str]:
    return [" ".join(row["lines"]) for row in rows_of(spec, "labels")]


def test_efficiency_is_speedup_over_workers_with_its_interval() -> None:
    run = a_run(SCALES, usable=4)
    rows = {row["contender"]: row for row in rows_of(drawn(run), "points")}
    for result in results(run)[2:]:
        row, workers = rows[result.contender.name], result.contender.workers
        assert result.warm
        assert result.warm.speedup
        speedup = result.warm.speedup
        assert row["x"] == workers
        assert row["y"] * workers == pytest.approx(speedup.estimate, rel=1e-4)
        assert row["low"] * workers == pytest.approx(speedup.low, rel=1e-4)
        assert row["high"] * workers == pytest.approx(speedup.high, rel=1e-4)
        assert row["rounds"] == 5


def test_the_axis_begins_at_zero_and_holds_the_ideal() -> None:
    spec = drawn(a_run(SCALES, usable=4))
    y = height_of(spec)
    assert y["scale"]["domain"][0] == 0
    assert 1 < y["scale"]["domain"][1] < 1.2
    assert rows_of(spec, "ideal") == [{"x": 1.0, "y": 1}, {"x": 4.0, "y": 1}]


def test_more_workers_than_cpus_have_to_share_them_in_computing() -> None:
    ideal = rows_of(drawn(a_run(SCALES, usable=2)), "ideal")
    assert ideal[:2] == [{"x": 1.0, "y": 1}, {"x": 2.0, "y": 1}]
    assert ideal[-1] == {"x": 4.0, "y": 0.5}
    waiting = a_run({"threads × 8": (0.3, 0)}, workload="pages", usable=2)
    assert rows_of(drawn(waiting), "ideal")[-1] == {"x": 8.0, "y": 1}


def test_the_ceiling_is_drawn_beside_and_each_is_told_against_it() -> None:
    spec = drawn(a_run(SCALES, usable=4, noise=0))
    assert labels(spec) == ["processes 79.2%", "this hardware's ceiling 99.1%"]
    rows = {row["contender"]: row for row in rows_of(spec, "points")}
    assert rows["processes × 4"]["ceiling"] == "80.0%"
    assert rows["ceiling × 4"]["ceiling"] == "not measured"
    assert {row["mark"] for row in rows.values() if row["series"] == "ceiling"} == {""}


def test_the_noise_floor_lies_around_the_ideal() -> None:
    run = a_run(SCALES, usable=4)
    (band,) = rows_of(drawn(run), "noise")
    control = results(run)[1].warm
    assert control
    assert control.speedup
    assert band["low"] == pytest.approx(control.speedup.low, rel=1e-4)
    assert rows_of(drawn(a_run(SCALES, rounds=1)), "noise") == []


def test_the_title_tells_what_the_fastest_makes_of_its_workers() -> None:
    title = drawn(a_run(SCALES, usable=4))["title"]["text"]["expr"]
    assert "Processes \\u00d7 4: 79." in title
    assert "of a 4-fold speedup (7" in title


def test_labels_do_not_overlap() -> None:
    names = [f"processes × 2 (chunk {size})" for size in range(1, 10)]
    spec = drawn(a_run(dict.fromkeys(names, (1.7, 0.1))))
    pixel = HEIGHT / height_of(spec)["scale"]["domain"][1]
    centres = sorted(row["centre"] * pixel for row in rows_of(spec, "labels"))
    apart = [after - before for before, after in pairwise(centres)]
    assert min(apart) >= LINE_HEIGHT - 0.1


def test_usable_cpus_are_marked() -> None:
    spec = drawn(a_run(SCALES, usable=2))
    assert rows_of(spec, "cpus") == [{"x": 2, "text": "2 usable CPUs"}]
    assert layers_of(spec, "text", "cpus")
    assert rows_of(drawn(a_run(SCALES, usable=None)), "cpus") == []


@pytest.mark.parametrize("run", [a_run(rounds=0), a_run(rounds=1, failed=["sequential"])])
def test_with_nothing_to_compare_there_is_a_frame(run: Run) -> None:
    spec = drawn(run)
    assert rows_of(spec, "points") == rows_of(spec, "labels") == []
    assert "Nothing measured yet" in spec["title"]["text"]["expr"]


def test_one_round_has_no_interval() -> None:
    rows = rows_of(drawn(a_run(rounds=1)), "points")
    assert {row["interval"] for row in rows} == {"none from one round"}


def test_the_sentence_tells_every_line() -> None:
    run = a_run(SCALES, usable=4, noise=0)
    told = efficiency_alt(results(run), "warm")
    assert "ceiling: 100% with 1 worker, 99.1% with 2 workers, 99.1% with 4 workers." in told
    assert drawn(run)["description"] == told
