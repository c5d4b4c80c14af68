from dataclasses import replace
from typing import Any

import pytest

from bench.analysis.results import Mode, results
from bench.charts.rounds import rounds, rounds_alt
from bench.charts.theme import DARK, LIGHT, Palette
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import a_run, costing, disturbed


def drawn(run: Run, mode: Mode = "warm") -> dict[str, Any]:
    return spec_of(rounds(run, results(run), mode, LIGHT, 900))


def title(spec: dict[str, Any]) -> str:
    told: str = spec["title"]["text"]["expr"]
    return told


def subtitle(spec: dict[str, Any]) -> str:
    told: str = spec["title"]["subtitle"]["expr"]
    return told


def points(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [row for row in rows_of(spec, "samples") if row["name"] == name]


def test_every_sample_is_a_point_in_its_contenders_row() -> None:
    run = a_run(rounds=6)
    spec = drawn(run)
    assert len(rows_of(spec, "samples")) == len(run.samples)
    assert [row["round"] for row in points(spec, "control")] == [1, 2, 3, 4, 5, 6]
    middles = {row["lines"][0]: row["middle"] for row in rows_of(spec, "names")}
    for row in rows_of(spec, "samples"):
        assert abs(row["middle"] - middles[row["name"]]) < 23


def test_a_point_stands_as_far_from_its_mean_as_its_time_does() -> None:
    run = a_run(rounds=2, noise=0)
    samples = [
        replace(one, warm_s=one.warm_s * (1.1 if one.round == 1 else 1 / 1.1))
        for one in run.samples
    ]
    spec = drawn(replace(run, samples=tuple(samples)))
    (middle,) = [row["middle"] for row in rows_of(spec, "names") if row["lines"] == ["control"]]
    above, below = points(spec, "control")
    # Rows reach 10% to either side within 16 pixels.
    assert (above["off"], below["off"]) == ("+10.0%", "\N{MINUS SIGN}9.09%")
    assert middle - above["middle"] == pytest.approx(16, abs=0.1)
    assert below["middle"] - middle == pytest.approx(16 * 0.909, abs=0.1)


def test_disturbed_rounds_are_marked_and_hollow_where_left_out() -> None:
    spec = drawn(disturbed(a_run(rounds=8), {3: 0.4, 7: 0.2}))
    assert [row["round"] for row in rows_of(spec, "disturbed")] == [3, 7]
    assert {row["round"] for row in rows_of(spec, "samples") if row.get("out")} == {3, 7}
    assert "2 of 8 rounds were disturbed and left out" in title(spec)
    assert "hollow: left out" in subtitle(spec)
    (mark,) = layers_of(spec, "point", "disturbed")
    assert mark["mark"]["shape"] == "triangle-down"


def test_disturbed_rounds_that_are_needed_stay_filled() -> None:
    spec = drawn(disturbed(a_run(rounds=3), {3: 0.4}, enough=False))
    assert "1 of 3 rounds was disturbed, too many to leave out" in title(spec)
    assert not [row for row in rows_of(spec, "samples") if row.get("out")]
    assert "hollow" not in subtitle(spec)


def test_rows_show_what_is_used_and_what_is_further_off_at_their_edge() -> None:
    spec = drawn(disturbed(a_run(rounds=8), {3: 0.4}, slow=9.0))
    by_round = {row["round"]: row for row in points(spec, "control")}
    assert by_round[3]["mark"] == "triangle-up"
    assert by_round[3]["off"].startswith("+8")
    assert [other for other in by_round if "mark" in by_round[other]] == [3]
    assert "triangle: further off" in subtitle(spec)
    assert {row["text"] for row in rows_of(spec, "scale")} >= {"+5%", "\N{MINUS SIGN}5%"}


def test_the_strip_below_shows_what_others_took_from_zero() -> None:
    spec = drawn(disturbed(a_run(rounds=8), {3: 0.4, 7: 0.2}))
    heights = {row["round"]: row["bottom"] - row["top"] for row in rows_of(spec, "rounds")}
    assert heights[1] == 0
    assert heights[3] == pytest.approx(2 * heights[7], rel=0.01)
    third = rows_of(spec, "rounds")[2]
    assert third["others"] == "40.0%"
    (limit,) = [row for row in rows_of(spec, "scale") if row.get("limit")]
    assert limit["text"] == "10%"
    assert spec["height"] - limit["middle"] == pytest.approx(heights[7] / 2, abs=0.1)


def test_a_system_that_does_not_tell_has_no_strip_and_says_so() -> None:
    spec = drawn(costing(a_run(), told=False))
    assert rows_of(spec, "rounds") == []
    assert "is not told" in title(spec)
    assert {row["others"] for row in rows_of(spec, "samples")} == {"not told"}
    assert spec["height"] < drawn(a_run())["height"]


def test_calm_rounds_are_said_to_be_so() -> None:
    assert "5 rounds: none was disturbed" in title(drawn(a_run()))


def test_times_with_start_up_are_another_reading() -> None:
    run = a_run({"processes × 2": (1.0, 0.5)})
    warm, cold = (points(drawn(run, mode), "processes × 2")[0] for mode in ("warm", "cold"))
    assert warm["value"] != cold["value"]
    assert "with pool start-up" in subtitle(drawn(run, "cold"))


def test_more_samples_than_a_picture_can_hold_are_thinned_by_rounds() -> None:
    run = a_run({f"threads × {count}": (3.0, 0.1) for count in range(1, 21)}, rounds=100)
    spec = drawn(run)
    assert [row["round"] for row in points(spec, "control")] == list(range(1, 101, 2))
    assert "every 2nd round, 50 of 100 shown" in subtitle(spec)


def test_one_round_stands_on_its_mean() -> None:
    spec = drawn(a_run(rounds=1))
    assert {row["off"] for row in rows_of(spec, "samples")} == {"0%"}


def test_a_contender_that_failed_keeps_its_row() -> None:
    spec = drawn(a_run(failed=["processes × 2"]))
    assert points(spec, "processes × 2") == []
    assert [row["text"] for row in rows_of(spec, "absent")] == ["failed"]


def test_with_nothing_measured_there_is_a_frame_with_the_names() -> None:
    spec = drawn(a_run(rounds=0))
    assert rows_of(spec, "samples") == rows_of(spec, "rounds") == []
    assert len(rows_of(spec, "names")) == 6
    assert "Nothing measured yet" in title(spec)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_hollow_points_have_the_background_of_their_theme(palette: Palette) -> None:
    run = disturbed(a_run(rounds=8), {3: 0.4})
    (layer,) = layers_of(spec_of(rounds(run, results(run), "warm", palette)), "point", "samples")
    fill = next(step for step in layer["transform"] if step["as"] == "fill")
    assert fill["calculate"] == f"datum.out ? '{palette.background}' : datum.colour"


def test_the_sentence_tells_how_far_times_lie_apart() -> None:
    run = a_run()
    told = rounds_alt(run, results(run), "warm")
    assert told.startswith("Points of every contender's time in each of 5 rounds. 5 rounds: none")
    assert "processes × 2: 1.7" in told
    assert drawn(run)["description"] == told
