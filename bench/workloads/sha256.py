"""Hashing buffers: C code that lets the GIL go while it works on a large enough buffer."""

import functools
import hashlib
from collections.abc import Iterable
from typing import Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload

Buffer = tuple[int, int]


@functools.lru_cache(maxsize=1)
def filling(size: int) -> bytes:
    """The bytes that all buffers of a size share, made once a process."""
    return bytes(range(256)) * (size // 256) + bytes(size % 256)


def hash_buffer(buffer: Buffer) -> str:
    """The SHA-256 of a buffer of `buffer[1]` bytes, preceded by its number, `buffer[0]`.

    A worker is sent two numbers and fills the buffer itself: sending the data is a question of
    its own.
    """
    number, size = buffer
    digest = hashlib.sha256(number.to_bytes(8, "big"))
    digest.update(filling(size))
    return digest.hexdigest()


def digest_of_digests(digests: Iterable[str]) -> str:
    """One SHA-256 over all hexadecimal digests in order."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


@workload(
    "native",
    seconds=lambda count, size: count * (2e-6 + size * 8e-10),
    presets={
        "small": {"count": 128, "size": 1_048_576},
        "article": {"count": 4, "size": 20_000},
    },
)
def sha256(
    count: Annotated[int, Between(1, 100_000), "How many buffers to hash."] = 128,
    size: Annotated[int, Between(1, 64_000_000, "bytes"), "How long each buffer is."] = 1_048_576,
) -> Work[Buffer, str]:
    """Hash buffers with SHA-256

    C code that lets the GIL go above 2,047 bytes. Each buffer is filled where it is hashed.
    """
    items = [(number, size) for number in range(count)]
    return Work(task=hash_buffer, items=items, reduce=digest_of_digests)
