"""A plan over time as a chart, and a run's speedups as a picture no larger than a word."""

import re
from xml.etree import ElementTree

import pytest
import vl_convert

from bench.analysis.comparing import Measure
from bench.analysis.summary import summary_of
from bench.analysis.trends import Past, TrendLine, trend_lines
from bench.charts.fonts import register
from bench.charts.sparkline import WIDTH, sparkline
from bench.charts.theme import DARK, LIGHT
from bench.charts.trend import trend
from tests.charts.specs import rows_of, spec_of
from tests.charts.test_pictures import VEGA_LITE
from tests.factory import a_run, a_sweep

MOMENTS = ("11-20 10:00", "11-21 10:00", "11-22 10:00")


def lines(measure: Measure = "speedup") -> tuple[TrendLine, ...]:
    """Three runs, in the second of which threads have no result."""
    runs = [a_run(seed=seed, failed=["threads × 2"] * (seed == 2)) for seed in (1, 2, 3)]
    return trend_lines([Past(run, summary_of(run)) for run in runs], measure)


@pytest.mark.parametrize("measure", ["time", "speedup"])
def test_each_contender_has_a_point_a_run_with_its_interval(measure: Measure) -> None:
    points = rows_of(spec_of(trend(lines(measure), measure, MOMENTS, LIGHT)), "points")
    processes = [row for row in points if row["contender"] == "processes × 2"]
    assert [row["x"] for row in processes] == [1, 2, 3]
    assert all(row["low"] < row["y"] < row["high"] for row in processes)


def test_where_a_run_has_no_result_the_line_is_broken() -> None:
    points = rows_of(spec_of(trend(lines(), "speedup", MOMENTS, LIGHT)), "points")
    threads = [(row["x"], row["part"]) for row in points if row["contender"] == "threads × 2"]
    assert threads == [(1, 0), (3, 1)]


@pytest.mark.parametrize("width", [358, 900])
def test_it_can_be_drawn(width: int) -> None:
    register()
    sweeps = [Past(run, summary_of(run)) for run in (a_sweep(seed=1), a_sweep(seed=2))]
    for found, moments in ((lines("time"), MOMENTS), (trend_lines(sweeps, "time"), MOMENTS[:2])):
        chart = trend(found, "time", moments, DARK, width)
        picture = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=VEGA_LITE)
        assert not re.search("NaN|undefined|Infinity", picture)
        assert MOMENTS[0] in picture


def test_a_sparkline_has_a_bar_for_each_speedup_that_there_is() -> None:
    picture = ElementTree.fromstring(
        sparkline([("threads", 0.98), ("processes", 1.86), ("loky", None)], LIGHT)
    )
    bars = [node for node in picture if node.tag.endswith("rect")]
    (line,) = [node for node in picture if node.tag.endswith("line")]
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert len(heights) == 2
    assert heights[1] / heights[0] == pytest.approx(1.86 / 0.98, rel=0.02)
    # The line at 1 is between the tops of the two.
    tops = [float(bar.attrib["y"]) for bar in bars]
    assert tops[1] < float(line.attrib["y1"]) < tops[0]


def test_a_sparkline_of_many_is_no_wider_than_a_word() -> None:
    picture = ElementTree.fromstring(sparkline([("threads", 1.0)] * 200, LIGHT))
    assert float(picture.attrib["width"]) <= WIDTH + 10
