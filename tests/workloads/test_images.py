"""Photographs: the same ones whenever they are made, shrunk by the formula and blurred."""

import hashlib

import numpy as np
import numpy.typing as npt
import pytest
from PIL import ImageFilter, ImageStat

from bench.workloads.images import photograph, shrink_and_blur, shrunk

Array = npt.NDArray[np.float64]


def test_a_photograph_is_the_same_whenever_it_is_made() -> None:
    before = photograph(200).tobytes()
    photograph.cache_clear()
    assert photograph(200).tobytes() == before


@pytest.mark.parametrize(("width", "height"), [(64, 48), (201, 150), (1_200, 900)])
def test_a_photograph_is_four_wide_to_three_high_in_colour(width: int, height: int) -> None:
    photo = photograph(width)
    assert (photo.mode, photo.size) == ("RGB", (width, height))


def test_a_photograph_is_neither_flat_nor_noise() -> None:
    photo = photograph(400)
    spread = ImageStat.Stat(photo).stddev
    grain = ImageStat.Stat(photo.filter(ImageFilter.FIND_EDGES)).mean
    assert min(spread) > 30
    assert max(grain) < 60


def lanczos(length: int, edge: int, into: int) -> Array:
    """The matrix that takes a line of `length` pixels, from `edge` on, into fewer."""
    scale = (length - edge) / into
    centres = edge + (np.arange(into) + 0.5) * scale
    distances = (np.arange(length) + 0.5 - centres[:, None]) / scale
    weights = np.where(abs(distances) < 3, np.sinc(distances) * np.sinc(distances / 3), 0)
    normal: Array = weights / weights.sum(axis=1, keepdims=True)
    return normal


@pytest.mark.parametrize("number", [0, 1, 15, 16])
def test_a_photograph_is_shrunk_as_the_filters_formula_says(number: int) -> None:
    pixels = np.asarray(photograph(120), dtype=np.float64)
    across, down = lanczos(120, number % 16, 60), lanczos(90, number % 16, 45)
    expected = np.einsum("yv,xu,vuc->yxc", down, across, pixels).clip(0, 255)
    small = np.asarray(shrunk((number, 120)), dtype=np.float64)
    assert abs(small - expected).max() <= 1.5  # Pillow rounds after either direction


def test_the_answer_is_of_the_blurred_pixels() -> None:
    blurred = shrunk((3, 300)).filter(ImageFilter.GaussianBlur(3))
    assert shrink_and_blur((3, 300)) == hashlib.sha256(blurred.tobytes()).hexdigest()
    assert ImageStat.Stat(blurred).mean == pytest.approx(
        ImageStat.Stat(shrunk((3, 300))).mean, abs=1
    )
