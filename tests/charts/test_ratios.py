"""The chart of two runs' ratios, and both runs in the charts of one."""

import re
from collections.abc import Callable
from dataclasses import replace

import altair as alt
import pytest
import vl_convert

from bench.analysis.comparing import compare
from bench.analysis.results import results
from bench.analysis.side_by_side import side_by_side
from bench.charts.fonts import register
from bench.charts.ratios import ratios
from bench.charts.speedup import speedup
from bench.charts.sweep import sweep
from bench.charts.sweep_times import sweep_times
from bench.charts.theme import DARK, LIGHT
from bench.charts.times import times
from bench.samples import Run
from tests.charts.specs import rows_of, spec_of
from tests.charts.test_pictures import VEGA_LITE
from tests.factory import PROCESSES_WIN, a_run, a_sweep

A = a_run(noise=0.004)
B = replace(
    a_run({**PROCESSES_WIN, "processes × 2": (1.71 * 1.2, 0.07)}, seed=2, noise=0.004), id="b"
)

ODD = {
    "one round": a_run(rounds=1),
    "two noisy rounds": a_run(rounds=2, noise=2.0),
    "all failed": a_run(failed=["sequential", "threads × 1", "threads × 2", "processes × 2"]),
    "forty contenders": a_run({f"threads × {count}": (3.0, 0.1) for count in range(1, 41)}),
}


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register()


def test_a_row_a_contender_with_shown_differences_on_top() -> None:
    spec = spec_of(ratios(compare(A, B), "time", "warm", LIGHT))
    rows = rows_of(spec, "measured")
    assert [row["name"] for row in rows][:2] == ["processes × 2", "sequential"]
    assert [row["shown"] for row in rows] == [True, False, False, False, False]
    assert rows[0]["low"] < rows[0]["x"] < rows[0]["high"]
    assert rows[0]["x"] == pytest.approx(1.2, rel=0.02)
    assert rows_of(spec, "same") == [{"x": 1}]


def test_it_is_told_in_words_too() -> None:
    description = spec_of(ratios(compare(A, B), "speedup", "cold", LIGHT))["description"]
    assert description.startswith("Intervals of B's speedup over A's")
    assert "Processes × 2: 0.8" in description


@pytest.mark.parametrize("other", ODD.values(), ids=ODD)
def test_any_two_runs_can_be_drawn(other: Run) -> None:
    first = a_run(
        {f"threads × {count}": (3.0, 0.1) for count in range(1, 41)} | dict(PROCESSES_WIN)
    )
    chart = ratios(compare(first, replace(other, id="b")), "time", "warm", DARK, 358)
    picture = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=VEGA_LITE)
    assert not re.search("NaN|undefined|Infinity", picture)


def test_both_runs_stand_in_the_charts_of_one_with_their_own_results() -> None:
    run, both = side_by_side(compare(A, B))
    assert [one.contender.name for one in both][:3] == ["sequential on A", "control on A",
                                                       "threads × 1 on A"]  # fmt: skip
    by_name = {one.contender.name: one for one in both}
    for side, own in (("A", A), ("B", B)):
        for result in results(own):
            mine = by_name[f"{result.contender.name} on {side}"]
            assert (mine.warm, mine.cold, mine.n) == (result.warm, result.cold, result.n)
            assert mine.against == f"{result.against} on {side}"
    drawn = rows_of(spec_of(times(run, both, "warm", LIGHT)), "samples")
    assert len(drawn) == len(A.samples) + len(B.samples)
    headings = rows_of(spec_of(speedup(run, both, "warm", LIGHT)), "headings")
    assert [row["name"] for row in headings] == ["A", "B"]


def test_of_several_interpreters_each_side_has_its_own() -> None:
    a, b = (
        a_run({f"threads × 2 on {host}": (3.0, 0.0) for host in hosts}, interpreters=hosts)
        for hosts in (("3.11", "3.14t"), ("3.13", "3.14t"))
    )
    run, both = side_by_side(compare(a, replace(b, id="b")))
    assert run.plan.interpreters == ("A/3.11", "A/3.14t", "B/3.13", "B/3.14t")
    assert {one.contender.name for one in both} >= {
        "threads × 2 on A/3.11",
        "sequential on B/3.14t",
    }


@pytest.mark.parametrize("chart", [sweep, sweep_times])
def test_two_sweeps_stand_in_one_chart(chart: Callable[..., alt.LayerChart]) -> None:
    run, both = side_by_side(compare(a_sweep(), replace(a_sweep(seed=2), id="b")))
    points = rows_of(spec_of(chart(run, both, "warm", LIGHT)), "points")
    assert {row["contender"].partition(" at ")[0] for row in points} >= {
        "processes × 2 on A",
        "processes × 2 on B",
    }
