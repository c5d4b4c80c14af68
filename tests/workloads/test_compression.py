"""Compressing buffers: what comes back is what was put in."""

from binascii import crc32
from zlib import compress

import pytest

from bench.workloads.compression import PROSE, filling
from bench.workloads.prose import prose
from tests.workloads.ways import answer_of

TEXT = prose(PROSE).encode()


@pytest.mark.parametrize("size", [1, 8, 1_000, len(TEXT), len(TEXT) + 1, 500_000])
def test_a_filling_is_text_of_its_size(size: int) -> None:
    assert filling(size) == (TEXT * 10)[:size]


@pytest.mark.parametrize("level", [1, 6, 9])
@pytest.mark.parametrize("size", [1, 40_000])
def test_the_answer_is_of_what_was_put_in(level: int, size: int) -> None:
    put_in = [number.to_bytes(8, "big") + (TEXT * 10)[:size] for number in range(3)]
    expected = [(len(buffer), crc32(buffer)) for buffer in put_in]
    assert answer_of("zlib", count=3, size=size, level=level) == expected


def test_it_is_text_that_can_be_made_smaller_but_not_to_nothing() -> None:
    assert 0.2 < len(compress(filling(500_000))) / 500_000 < 0.6
