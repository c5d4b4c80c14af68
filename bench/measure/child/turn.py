"""Whose turn it is: a file of one byte tells whoever would disturb it that something is timed.

Standard library only, as trials use it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TIMED, FREE = b"1", b"0"


@contextmanager
def taken(file: str) -> Iterator[None]:
    """Say so in that file while the context lasts; without a name nobody is told."""
    tell(file, TIMED)
    try:
        yield
    finally:
        tell(file, FREE)


def tell(file: str, whose: bytes) -> None:
    """Write whose turn it is: who cannot be told goes on, and so does what is timed."""
    if file:
        with suppress(OSError):
            told = os.open(file, os.O_WRONLY | os.O_CREAT, 0o644)
            os.write(told, whose)
            os.close(told)


def is_timed(file: str) -> bool:
    """Whether something is timed now, as far as that file tells."""
    with suppress(OSError):
        told = os.open(file, os.O_RDONLY)
        whose = os.read(told, 1)
        os.close(told)
        return whose == TIMED
    return False
