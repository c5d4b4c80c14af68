from typing import Any

import pytest

from bench.analysis.results import Mode, results
from bench.analysis.words import seconds
from bench.charts.theme import DARK, LIGHT, colour_of
from bench.charts.times import times, times_alt
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import PROCESSES_WIN, a_run

LINE_UP = ["sequential", "control", *PROCESSES_WIN]


def drawn(run: Run, mode: Mode = "warm") -> dict[str, Any]:
    return spec_of(times(run, results(run), mode, LIGHT, 900))


def names_of(spec: dict[str, Any]) -> list[str]:
    names: list[str] = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    return names


def test_every_contender_has_a_row_with_mean_interval_and_value() -> None:
    run = a_run(rounds=6)
    spec = drawn(run)
    rows = rows_of(spec, "measured")

    assert names_of(spec) == [row["name"] for row in rows] == LINE_UP
    for row, result in zip(rows, results(run), strict=True):
        assert result.warm
        assert row["x"] == pytest.approx(result.warm.seconds.estimate, rel=1e-4)
        assert row["low"] == pytest.approx(result.warm.seconds.low, rel=1e-4)
        assert row["high"] == pytest.approx(result.warm.seconds.high, rel=1e-4)
        assert row["end"] >= row["high"]
        assert row["colour"] == colour_of(result.contender.executor, LIGHT)
        assert row["value"] == seconds(result.warm.seconds.estimate)


def test_every_round_is_drawn() -> None:
    run = a_run(rounds=6)
    ticks = rows_of(drawn(run), "samples")

    assert len(ticks) == len(run.samples)
    mine = [sample.warm_s for sample in run.samples if sample.contender == "threads × 2"]
    assert [tick["x"] for tick in ticks if tick["name"] == "threads × 2"] == pytest.approx(
        mine, rel=1e-4
    )


def test_bars_begin_at_zero_and_the_baseline_is_a_rule_over_all_rows() -> None:
    spec = drawn(a_run())
    (bars,) = layers_of(spec, "bar", "measured")

    assert bars["encoding"]["x"]["scale"]["domain"][0] == 0
    mean = rows_of(spec, "measured")[0]["x"]
    assert rows_of(spec, "baselines") == [{"x": mean, "first": LINE_UP[0], "last": LINE_UP[-1]}]


@pytest.mark.parametrize(
    ("mean", "mode", "title"),
    [
        (2.0, "warm", "seconds, warm pool"),
        (0.02, "warm", "milliseconds, warm pool"),
        (0.00002, "cold", "microseconds, with pool start-up"),
        (2e-7, "cold", "microseconds, with pool start-up"),
    ],
)
def test_the_axis_has_a_unit_that_suits(mean: float, mode: Mode, title: str) -> None:
    spec = drawn(a_run({"threads × 2": (mean, 0)}, baseline=mean), mode)

    x = spec["layer"][0]["encoding"]["x"]
    assert x["axis"]["title"] == title
    assert 0.1 < x["scale"]["domain"][1] < 30


def test_a_cold_chart_shows_what_the_pool_costs() -> None:
    run = a_run({"processes × 2": (1.0, 0.5)}, noise=0)

    (warm,) = [row for row in rows_of(drawn(run), "measured") if row["name"] == "processes × 2"]
    (cold,) = [
        row for row in rows_of(drawn(run, "cold"), "measured") if row["name"] == "processes × 2"
    ]
    assert (warm["value"], cold["value"]) == ("1.00 s", "1.50 s")


def test_a_contender_that_failed_keeps_its_row_and_says_why() -> None:
    spec = drawn(a_run(failed=["processes × 2"]))

    assert "processes × 2" in names_of(spec)
    assert "processes × 2" not in [row["name"] for row in rows_of(spec, "measured")]
    assert rows_of(spec, "failed") == [
        {
            "name": "processes × 2",
            "why": "The trial ended with code 1.",
            "text": "failed: The trial ended with code 1.",
        }
    ]


def test_without_a_baseline_the_others_are_still_drawn() -> None:
    spec = drawn(a_run(failed=["sequential"]))

    assert rows_of(spec, "baselines") == []
    assert len(rows_of(spec, "measured")) == len(LINE_UP) - 1


def test_with_nothing_measured_there_is_a_frame_with_the_names() -> None:
    run = a_run(rounds=0, state="running")
    spec = drawn(run)

    assert names_of(spec) == LINE_UP
    assert rows_of(spec, "measured") == rows_of(spec, "samples") == []
    assert "Nothing measured yet" in times_alt(results(run), "warm")


def test_one_round_has_no_interval() -> None:
    rows = rows_of(drawn(a_run(rounds=1)), "measured")

    assert {row["interval"] for row in rows} == {"none from one round"}
    assert all(row["low"] == row["x"] == row["high"] for row in rows)


def test_an_interval_of_two_rounds_does_not_stretch_the_axis() -> None:
    run = a_run(rounds=2, noise=0.3)
    spec = drawn(run)
    end = spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1]

    assert end <= 1.5 * max(sample.warm_s for sample in run.samples) * 1.001
    assert all(row["end"] <= end for row in rows_of(spec, "measured"))


def test_forty_contenders_make_the_chart_higher() -> None:
    spec = drawn(a_run({f"threads × {count}": (3.0, 0.1) for count in range(1, 41)}))

    assert len(names_of(spec)) == 42
    assert spec["height"] >= 42 * 18


def test_names_of_two_lines_keep_room_for_them() -> None:
    names = [f"threads × {count} (chunk 1)" for count in range(1, 20)]
    spec = drawn(a_run(dict.fromkeys(names, (3.0, 0.1))))

    assert spec["height"] >= (19 + 2) * 28


def test_the_tooltip_says_what_the_control_is() -> None:
    control = rows_of(drawn(a_run()), "measured")[1]

    assert control["told"].startswith("control: sequential once more")


def test_the_control_looks_like_the_baseline_and_nothing_else_does() -> None:
    run = a_run()
    rows = rows_of(spec_of(times(run, results(run), "warm", DARK)), "measured")

    assert rows[0]["colour"] == rows[1]["colour"]
    assert rows[0]["colour"] not in {row["colour"] for row in rows[2:]}


def test_the_sentence_names_shortest_longest_and_failed() -> None:
    told = times_alt(results(a_run(failed=["processes × 1"])), "warm")

    assert "Baseline: sequential, 3.1" in told
    assert "Shortest: processes × 2, 1.7" in told
    assert told.endswith("Failed: processes × 1.")
    assert drawn(a_run())["description"] == times_alt(results(a_run()), "warm")


def on_two(**more: Any) -> Run:
    """Threads on two interpreters, of which the second is half as fast."""
    times = {"sequential on 3.14t": (6.34, 0.0), "threads × 2 on 3.14t": (3.2, 0.0)}
    return a_run(
        {"threads × 2 on 3.11": (3.2, 0.0), **times}, interpreters=("3.11", "3.14t"), **more
    )


def test_rows_of_several_interpreters_are_grouped_below_their_headings() -> None:
    spec = drawn(on_two())
    headings = rows_of(spec, "headings")

    assert [name for name in names_of(spec) if name.strip()] == [
        "sequential on 3.11",
        "control",
        "threads × 2 on 3.11",
        "sequential on 3.14t",
        "threads × 2 on 3.14t",
    ]
    assert [heading["name"] for heading in headings] == ["3.11", "3.14t"]
    below = [names_of(spec)[names_of(spec).index(heading["above"]) + 1] for heading in headings]
    assert below == ["sequential on 3.11", "sequential on 3.14t"]


def test_names_in_a_group_leave_out_its_interpreter() -> None:
    axis = drawn(on_two())["layer"][0]["encoding"]["y"]["axis"]

    assert "regexp(' on [^ ]+$')" in axis["labelExpr"]


def test_each_baseline_is_a_rule_over_its_own_group() -> None:
    spec = drawn(on_two())

    assert [(row["first"], row["last"]) for row in rows_of(spec, "baselines")] == [
        ("sequential on 3.11", "threads × 2 on 3.11"),
        ("sequential on 3.14t", "threads × 2 on 3.14t"),
    ]


def test_a_heading_says_what_the_interpreter_costs_one_thread() -> None:
    first, second = rows_of(drawn(on_two()), "headings")

    assert first["lines"] == ["CPython 3.11.7 with the GIL"]
    assert second["lines"][0] == "CPython 3.14.7 without the GIL"
    assert " ".join(second["lines"][1:]).startswith("sequential 0.50")
    assert " ".join(second["narrow_lines"]) == " ".join(second["lines"])
    assert "times as fast as on 3.11 (0." in " ".join(second["lines"])


def test_a_heading_claims_no_difference_that_is_not_shown() -> None:
    same = a_run({"threads × 2 on 3.11": (3.2, 0.0)}, interpreters=("3.11", "3.14t"))

    assert "no difference from 3.11 shown" in " ".join(rows_of(drawn(same), "headings")[1]["lines"])


def test_with_nothing_measured_the_headings_stand() -> None:
    headings = rows_of(drawn(on_two(rounds=0, state="running")), "headings")

    assert [len(heading["lines"]) for heading in headings] == [1, 1]
