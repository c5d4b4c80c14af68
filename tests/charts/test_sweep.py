import json
from typing import Any

import pytest

from bench.analysis.results import Mode, results
from bench.analysis.swept import headline_of, lines_of
from bench.charts.sweep import sweep, sweep_alt
from bench.charts.theme import LIGHT, colour_of
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import a_sweep

METHODS: dict[str, Any] = {
    "of": "start_method",
    "values": ("spawn", "fork"),
    "workload": "primes",
    "seconds": (0.5,),
}
FALLING = {"threads × 2": (2.0, 1.5, 0.8, 0.6)}


def drawn(run: Run, mode: Mode = "warm") -> dict[str, Any]:
    return spec_of(sweep(run, results(run), mode, LIGHT, 900))


def axes(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    (points,) = layers_of(spec, "point", "points")
    return points["encoding"]["x"], points["encoding"]["y"]


def heights(spec: dict[str, Any]) -> dict[str, float]:
    """Where the contenders' points stand."""
    return {row["contender"]: row["y"] for row in rows_of(spec, "points")}


def test_every_contender_is_a_point_above_its_value() -> None:
    run = a_sweep(rounds=6)
    rows = rows_of(drawn(run), "points")

    assert [row["contender"] for row in rows] == [one.name for one in run.plan.contenders]
    assert [row["x"] for row in rows] == [1, 10, 100, 1000] * 2
    for row, result in zip(rows, results(run)[-8:], strict=True):
        assert result.warm
        assert (row["verdict"], row["rounds"]) == (result.warm.verdict, 6)
        assert row["low"] < row["y"] < row["high"]
        assert row["colour"] == colour_of(result.contender.executor, LIGHT)


def test_a_tick_stands_at_each_value_and_the_title_says_what_is_swept() -> None:
    x, y = axes(drawn(a_sweep()))

    assert x["axis"]["values"] == [1, 10, 100, 1000]
    assert x["axis"]["title"] == "length (µs), log scale"
    assert x["scale"]["type"] == "log"
    assert '["1", "10", "100", "1,000"]' in x["axis"]["labelExpr"]
    assert y["axis"]["title"] == "speedup over sequential, warm pool, log scale"


def test_speedups_of_a_small_span_begin_at_zero() -> None:
    spec = drawn(a_sweep(FALLING))
    one = rows_of(spec, "one")[0]["y"]

    assert axes(spec)[1]["axis"]["title"] == "speedup over sequential, warm pool"
    assert one == 1
    assert heights(spec)["threads × 2 at length 1"] == pytest.approx(2, rel=0.05)


def test_speedups_of_a_wide_span_go_by_factors() -> None:
    places = heights(drawn(a_sweep({"pool × 2": (0.1, 1.0, 1.0, 10.0)}, noise=0)))

    low, one, _, high = places.values()
    assert high - one == pytest.approx(one - low, abs=1e-3)


def test_a_break_even_is_a_point_on_the_rule_with_its_interval_and_label() -> None:
    run = a_sweep(noise=0.03)
    spec = drawn(run)
    (row,) = rows_of(spec, "crossings")
    (line, _) = lines_of(run, results(run), "warm")
    at = line.crossings[0].at

    assert [row["x"], row["low"], row["high"]] == pytest.approx(
        [at.estimate, at.low, at.high], rel=1e-4
    )
    assert row["low"] < row["x"] < row["high"]
    assert row["y"] == rows_of(spec, "one")[0]["y"]
    assert row["lines"][0].startswith("breaks even at 4")
    assert " µs (" in row["lines"][0]
    assert " ".join(row["narrow_lines"]) == row["lines"][0]
    assert (row["turn"], row["line"]) == ("faster above", "processes × 2")


def test_a_label_stands_where_the_line_leaves_room() -> None:
    (rising,) = rows_of(drawn(a_sweep({"pool × 2": (0.5, 2.0, 2.0, 2.0)})), "crossings")
    (late,) = rows_of(drawn(a_sweep({"pool × 2": (0.5, 0.5, 0.5, 2.0)})), "crossings")
    (falling,) = rows_of(drawn(a_sweep({"pool × 2": (2.0, 0.5, 0.5, 0.5)})), "crossings")

    below, above = 1, -1
    for row, align, side in (
        (rising, "left", below),
        (late, "right", above),
        (falling, "left", above),
    ):
        assert row["align"] == align
        assert row["dy"] * side > 0


def test_several_break_evens_say_whose_they_are_and_do_not_overlap() -> None:
    early = {"processes × 2": (0.3, 1.3, 1.7, 1.8), "pool × 2": (0.3, 1.2, 1.6, 1.8)}
    rows = rows_of(drawn(a_sweep(early)), "crossings")

    assert {row["narrow_lines"][0] for row in rows} == set(early)
    assert {row["align"] for row in rows} == {"left"}
    for name in ("", "narrow_"):
        tops = sorted(row[f"{name}dy"] for row in rows)
        assert tops[1] - tops[0] >= 16 * len(rows[0][f"{name}lines"])


def test_a_label_without_room_on_one_side_goes_to_the_other() -> None:
    late = {f"threads × {count}": (0.1, 0.3, 0.6, 1.9) for count in (2, 3, 4)}
    rows = rows_of(drawn(a_sweep(late)), "crossings")

    assert {row["align"] for row in rows} == {"left", "right"}
    for row in rows:
        assert (row["narrow_dy"] < 0) == (row["align"] == "right")


def test_in_a_crowd_of_break_evens_only_the_first_are_labelled() -> None:
    crowd = {f"threads × {count}": (0.1, 0.5, 1.5, 1.0 + count / 9) for count in range(2, 14)}
    rows = rows_of(drawn(a_sweep(crowd)), "crossings")
    labelled = [row["x"] for row in rows if row["lines"]]

    assert len(rows) == 12
    assert 3 <= len(labelled) < 12
    assert labelled == [row["x"] for row in rows][: len(labelled)]
    assert all(row["interval"] and row["line"] for row in rows)


def test_the_noise_floor_is_that_of_the_control_at_each_value() -> None:
    run = a_sweep()
    bands = rows_of(drawn(run), "noise")
    controls = [one for one in results(run) if one.contender.role == "control"]

    assert len(bands) == len(controls) == 4
    for band, value in zip(bands, (1, 10, 100, 1000), strict=True):
        assert band["left"] < value < band["right"]
    assert len({(band["low"], band["high"]) for band in bands}) == 4
    assert "band: noise floor" in drawn(run)["title"]["subtitle"]["expr"]


def test_where_an_option_is_swept_one_control_stands_for_all() -> None:
    (band,) = rows_of(drawn(a_sweep({"processes × 2": (1.7, 1.8)}, **METHODS)), "noise")

    assert (band["left"], band["right"]) == (-0.5, 1.5)


def test_names_stand_in_the_order_given_and_no_slope_is_drawn_between_them() -> None:
    spec = drawn(a_sweep({"processes × 2": (1.7, 1.8)}, **METHODS))
    x, _ = axes(spec)
    (line,) = layers_of(spec, "line", "points")
    (band,) = layers_of(spec, "area", "points")

    assert '["spawn", "fork"]' in x["axis"]["labelExpr"]
    assert x["axis"]["title"] == "start method"
    assert line["mark"]["opacity"] < 0.5
    assert band["transform"] == [{"filter": "datum.flat"}]
    assert not any(row["flat"] for row in rows_of(spec, "points"))
    assert rows_of(spec, "crossings") == []


def test_intervals_at_a_name_stand_beside_each_other() -> None:
    lines = {"processes × 1": (1.0, 1.0), "processes × 2": (1.7, 1.8)}
    rows = rows_of(drawn(a_sweep(lines, **METHODS)), "points")

    assert len({row["x"] for row in rows}) == 4
    assert [round(row["x"]) for row in rows] == [0, 1, 0, 1]


def test_what_failed_is_left_out_and_said() -> None:
    run = a_sweep(failed=["processes × 2 at length 1,000"])
    spec = drawn(run)

    assert "processes × 2 at length 1,000" not in heights(spec)
    assert "failed: processes \\u00d7 2 at length 1,000 \\u00b5s" in str(
        spec["title"]["subtitle"]["expr"]
    )


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    spec = drawn(a_sweep(failed=["processes × 2 at length 10"]))
    parts = {row["contender"]: row["part"] for row in rows_of(spec, "points")}
    (line,) = layers_of(spec, "line", "points")

    first, *others = (parts[f"processes × 2 at length {value}"] for value in ("1", "100", "1,000"))
    assert others == [first + 1, first + 1]
    assert len({part for name, part in parts.items() if "threads" in name}) == 1
    assert "part" in [detail["field"] for detail in line["encoding"]["detail"]]


def test_a_line_that_failed_altogether_is_said_once() -> None:
    values = ("1", "10", "100", "1,000")
    run = a_sweep(failed=[f"threads × 2 at length {value}" for value in values])

    assert '"failed: threads \\u00d7 2"' in drawn(run)["title"]["subtitle"]["expr"]


def test_a_run_that_has_begun_shows_what_it_has() -> None:
    nothing = drawn(a_sweep(rounds=0, state="running"))
    first = drawn(a_sweep(rounds=1, state="running"))

    for name in ("points", "noise", "crossings", "labels"):
        assert rows_of(nothing, name) == []
    assert len(rows_of(first, "points")) == 8
    assert {row["interval"] for row in rows_of(first, "points")} == {"none from one round"}
    assert rows_of(first, "crossings") == []


def test_the_title_is_the_runs_headline() -> None:
    run = a_sweep()
    headline = headline_of(run, results(run), "warm").removesuffix(".")

    assert headline.startswith("Processes × 2 breaks even at length ")
    assert json.dumps([headline]) in drawn(run)["title"]["text"]["expr"]


PYTHONS = ("3.11", "3.14t")


def test_each_interpreter_has_a_strip_with_its_own_break_evens() -> None:
    lines = {
        "threads × 2 on 3.11": (0.5, 0.5, 0.5, 0.5),
        "processes × 2 on 3.11": (0.1, 0.5, 1.5, 1.8),
        "threads × 2 on 3.14t": (0.5, 1.5, 1.8, 1.9),
        "processes × 2 on 3.14t": (0.1, 0.5, 1.5, 1.8),
    }
    spec = drawn(a_sweep(lines, interpreters=PYTHONS))
    ones = [row["y"] for row in rows_of(spec, "one")]
    crossings = rows_of(spec, "crossings")

    assert [heading["name"] for heading in rows_of(spec, "headings")] == list(PYTHONS)
    assert {row["series"] for row in rows_of(spec, "points")} == {"threads × 2", "processes × 2"}
    assert sorted(row["line"] for row in crossings if row["y"] == ones[1]) == [
        "processes × 2 on 3.14t",
        "threads × 2 on 3.14t",
    ]
    (alone,) = [row for row in crossings if row["y"] == ones[0]]
    assert alone["narrow_lines"][0] == "breaks even at"
    assert len(rows_of(spec, "noise")) == 4 * 2


def test_the_sentence_tells_every_line() -> None:
    run = a_sweep()
    told = sweep_alt(run, results(run), "warm")

    assert told.startswith("Lines of the speedup over sequential against length, warm pool.")
    assert "Processes × 2 breaks even at length 4" in told
    assert "Threads × 2: slower from length 1 to 10 µs" in told
    assert drawn(run)["description"] == told
