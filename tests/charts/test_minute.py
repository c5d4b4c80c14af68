"""The chart of the one-minute check."""

import re

import pytest
import vl_convert

from bench.charts.fonts import register
from bench.charts.minute import minute, minute_alt
from bench.charts.theme import DARK, LIGHT, Palette
from bench.guides.minute import minute_plan
from bench.samples import Run
from tests.build import a_run
from tests.charts.specs import rows_of, spec_of
from tests.charts.test_pictures import VEGA_LITE
from tests.checked import a_check

ODD = {
    "nothing measured": a_run(minute_plan(2), state="failed"),
    "one round": a_check(rounds=1),
    "two rounds that differ much": a_check(rounds=2, noise=1.5),
    "one CPU": a_check(1.0, workers=1),
    "64 CPUs": a_check(40.0, workers=64),
}


def test_each_row_is_a_share_of_what_would_be_ideal() -> None:
    rows = {row["name"]: row for row in rows_of(spec_of(minute(a_check(1.5), LIGHT)), "measured")}
    assert list(rows) == ["same work twice", "1 worker", "2 workers"]
    assert rows["2 workers"]["x"] == pytest.approx(75, abs=0.5)
    assert rows["2 workers"]["low"] < rows["2 workers"]["x"] < rows["2 workers"]["high"]
    assert rows["2 workers"]["text"] == "1.50 of 2"
    assert rows["1 worker"]["x"] == pytest.approx(100, abs=0.5)


def test_every_round_is_drawn() -> None:
    ticks = rows_of(spec_of(minute(a_check(rounds=7), LIGHT)), "rounds")
    assert len(ticks) == 3 * 7


def test_what_is_too_near_to_the_ideal_to_tell_is_a_band() -> None:
    spec = spec_of(minute(a_check(), DARK))
    assert rows_of(spec, "band") == [{"low": 98.039, "high": 102}]


def test_it_says_in_words_what_it_shows() -> None:
    said = minute_alt(a_check(1.31))
    assert "2 workers reach 1.31 of 2" in said
    assert "noise floor" in said


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize("width", [330, 900])
@pytest.mark.parametrize("run", ODD.values(), ids=ODD)
def test_any_check_can_be_drawn(run: Run, width: int, palette: Palette) -> None:
    register()
    picture = vl_convert.vegalite_to_svg(
        minute(run, palette, width).to_dict(), vl_version=VEGA_LITE
    )
    assert "NaN" not in picture
    assert "same work twice" in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture)
