"""The further charts of a run drawn as pictures: their text is there, and odd runs can be drawn."""

import io
import re
from collections.abc import Callable

import altair as alt
import pytest
import vl_convert
from PIL import Image

from bench.analysis.costs import costs_of
from bench.analysis.results import results
from bench.charts.costs import costs
from bench.charts.efficiency import efficiency
from bench.charts.fonts import register
from bench.charts.phases import phases
from bench.charts.rounds import rounds
from bench.charts.theme import DARK, LIGHT, Palette
from bench.charts.timeline import timeline_chart, timelines
from bench.samples import Run
from tests.factory import a_run, costing, disturbed, traced

Draw = Callable[[Run, Palette, int | None], alt.LayerChart]


def _timeline(run: Run, palette: Palette, width: int | None) -> alt.LayerChart:
    every = [trace.contender for trace in run.traces]
    return timeline_chart(run, timelines(run, every), palette, width)


CHARTS: dict[str, Draw] = {
    "phases": lambda run, *look: phases(results(run), costs_of(run), *look),
    "costs": lambda run, *look: costs(results(run), costs_of(run), 2, *look),
    "efficiency": lambda run, *look: efficiency(run, results(run), "warm", *look),
    "timeline": _timeline,
    "rounds": lambda run, *look: rounds(run, results(run), "cold", *look),
}

# What has to stand on each.
TEXTS = {
    "phases": {"processes × 2", "warm 1.71 s", "seconds, with pool start-up"},
    "costs": {"processes × 2", "CPUs at a time (of 2)", "38.0 MB", "through pipes"},
    "efficiency": {"2 usable CPUs", "workers", "100%"},
    "timeline": {"threads × 2", "process 2", "milliseconds since the pass began"},
    "rounds": {"processes × 2", "others took", "round", "10%"},
}

FULL = traced(costing(disturbed(a_run(rounds=8), {3: 0.4})))
STAGED = {"asyncio × 8": (0.3, 0.0), "hybrid × 8 (staged, processes 2)": (0.2, 0.3)}

ODD = {
    "nothing measured": a_run(rounds=0),
    "one round": a_run(rounds=1),
    "two noisy rounds": costing(a_run(rounds=2, noise=0.5)),
    "all failed": a_run(failed=["threads × 1", "threads × 2", "processes × 1", "processes × 2"]),
    "no baseline": traced(a_run(failed=["sequential"])),
    "a system that does not tell": costing(a_run(), told=False),
    "many contenders": traced(costing(a_run({f"threads × {n}": (3.0, 0.1) for n in range(1, 31)}))),
    "stages and lanes": traced(a_run(STAGED, workload="scrape", usable=None), staged=True),
}

charts = pytest.mark.parametrize("name", CHARTS)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register()


def svg(name: str, run: Run, palette: Palette, width: int | None) -> str:
    return vl_convert.vegalite_to_svg(CHARTS[name](run, palette, width).to_dict(), vl_version="6.4")


def texts(picture: str) -> set[str]:
    return set(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture))


@charts
@pytest.mark.parametrize("width", [1040, 330, None])
def test_a_picture_has_its_text(name: str, width: int | None) -> None:
    assert TEXTS[name] <= texts(svg(name, FULL, LIGHT, width))


@charts
@pytest.mark.parametrize("run", ODD.values(), ids=ODD)
def test_any_run_can_be_drawn_where_there_is_little_room(name: str, run: Run) -> None:
    picture = svg(name, run, DARK, 330)
    assert len(texts(picture)) > 2
    assert "NaN" not in picture
    assert "undefined" not in picture


def test_panels_that_stand_below_one_another_make_a_picture_higher() -> None:
    wide, narrow = (
        Image.open(io.BytesIO(vl_convert.vegalite_to_png(drawn.to_dict(), vl_version="6.4")))
        for drawn in (CHARTS["costs"](FULL, LIGHT, width) for width in (1040, 330))
    )
    assert (wide.width, narrow.width) == (1040, 330)
    assert narrow.height > 3 * wide.height


def test_half_of_each_bar_is_filled_where_two_threads_share_a_cpu() -> None:
    run = traced(a_run({"threads × 2": (3.0, 0.0)}, noise=0))
    drawn = timeline_chart(run, timelines(run, ["threads × 2"]), LIGHT, 900)
    png = vl_convert.vegalite_to_png(drawn.to_dict(), vl_version="6.4")
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    solid, pale = (0x21, 0x7B, 0xE0), (0xBC, 0xD7, 0xF6)
    counted = {colour: many for many, colour in picture.getcolors(maxcolors=100_000) or []}
    assert 0.4 < counted[solid] / (counted[solid] + counted[pale]) < 0.55
