"""Charts as pictures: their size, their look, their font, and that they ask nobody for anything."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from bench.charts.fonts import WEB_FONT
from bench.charts.gallery import GALLERY, answer_of, charts_of, drawable
from bench.errors import Refused
from bench.exports.look import Look, look_of
from bench.exports.pictures import PICTURE, chart_names, png, svg
from bench.store import Store
from tests.exports.hostile import SCRIPT, a_hostile_run
from tests.factory import a_run, a_sweep, costing, traced
from tests.keeping import keep_race

FULL = traced(costing(a_run()))


def drawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_run_has_the_charts_that_fit_its_plan() -> None:
    assert {*charts_of(FULL.plan), *charts_of(a_sweep().plan)} == set(GALLERY)
    assert not {"efficiency", "timeline", "times"} & charts_of(a_sweep().plan).keys()
    assert "efficiency" not in charts_of(a_run({"processes × 1": (1.7, 0.1)}).plan)
    assert "timeline" not in drawable(a_run())
    assert [answer_of(one.plan) for one in (FULL, a_sweep())] == ["speedup", "sweep"]


@pytest.mark.parametrize("name", charts_of(FULL.plan))
def test_every_chart_is_a_picture_that_fills_a_slide(name: str) -> None:
    picture = svg(FULL, name, Look())
    root = ET.fromstring(picture)
    assert int(root.attrib["width"]) == 960
    assert len(re.findall(r"<text", picture)) > 5
    assert "NaN" not in picture


def test_a_picture_has_two_pixels_for_each_unless_it_is_told_otherwise() -> None:
    assert drawn(png(FULL, "times", Look())).width == 1_920
    assert drawn(png(FULL, "times", Look(scale=1))).width == 960


def test_a_picture_takes_the_colours_of_its_theme() -> None:
    for theme, background in (("light", (255, 255, 255)), ("dark", (0x11, 0x15, 0x1A))):
        assert drawn(png(FULL, "times", Look(theme, scale=1))).getpixel((2, 2)) == background


def test_a_picture_shows_the_chosen_times() -> None:
    assert "seconds, warm pool" in svg(FULL, "times", Look())
    assert "seconds, with pool start-up" in svg(FULL, "times", Look(mode="cold"))


def test_an_svg_brings_its_font_and_says_what_it_shows() -> None:
    root = ET.fromstring(svg(FULL, "times", Look()))
    told, style = root[0], root[1]
    assert (told.text or "").startswith("Bars of the time")
    urls = re.findall(r"url\((.{22})", style.text or "")
    assert urls == ["data:font/woff2;base64"]
    assert "http" not in "".join(root.itertext())


def test_the_font_is_the_pages_own(pytestconfig: pytest.Config) -> None:
    pages = pytestconfig.rootpath / "pages" / "static" / "inter-latin.woff2"
    assert WEB_FONT.read_bytes() == pages.read_bytes()


def test_what_somebody_wrote_is_text() -> None:
    run = a_hostile_run()
    for name in ("times", "timeline"):
        root = ET.fromstring(svg(run, name, Look()))
        assert not [one for one in root.iter() if one.tag.endswith(("script", "image", "a"))]
    assert SCRIPT in "".join(ET.fromstring(svg(run, "times", Look())).itertext())


def test_a_demonstration_has_one_picture(store: Store) -> None:
    shown = store.demonstrations.find(keep_race(store))
    assert shown
    assert chart_names(shown) == [PICTURE]
    assert "Updates lost" in svg(shown, PICTURE, Look("dark"))


def test_a_chart_that_a_run_does_not_have_is_refused() -> None:
    with pytest.raises(Refused, match="one of sweep, sweep-times, phases, costs, rounds"):
        svg(a_sweep(), "timeline", Look())


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"theme": "pink"}, "theme is 'pink': it must be one of light, dark"),
        ({"scale": "99"}, "scale is '99': it must be a whole number from 1 to 3"),
        ({"scale": "1e999"}, "a whole number from 1 to 3"),
        ({"width": "10"}, "parameter is 'width': it must be one of theme, scale"),
        ({"mode": "cold"}, "parameter is 'mode'"),
    ],
)
def test_a_look_takes_what_it_knows_and_no_more(texts: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        look_of(texts, ["theme", "scale"])
