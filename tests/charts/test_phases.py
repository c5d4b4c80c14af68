from typing import Any

import pytest

from bench.analysis.costs import costs_of
from bench.analysis.results import results
from bench.analysis.words import seconds
from bench.charts.phases import phases, phases_alt
from bench.charts.theme import LIGHT
from bench.samples import Run
from tests.charts.specs import rows_of, spec_of
from tests.factory import a_run

SLOW_START = {"threads × 2": (1.0, 0.01), "processes × 2": (0.6, 1.2)}


def drawn(run: Run) -> dict[str, Any]:
    return spec_of(phases(results(run), costs_of(run), LIGHT, 900))


def parts(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [row for row in rows_of(spec, "phases") if row["name"] == name]


def test_phases_follow_one_another_from_zero() -> None:
    run = a_run(SLOW_START, noise=0)
    start, first, stop = parts(drawn(run), "processes × 2")
    assert [start["phase"], first["phase"], stop["phase"]] == ["start", "first pass", "stop"]
    assert start["x"] == 0
    assert (start["x2"], first["x2"]) == (first["x"], stop["x"])
    ends = [row["x2"] for row in (start, first, stop)]
    assert ends == pytest.approx([0.84, 0.84 + 0.6, 1.8], rel=1e-4)
    assert first["opacity"] < start["opacity"] == stop["opacity"]


def test_a_warm_pass_begins_below_where_the_first_pass_does() -> None:
    spec = drawn(a_run(SLOW_START, noise=0))
    warm = next(row for row in rows_of(spec, "warm") if row["name"] == "processes × 2")
    first = parts(spec, "processes × 2")[1]
    assert warm["x"] == first["x"]
    assert warm["x2"] - warm["x"] == pytest.approx(0.6, rel=1e-3)
    assert warm["top"] >= first["bottom"]


def test_figures_are_those_of_a_single_use_and_of_a_warm_pass() -> None:
    run = a_run(SLOW_START)
    figures = rows_of(drawn(run), "figures")
    for row, result in zip(figures, results(run), strict=True):
        assert result.cold
        assert result.warm
        assert row["text"] == seconds(result.cold.seconds.estimate)
        assert row["warm"] == f"warm {seconds(result.warm.seconds.estimate)}"


def test_every_phase_tells_its_interval_and_its_rounds() -> None:
    first = parts(drawn(a_run(SLOW_START, rounds=6)), "threads × 2")[1]
    assert first["rounds"] == 6
    assert " – " in first["interval"]
    assert parts(drawn(a_run(rounds=1)), "threads × 2")[1]["interval"] == "none from one round"


def test_the_title_names_who_loses_most_when_used_once() -> None:
    title = drawn(a_run(SLOW_START))["title"]["text"]["expr"]
    assert "Processes \\u00d7 2: used once, 3.00 times the time of a warm pass" in title


def test_nothing_is_claimed_that_no_interval_carries() -> None:
    noisy = a_run({"processes × 2": (1.0, 0.1)}, noise=0.01)
    assert "No contender is shown to take 10% longer" in drawn(noisy)["title"]["text"]["expr"]
    assert '"Where the time goes"' in drawn(a_run(SLOW_START, rounds=1))["title"]["text"]["expr"]


def test_the_ceiling_is_no_contender_to_complain_of() -> None:
    run = a_run({"ceiling × 2": (0.5, 2.0), "threads × 2": (1.0, 0.01)})
    assert "No contender" in drawn(run)["title"]["text"]["expr"]


def test_a_contender_that_failed_keeps_its_row_and_says_why() -> None:
    spec = drawn(a_run(failed=["processes × 2"]))
    assert parts(spec, "processes × 2") == []
    (failed,) = rows_of(spec, "failed")
    assert failed["text"] == "failed: The trial ended with code 1."
    assert len(rows_of(spec, "names")) == 6


def test_with_nothing_measured_there_is_a_frame_with_the_names() -> None:
    spec = drawn(a_run(rounds=0))
    assert rows_of(spec, "phases") == rows_of(spec, "warm") == rows_of(spec, "figures") == []
    assert len(rows_of(spec, "names")) == 6
    assert "Nothing measured yet" in spec["title"]["text"]["expr"]


def test_the_sentence_tells_every_contender() -> None:
    run = a_run(SLOW_START, noise=0)
    told = phases_alt(results(run), costs_of(run))
    assert "processes × 2: 840 ms, 600 ms and 360 ms; warm 600 ms." in told
    assert drawn(run)["description"] == told
