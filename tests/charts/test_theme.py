from itertools import combinations

import numpy as np
import pytest

from bench.charts.theme import (
    DARK,
    LIGHT,
    STYLES,
    TONES,
    Palette,
    colour_of,
    contrast,
    ink_of,
    linear,
)
from bench.executors import NAMES

# How eyes without one kind of cones see linear RGB (Machado, Oliveira and Fernandes 2009).
SEEN = {
    "by most": np.eye(3),
    "with deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "with protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "with tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}

# Linear RGB to Oklab, in which distances are about as large as they look (Ottosson 2020).
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)

# Side by side, colours this far apart are told apart with ease; 1 to 2 is barely seen.
FAR_ENOUGH = 6.0

palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)


def distance(one: str, other: str, eyes: str) -> float:
    labs = [
        TO_OKLAB @ np.cbrt(TO_CONES @ np.clip(SEEN[eyes] @ np.array(linear(colour)), 0, 1))
        for colour in (one, other)
    ]
    return float(100 * np.linalg.norm(labs[0] - labs[1]))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@palettes
def test_text_can_be_read(palette: Palette) -> None:
    for ground in (palette.background, palette.band):
        assert contrast(palette.text, ground) >= 7
        assert contrast(palette.secondary, ground) >= 4.5


@palettes
@pytest.mark.parametrize("executor", STYLES)
def test_an_executor_stands_out_from_the_background(executor: str, palette: Palette) -> None:
    assert contrast(colour_of(executor, palette), palette.background) >= 3
    assert contrast(ink_of(executor, palette), palette.background) >= 4.5


@palettes
@pytest.mark.parametrize("pair", list(combinations(STYLES, 2)), ids=" and ".join)
def test_executors_are_told_apart_by_colour_or_else_by_mark_and_dash(
    pair: tuple[str, str], palette: Palette
) -> None:
    one, other = (colour_of(executor, palette) for executor in pair)
    nearest = min(distance(one, other, eyes) for eyes in SEEN)
    first, second = (STYLES[executor] for executor in pair)

    assert (first.mark, first.filled) != (second.mark, second.filled)
    assert nearest >= FAR_ENOUGH or first.dash != second.dash


def test_every_executor_has_a_style_and_an_unknown_one_the_texts_colour() -> None:
    assert set(NAMES) <= set(STYLES)
    assert colour_of("from elsewhere", DARK) == DARK.text


@palettes
def test_what_an_experiment_means_stands_out_and_has_a_sign_beside_its_colour(
    palette: Palette,
) -> None:
    meant = {name: told for name, told in TONES.items() if told[0]}
    assert all(contrast(colour, palette.background) >= 3 for colour, _ in meant.values())
    signs = {sign for _, sign in meant.values()}
    assert "" not in signs
    assert len(signs) == len(meant)
