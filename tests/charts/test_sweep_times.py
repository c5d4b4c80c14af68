from typing import Any

import pytest

from bench.analysis.results import Mode, results
from bench.charts.sweep_times import sweep_times, sweep_times_alt
from bench.charts.theme import DARK, ink_of
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.factory import a_sweep

CHUNKS: dict[str, Any] = {
    "of": "chunk",
    "values": ("many", "one"),
    "workload": "primes",
    "seconds": (0.2,),
}


def drawn(run: Run, mode: Mode = "warm") -> dict[str, Any]:
    return spec_of(sweep_times(run, results(run), mode, DARK, 900))


def labels(spec: dict[str, Any]) -> list[str]:
    return [" ".join(row["lines"]).replace("\xa0", " ") for row in rows_of(spec, "labels")]


def y_axis(spec: dict[str, Any]) -> dict[str, Any]:
    (points,) = layers_of(spec, "point", "points")
    axis: dict[str, Any] = points["encoding"]["y"]["axis"]
    return axis


def test_sequential_work_and_every_line_have_their_times_at_each_value() -> None:
    run = a_sweep(noise=0)
    rows = rows_of(drawn(run), "points")

    names = ["sequential", "processes × 2", "threads × 2"]
    assert [row["series"] for row in rows] == [name for name in names for _ in range(4)]
    assert [row["value"] for row in rows[:4]] == ["1.00 ms", "10.0 ms", "100 ms", "1.00 s"]
    assert rows[0]["interval"] == "1.00 ms – 1.00 ms"


def test_names_and_last_times_stand_at_the_lines() -> None:
    spec = drawn(a_sweep(noise=0))

    assert labels(spec) == ["sequential 1.00 s", "processes × 2: 541 ms", "threads × 2: 1.00 s"]
    assert rows_of(spec, "labels")[0]["colour"] == ink_of("sequential", DARK)


def test_values_in_any_order_are_drawn_from_the_least_to_the_most() -> None:
    run = a_sweep({"threads × 2": (1.0, 1.0)}, values=(10.0, 1.0), seconds=(0.01, 0.001), noise=0)

    assert labels(drawn(run)) == ["sequential 10.0 ms", "threads × 2: 10.0 ms"]


def test_times_of_a_wide_span_go_by_factors_with_a_unit_at_each_tick() -> None:
    axis = y_axis(drawn(a_sweep()))

    assert axis["title"] == "time, warm pool, log scale"
    assert '"1 ms"' in axis["labelExpr"]
    assert '"1 s"' in axis["labelExpr"]


def test_times_of_a_small_span_begin_at_zero_in_a_unit_that_suits() -> None:
    spec = drawn(a_sweep({"threads × 2": (1.0, 1.9)}, **CHUNKS), "cold")

    assert y_axis(spec)["title"] == "milliseconds, with pool start-up"
    assert y_axis(spec)["values"][0] == 0


def test_where_an_option_is_swept_sequential_work_is_a_flat_line_without_marks() -> None:
    rows = rows_of(drawn(a_sweep({"threads × 2": (1.0, 1.9)}, **CHUNKS)), "points")
    flat = [row for row in rows if row["series"] == "sequential"]

    assert [row["x"] for row in flat] == [-0.5, 1.5]
    assert len({row["y"] for row in flat}) == 1
    assert all(row["flat"] and not row["mark"] for row in flat)


def test_each_interpreter_has_its_own_sequential_work() -> None:
    lines = {f"threads × 2 on {host}": (1.0, 1.0, 1.0, 1.0) for host in ("3.11", "3.14t")}
    rows = rows_of(drawn(a_sweep(lines, interpreters=("3.11", "3.14t"))), "points")

    assert [row["strip"] for row in rows if row["series"] == "sequential"] == [0] * 4 + [1] * 4


def test_a_value_whose_sequential_work_failed_is_left_out() -> None:
    rows = rows_of(drawn(a_sweep(failed=["sequential at length 10"])), "points")

    assert [row["x"] for row in rows] == [1, 100, 1000] * 3


@pytest.mark.parametrize("rounds", [0, 1])
def test_a_run_that_has_begun_shows_what_it_has(rounds: int) -> None:
    run = a_sweep(rounds=rounds, state="running")

    assert len(rows_of(drawn(run), "points")) == rounds * 12
    assert ("Nothing measured yet." in sweep_times_alt(run, results(run), "warm")) == (rounds == 0)


def test_the_sentence_tells_where_lines_begin_and_end() -> None:
    run = a_sweep(noise=0)

    assert drawn(run)["description"] == (
        "Lines of the time against length, warm pool. Sequential: 1.00 ms to 1.00 s. "
        "Processes × 2: 10.0 ms to 541 ms. Threads × 2: 1.25 ms to 1.00 s."
    )
