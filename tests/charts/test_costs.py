from typing import Any

import pytest

from bench.analysis.costs import costs_of
from bench.analysis.results import results
from bench.charts.costs import costs, costs_alt
from bench.charts.theme import LIGHT
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import a_run, costing, traced


def drawn(run: Run, usable: int | None = 2) -> dict[str, Any]:
    return spec_of(costs(results(run), costs_of(run), usable, LIGHT, 900))


def titles(spec: dict[str, Any]) -> list[str]:
    return [row["title"] for row in rows_of(spec, "panels")]


def cells(spec: dict[str, Any], panel: str) -> dict[str, dict[str, Any]]:
    """The bars of a panel by contender."""
    place = titles(spec).index(panel)
    return {row["name"]: row for row in rows_of(spec, "cells") if row["panel"] == place}


def test_panels_of_one_run_share_the_order_of_their_rows() -> None:
    spec = drawn(traced(costing(a_run())))
    assert titles(spec) == [
        "time of a warm pass",
        "its CPU time",
        "CPUs at a time (of 2)",
        "most memory held",
        "through pipes",
    ]
    lines = {row["name"]: row["line"] for row in rows_of(spec, "cells")}
    assert all(row["line"] == lines[row["name"]] for row in rows_of(spec, "cells"))
    assert [*lines] == [one.name for one in a_run().plan.line_up]


def test_bars_are_shares_of_the_longest_with_values_and_intervals() -> None:
    run = traced(costing(a_run(noise=0)))
    time = cells(drawn(run), "time of a warm pass")
    assert time["processes × 1"]["share"] == 1
    assert time["processes × 2"]["share"] == pytest.approx(1.71 / 3.26, rel=1e-3)
    assert time["processes × 2"]["text"] == "1.71 s"
    assert cells(drawn(run), "most memory held")["processes × 2"]["text"] == "38.0 MB"


def test_bars_begin_where_their_panel_does() -> None:
    spec = drawn(traced(costing(a_run())))
    (bar,) = layers_of(spec, "bar", "cells")
    begin = next(step for step in bar["transform"] if step["as"] == "x")
    assert begin["calculate"].endswith("datum.panel + 0.54 * 0")


def test_cpus_used_are_held_against_the_usable_ones() -> None:
    spec = drawn(costing(a_run()))
    (mark,) = rows_of(spec, "marked")
    assert mark == {"panel": titles(spec).index("CPUs at a time (of 2)"), "share": 1.0}
    assert cells(spec, "CPUs at a time (of 2)")["threads × 2"]["share"] < 0.6
    assert rows_of(drawn(costing(a_run()), usable=None), "marked") == []


def test_more_cpus_than_are_usable_do_not_leave_their_panel() -> None:
    spec = drawn(costing(a_run()), usable=1)
    (mark,) = rows_of(spec, "marked")
    assert mark["share"] < 1
    assert cells(spec, "CPUs at a time (of 1)")["processes × 2"]["share"] == 1


def test_bytes_through_pipes_are_told_of_those_that_use_them() -> None:
    rows = rows_of(drawn(traced(costing(a_run()))), "pipes")
    assert [row["line"] for row in rows] == [4, 5]
    assert rows[0]["text"] == ["2.88 kB out", "2.16 kB back"]
    without = traced(costing(a_run({"threads × 2": (3, 0)})))
    assert "through pipes" not in titles(drawn(without))


def test_what_the_system_does_not_tell_has_no_panel() -> None:
    assert titles(drawn(costing(a_run(), told=False))) == ["time of a warm pass"]


def test_what_is_not_known_of_one_contender_is_said() -> None:
    spec = drawn(traced(costing(a_run(failed=["processes × 2"]))))
    said = [(row["panel"], row["line"], row["text"]) for row in rows_of(spec, "absent")]
    assert said == [(3, 1, "not known"), (0, 5, "failed")]


def test_the_tooltip_tells_interval_rounds_and_switches() -> None:
    spec = drawn(traced(costing(a_run(rounds=6))))
    cell = cells(spec, "its CPU time")["threads × 2"]
    assert " – " in cell["interval"]
    assert cell["measured"] == "6 rounds"
    assert "taken off a CPU" in cell["switches"]
    memory = cells(spec, "most memory held")["threads × 2"]
    assert (memory["interval"], memory["measured"]) == ("none", "one pass")


def test_the_title_tells_who_used_most_cpus() -> None:
    spec = drawn(costing(a_run()))
    assert "Most CPUs at a time: 1.8" in spec["title"]["text"]["expr"]
    assert "by processes \\u00d7 2" in spec["title"]["text"]["expr"]


def test_panels_stand_below_one_another_where_there_is_no_room() -> None:
    spec = drawn(traced(costing(a_run())))
    (height,) = [one["expr"] for one in spec["params"] if one["name"] == "height"]
    condition, _, heights = height.partition(" ? ")
    stacked, _, beside = heights.partition(" : ")
    assert condition == "room < 720"
    assert int(stacked) > 4 * int(beside)


def test_with_nothing_measured_there_is_a_frame_with_the_names() -> None:
    spec = drawn(a_run(rounds=0))
    assert rows_of(spec, "cells") == []
    assert {row["text"] for row in rows_of(spec, "absent")} == {"not measured"}
    assert "Nothing measured yet" in spec["title"]["text"]["expr"]


def test_the_sentence_tells_every_contender() -> None:
    run = traced(costing(a_run(noise=0)))
    told = costs_alt(results(run), costs_of(run), 2)
    assert "processes × 2: time of a warm pass 1.71 s, its CPU time 3." in told
    assert drawn(run)["description"] == told
