"""However large a run is, its charts stay so small that browsers draw them without delay.

The largest runs that the limits allow are drawn, and what stands in the pictures is counted.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree

import altair as alt
import pytest
import vl_convert

from bench.analysis.comparing import compare
from bench.analysis.results import Result, results
from bench.analysis.side_by_side import side_by_side
from bench.analysis.summary import summary_of
from bench.analysis.trends import Past, trend_lines
from bench.asking.plans import MOST_CONTENDERS
from bench.asking.sweeps import MOST_VALUES
from bench.charts.experiment import experiment_chart
from bench.charts.gallery import GALLERY, View, charts_of
from bench.charts.minute import minute
from bench.charts.stage import stage
from bench.charts.theme import LIGHT
from bench.charts.thinning import MOST_MARKS, rounds_within
from bench.charts.trend import trend
from bench.experiments.picture import Picture
from bench.samples import Run
from pages.parts.details import MOST_TIMELINES
from pages.parts.trend_view import MOST as MOST_RUNS
from tests.charts.test_pictures import VEGA_LITE
from tests.factory import a_run, a_sweep, costing, disturbed, traced

WAYS = ("threads", "processes", "asyncio", "loky")
MANY = {f"{way} × {count}": (3.0, 0.1) for way in WAYS for count in range(1, 17)}
FEW = {"threads × 2": (3.0, 0.1)}

# Which runs make a chart large, by its name; else it is the one of many contenders.
LARGEST = {
    "times": ["contenders", "rounds"],
    "rounds": ["contenders", "rounds"],
    "sweep": ["sweep"],
    "sweep-times": ["sweep"],
}


def many(rounds: int) -> Run:
    return costing(a_run(MANY, rounds=rounds))


@pytest.fixture(scope="module")
def largest() -> Mapping[str, Run]:
    """The most contenders, the most rounds, the most values of what is swept."""
    assert len(MANY) == MOST_CONTENDERS
    rounds = a_run(FEW, rounds=1_000)
    sweep = {line: [1.0 + place / 9 for place in range(MOST_VALUES)] for line in ("loky × 2", *FEW)}
    values = [float(place) for place in range(1, MOST_VALUES + 1)]
    return {
        "contenders": traced(many(40), tasks=2_000),
        "rounds": disturbed(rounds, dict.fromkeys(range(1, 1_000), 0.5)),
        "sweep": a_sweep(sweep, values=values, seconds=[0.01] * MOST_VALUES, rounds=20),
    }


def marks(chart: alt.LayerChart) -> int:
    """How many marks a picture of the chart has: all that is drawn but axes and titles."""
    picture = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=VEGA_LITE)
    groups = [node for node in ElementTree.fromstring(picture).iter() if _holds_marks(node)]
    return sum(not child.tag.endswith("}g") for group in groups for child in group)


def _holds_marks(node: ElementTree.Element) -> bool:
    return "role-mark" in node.get("class", "").split()


def subtitle(chart: alt.LayerChart) -> str:
    told: str = chart.to_dict()["title"]["subtitle"]["expr"]
    return told


@pytest.mark.parametrize("name", GALLERY)
def test_no_chart_of_the_largest_runs_has_more_marks_than_browsers_draw_without_delay(
    name: str, largest: Mapping[str, Run]
) -> None:
    for run in (largest[each] for each in LARGEST.get(name, ["contenders"])):
        assert name in charts_of(run.plan)
        chosen = tuple(trace.contender for trace in run.traces[:MOST_TIMELINES])
        view = View("warm", LIGHT, 900, chosen)
        assert 0 < marks(GALLERY[name].draw(run, results(run), view)) <= MOST_MARKS


@pytest.mark.parametrize("name", ["times", "rounds"])
def test_what_a_chart_leaves_out_is_said(name: str, largest: Mapping[str, Run]) -> None:
    for run in (largest["contenders"], largest["rounds"]):
        told = subtitle(GALLERY[name].draw(run, results(run), View("warm", LIGHT)))
        assert re.search(rf"every \w+ round, \d+ of {_rounds(run):,} shown", told)


def _rounds(run: Run) -> int:
    return len({sample.round for sample in run.samples})


def test_two_runs_in_one_chart_have_no_more_marks_than_one() -> None:
    run, both = side_by_side(compare(many(15), replace(many(15), id="other")))
    assert marks(GALLERY["times"].draw(run, both, View("warm", LIGHT, 900))) <= MOST_MARKS


def test_of_a_plan_that_was_run_often_the_newest_runs_are_shown_and_that_is_said() -> None:
    run = many(5)
    lines = trend_lines([Past(run, summary_of(run))] * MOST_RUNS, "speedup")
    moments = [f"11-{day:02} 10:00" for day in range(1, MOST_RUNS + 1)]
    chart = trend(lines, "speedup", moments, LIGHT, 900)
    assert marks(chart) <= MOST_MARKS
    assert re.search(rf"the newest \d\d of {MOST_RUNS} shown", subtitle(chart))
    picture = str(vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=VEGA_LITE))
    assert moments[-1] in picture
    assert moments[0] not in picture


def test_large_charts_of_tour_and_machine_are_thinned_too() -> None:
    run = a_run({"ceiling × 2": (1.6, 0.0)}, rounds=1_500)
    found: tuple[Result, ...] = results(run)
    for chart in (stage(run, found, LIGHT, 900), minute(run, LIGHT, 900)):
        assert MOST_MARKS / 3 < marks(chart) <= MOST_MARKS
        assert "of 1,500 shown" in subtitle(chart)


def test_lines_of_an_experiment_keep_their_ends() -> None:
    rows = [
        {"series": f"line {line}", "x": float(x), "y": float(x * line)}
        for line in (1, 2)
        for x in range(4_001)
    ]
    chart = experiment_chart(Picture("lines", "Levels", "They rise.", rows), LIGHT, 900)
    assert marks(chart) <= MOST_MARKS
    shown = next(layer["data"]["values"] for layer in chart.to_dict()["layer"])
    assert [(row["x"], row["y"]) for row in shown if row["x"] in (0, 4_000)] == [
        (0.0, 0.0),
        (4_000.0, 4_000.0),
        (0.0, 0.0),
        (4_000.0, 8_000.0),
    ]
    assert f"{len(shown):,} of 8,002 points shown" in subtitle(chart)


@pytest.mark.parametrize(("room", "every"), [(10, 1), (9, 2), (4, 3), (1, 10)])
def test_as_many_rounds_are_drawn_as_there_is_room_for(room: int, every: int) -> None:
    shown = rounds_within(room, dict.fromkeys(range(1, 11), 1))
    assert shown.every == every
    assert len(shown.drawn) <= room
    assert 1 in shown.drawn
