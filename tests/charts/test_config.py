"""The theme of the pages, against that of the charts and against Streamlit's own options."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from bench.charts.theme import DARK, LIGHT, STYLES, Palette, contrast

ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
THEME = CONFIG["theme"]

palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)


def options(section: str, values: dict[str, Any]) -> list[str]:
    return [
        name
        for key, value in values.items()
        for name in (
            options(f"{section}.{key}", value) if isinstance(value, dict) else [f"{section}.{key}"]
        )
    ]


@pytest.mark.parametrize(
    "option", [name for section in CONFIG for name in options(section, CONFIG[section])]
)
def test_streamlit_knows_every_option(option: str) -> None:
    config.get_option(option)


def test_the_server_may_be_reached_from_outside() -> None:
    assert "address" not in CONFIG["server"]


@palettes
def test_pages_and_charts_share_their_colours(palette: Palette) -> None:
    page = THEME[palette.name]

    assert page["backgroundColor"] == palette.background
    assert page["secondaryBackgroundColor"] == palette.band
    assert page["textColor"] == palette.text


@palettes
def test_the_accent_can_be_seen_and_its_text_read(palette: Palette) -> None:
    page = THEME[palette.name]

    assert contrast(page["primaryColor"], page["backgroundColor"]) >= 3
    assert contrast("#FFFFFF", page["primaryColor"]) >= 4.5
    assert contrast(page["linkColor"], page["backgroundColor"]) >= 4.5


@palettes
def test_captions_can_be_read(palette: Palette) -> None:
    # Streamlit draws them in the text's colour, 60% of it.
    for ground in (palette.background, palette.band):
        pairs = zip(bytes.fromhex(palette.text[1:]), bytes.fromhex(ground[1:]), strict=True)
        faded = "#" + "".join(f"{round(0.6 * text + 0.4 * behind):02X}" for text, behind in pairs)
        assert contrast(faded, ground) >= 4.5


def test_listings_can_be_read_in_each_of_their_colours() -> None:
    style = (ROOT / "pages" / "parts" / "style.css").read_text()
    colours = re.findall(r"light-dark\((#\w{6}), (#\w{6})\)", style)
    assert len(colours) >= 5
    for light, dark in colours:
        assert contrast(light, LIGHT.band) >= 4.5
        assert contrast(dark, DARK.band) >= 4.5


def test_streamlits_own_charts_have_the_executors_colours() -> None:
    assert set(THEME["chartCategoricalColors"]) == {
        style.colour for style in STYLES.values() if style.colour
    }


@pytest.mark.parametrize("face", THEME["fontFaces"], ids=lambda face: face["family"])
def test_a_font_is_shipped_with_its_licence(face: dict[str, str]) -> None:
    font = ROOT / "pages" / face["url"].replace("app/", "", 1)
    licence = font.with_name(font.name.replace("-latin.woff2", "-license.txt"))

    assert font.read_bytes()[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in licence.read_text()
    assert face["family"] in THEME["font"] + THEME["codeFont"]


def test_the_icon_is_a_square_picture() -> None:
    header = (ROOT / "pages" / "static" / "icon.png").read_bytes()[:24]

    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert header[16:20] == header[20:24]
