from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bench.analysis.results import Mode, results
from bench.charts.speedup import speedup, speedup_alt
from bench.charts.strips import LINE_HEIGHT, NARROW_LINE, WIDE_LINE
from bench.charts.theme import DARK, LIGHT, colour_of, ink_of
from bench.samples import Run
from tests.charts.specs import layers_of, rows_of, spec_of
from tests.clusters import a_cluster
from tests.factory import a_run

WAITING = {
    f"{executor} × {workers}": (2.0 / gain, 0.01)
    for executor, gains in {"threads": (1, 30, 200), "asyncio": (1, 31, 300)}.items()
    for workers, gain in zip((1, 32, 1000), gains, strict=True)
}


def drawn(run: Run, mode: Mode = "warm") -> dict[str, Any]:
    return spec_of(speedup(run, results(run), mode, LIGHT, 900))


def axes(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    (points,) = layers_of(spec, "point", "points")
    return points["encoding"]["x"], points["encoding"]["y"]


def labels(spec: dict[str, Any]) -> list[str]:
    return [" ".join(row["lines"]) for row in rows_of(spec, "labels")]


def test_every_contender_is_a_point_with_its_interval() -> None:
    run = a_run(rounds=6)
    points = rows_of(drawn(run), "points")

    assert [point["contender"] for point in points] == [one.name for one in run.plan.contenders]
    for point, result in zip(points, results(run)[2:], strict=True):
        assert result.warm
        assert result.warm.speedup
        assert point["x"] == result.contender.workers
        assert point["y"] == pytest.approx(result.warm.speedup.estimate, rel=1e-4)
        assert point["low"] == pytest.approx(result.warm.speedup.low, rel=1e-4)
        assert point["high"] == pytest.approx(result.warm.speedup.high, rel=1e-4)
        assert (point["verdict"], point["rounds"]) == (result.warm.verdict, 6)
        assert point["colour"] == colour_of(result.contender.executor, LIGHT)


def test_axes_show_the_measured_counts_and_zero() -> None:
    spec = drawn(a_run({f"processes × {count}": (1, 0) for count in (8, 2, 5)}, usable=8))
    x, y = axes(spec)

    assert x["axis"]["values"] == [1, 2, 5, 8]
    assert x["scale"]["domain"][0] < 1
    assert x["scale"]["domain"][1] > 8
    assert y["scale"]["domain"][0] == 0
    assert y["axis"]["title"] == "speedup over sequential, warm pool"
    assert spec["config"]["axisX"]["grid"] is False
    assert spec["config"]["axisY"]["grid"] is True


def test_labels_name_the_lines_in_readable_ink() -> None:
    spec = drawn(a_run())
    rows = rows_of(spec, "labels")

    assert labels(spec)[0] == "threads: no difference shown"
    assert labels(spec)[1].startswith("processes 1.8")
    assert labels(spec)[2] == "ideal"
    assert [row["bold"] for row in rows] == [True, True, False]
    assert rows[1]["colour"] == ink_of("processes", LIGHT)
    assert rows[1]["end_x"] == 2


@pytest.mark.parametrize(("kind", "longest"), [("", WIDE_LINE), ("narrow_", NARROW_LINE)])
def test_labels_do_not_overlap_in_a_crowd(kind: str, longest: int) -> None:
    names = [f"processes × 2 (chunk {size})" for size in range(1, 16)]
    spec = drawn(a_run({"threads × 2": (3.17, 0)} | dict.fromkeys(names, (1.7, 0.1))))
    pixel = axes(spec)[1]["scale"]["domain"][1] / spec["height"]
    rows = sorted(rows_of(spec, "labels"), key=lambda row: float(row[f"{kind}centre"]))

    assert len(rows) == 17
    assert all(len(line) <= longest for row in rows for line in row[f"{kind}lines"])
    for below, above in pairwise(rows):
        lines = len(below[f"{kind}lines"]) + len(above[f"{kind}lines"])
        distance = above[f"{kind}centre"] - below[f"{kind}centre"]
        assert distance / pixel >= lines / 2 * LINE_HEIGHT - 0.1


def test_ideal_ends_with_the_usable_cpus_for_computing() -> None:
    spec = drawn(a_run({"processes × 2": (1.7, 0), "processes × 4": (1.7, 0)}))

    assert [(row["x"], row["y"]) for row in rows_of(spec, "ideal")] == [(1, 1), (2, 2), (4, 2)]
    (cpus,) = rows_of(spec, "cpus")
    assert (cpus["x"], cpus["text"]) == (2, "2 usable CPUs")


def test_ideal_goes_on_to_the_workers_of_a_cluster() -> None:
    run = a_run({"dask × 2": (1.7, 0), "dask × 4": (0.9, 0)})
    cluster = a_cluster(["10.0.0.1"] * 4).as_json()
    spec = drawn(replace(run, environment={**run.environment, "cluster": cluster}))

    assert [(row["x"], row["y"]) for row in rows_of(spec, "ideal")] == [(1, 1), (4, 4)]
    assert [(row["x"], row["text"]) for row in rows_of(spec, "cpus")] == [(2, "2 usable CPUs")]
    assert "2 usable CPUs \\u00b7 4 Dask workers on 1 node" in spec["title"]["subtitle"]["expr"]


def test_an_ideal_out_of_reach_is_named_where_it_leaves_the_chart() -> None:
    spec = drawn(a_run(WAITING, workload="pages", baseline=2.0))
    top = axes(spec)[1]["scale"]["domain"][1]

    assert 300 < top < 400
    assert [(row["x"], row["y"]) for row in rows_of(spec, "ideal")] == [(1, 1), (top, top)]
    assert rows_of(spec, "leaves") == [{"x": top, "y": top, "text": "ideal"}]
    assert "ideal" not in labels(spec)


def test_the_noise_floor_is_the_controls_interval() -> None:
    run = a_run()
    spec = drawn(run)
    control = results(run)[1].warm

    assert control
    assert control.speedup
    (band,) = rows_of(spec, "noise")
    assert band["low"] == pytest.approx(control.speedup.low, rel=1e-4)
    assert band["high"] == pytest.approx(control.speedup.high, rel=1e-4)
    assert "band: noise floor" in spec["title"]["subtitle"]["expr"]


def test_the_title_is_the_finding_and_the_subtitle_what_was_measured() -> None:
    title = drawn(a_run())["title"]

    assert '["Processes \\u00d7 2: 1.8' in title["text"]["expr"]
    for part in ("Count the primes below a limit", a_run().pythons):
        assert part in title["subtitle"]["expr"]
    assert "2 usable CPUs \\u00b7 5 rounds" in title["subtitle"]["expr"]


def test_a_run_from_elsewhere_may_lack_its_environment() -> None:
    spec = drawn(a_run(workload="unheard of", usable=None))

    assert rows_of(spec, "cpus") == []
    assert '["unheard of \\u00b7 CPython' in spec["title"]["subtitle"]["expr"]


def test_more_cpus_than_workers_are_not_marked_on_the_axis() -> None:
    assert rows_of(drawn(a_run(usable=64)), "cpus") == []


@pytest.mark.parametrize("workers", [1, 4])
def test_one_number_of_workers_reads_well(workers: int) -> None:
    run = a_run({f"threads × {workers}": (3.2, 0), f"processes × {workers}": (1.7, 0.1)})
    spec = drawn(run)
    x, _ = axes(spec)

    assert [point["x"] for point in rows_of(spec, "points")] == [workers, workers]
    assert x["axis"]["values"] == sorted({1, workers})
    assert x["scale"]["domain"][0] < workers < x["scale"]["domain"][1]


def test_what_failed_has_no_point() -> None:
    points = rows_of(drawn(a_run(failed=["processes × 2"])), "points")

    assert "processes × 2" not in [point["contender"] for point in points]


@pytest.mark.parametrize("failed", [[], ["sequential"]])
def test_with_nothing_measured_there_is_a_frame(failed: list[str]) -> None:
    run = a_run(rounds=1 if failed else 0, failed=failed)
    spec = drawn(run)

    assert rows_of(spec, "points") == rows_of(spec, "noise") == []
    assert labels(spec) == ["ideal"]
    assert "Nothing measured yet" in spec["title"]["text"]["expr"]
    assert "0 rounds" in spec["title"]["subtitle"]["expr"]


def test_one_round_has_points_without_intervals() -> None:
    spec = drawn(a_run(rounds=1))

    assert {point["interval"] for point in rows_of(spec, "points")} == {"none from one round"}
    assert rows_of(spec, "noise") == []


def test_open_marks_are_filled_with_the_background() -> None:
    run = a_run({"bare-threads × 2": (3.2, 0)})
    (point,) = rows_of(spec_of(speedup(run, results(run), "warm", DARK)), "points")

    assert (point["fill"], point["mark"]) == (DARK.background, "circle")


def test_dashes_tell_series_of_one_colour_apart() -> None:
    spec = drawn(a_run({"processes × 2": (1.7, 0), "processes × 2 (spawn)": (1.8, 0)}))
    (line,) = layers_of(spec, "line", "points")
    scale = line["encoding"]["strokeDash"]["scale"]

    assert scale["domain"] == ["processes", "processes (spawn)"]
    assert scale["range"][0] != scale["range"][1]


def test_the_sentence_tells_every_line() -> None:
    run = a_run()
    told = speedup_alt(results(run), "cold")

    assert told.startswith("Lines of the speedup over sequential against workers, with pool start")
    assert "processes: 0.9" in told
    assert "with 2 workers." in told
    assert drawn(run, "cold")["description"] == told


PYTHONS = ("3.11", "3.13", "3.14t")


def on_three(**more: Any) -> Run:
    """Threads that gain without the GIL alone, on three interpreters."""
    times = {
        f"threads × {workers} on {host}": (3.17 / (workers if host == "3.14t" else 1), 0.0)
        for host in PYTHONS
        for workers in (1, 2)
    }
    return a_run(times, interpreters=PYTHONS, **more)


def test_each_interpreter_has_a_strip_below_its_name() -> None:
    spec = drawn(on_three())
    headings = rows_of(spec, "headings")

    assert [heading["name"] for heading in headings] == list(PYTHONS)
    assert headings[2]["more"] == "CPython 3.14.7 without the GIL"
    tops = [heading["y"] for heading in headings]
    assert tops == sorted(tops, reverse=True)
    for below, strip in zip([*tops[1:], 0], range(3), strict=True):
        points = [row for row in rows_of(spec, "points") if row["strip"] == strip]
        assert all(below < row["y"] < tops[strip] for row in points)


def test_strips_share_their_axes() -> None:
    spec = drawn(on_three())
    x, y = axes(spec)
    ticks = y["axis"]["values"]
    ones = [row["y"] for row in rows_of(spec, "one")]

    assert x["axis"]["values"] == [1, 2]
    assert all(one in ticks for one in ones)
    assert len(ticks) % 3 == 0
    first, second, third = (ticks[place :: len(ticks) // 3] for place in range(len(ticks) // 3))
    assert second[0] - first[0] == pytest.approx(second[1] - first[1])
    assert third[0] - first[0] == pytest.approx(third[2] - first[2])


def test_lines_of_one_name_in_two_strips_are_not_joined() -> None:
    (line,) = layers_of(drawn(on_three()), "line", "points")

    assert "strip" in [detail["field"] for detail in line["encoding"]["detail"]]


def test_the_noise_floor_is_said_to_be_that_of_the_first_interpreter() -> None:
    spec = drawn(on_three())

    assert len(rows_of(spec, "noise")) == 3
    assert "band: noise floor on 3.11" in spec["title"]["subtitle"]["expr"]


def test_one_interpreter_has_no_heading() -> None:
    assert layers_of(drawn(a_run()), "text", "headings") == []
    assert a_run().pythons in drawn(a_run())["title"]["subtitle"]["expr"]


def test_the_sentence_tells_lines_of_several_interpreters_apart() -> None:
    told = speedup_alt(results(on_three()), "warm")

    assert "threads on 3.11: " in told
    assert "threads on 3.14t: " in told
