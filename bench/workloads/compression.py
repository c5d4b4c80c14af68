"""Compressing buffers: C code that lets the GIL go, whatever the buffer's size."""

import functools
from typing import Annotated
from zlib import compress, crc32, decompress

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.prose import prose

# A task's number, the buffer's bytes and the level.
Buffer = tuple[int, int, int]

# Longer than what zlib looks back on, so that repeating it does not help.
PROSE = 20_000


@functools.lru_cache(maxsize=1)
def filling(size: int) -> bytes:
    """Text of a size, made once a process."""
    text = prose(PROSE).encode()
    return (text * (size // len(text) + 1))[:size]


def there_and_back(buffer: Buffer) -> tuple[int, int]:
    """Length and CRC-32 of a buffer that was compressed and decompressed.

    Not those of the compressed bytes: they differ between versions of zlib.
    """
    number, size, level = buffer
    packed = compress(number.to_bytes(8, "big") + filling(size), level)
    back = decompress(packed)
    return len(back), crc32(back)


@workload(
    "native",
    seconds=lambda count, size, level: count * (3e-5 + size * 1e-8 * level),
    presets={"small": {"count": 64, "size": 131_072}},
)
def zlib(
    count: Annotated[int, Between(1, 100_000), "How many buffers."] = 64,
    size: Annotated[int, Between(1, 64_000_000, "bytes"), "How long each buffer is."] = 131_072,
    level: Annotated[int, Between(1, 9), "From fast to small."] = 6,
) -> Work[Buffer, tuple[int, int]]:
    """Compress and decompress text with zlib

    C code that lets the GIL go for a buffer of any size.
    """
    filling(size)
    return Work(task=there_and_back, items=[(number, size, level) for number in range(count)])
