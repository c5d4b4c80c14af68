"""Files: written and read back, which lets the GIL go for each call to the system."""

import functools
from typing import Annotated
from zlib import crc32

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload

# A task's number and its file's bytes.
File = tuple[int, int]


@functools.lru_cache(maxsize=1)
def content(size: int) -> bytes:
    """What all files of a size have in common, made once a process."""
    return bytes(range(256)) * (size // 256) + bytes(size % 256)


def write_and_read(file: File) -> tuple[int, int]:
    """Length and CRC-32 of a file that was written, flushed, read back and removed."""
    from pathlib import Path
    from tempfile import NamedTemporaryFile

    number, size = file
    with NamedTemporaryFile(prefix=f"{number}-") as written:
        written.write(number.to_bytes(8, "big"))
        written.write(content(size))
        written.flush()
        back = Path(written.name).read_bytes()
    return len(back), crc32(back)


@workload(
    "io",
    seconds=lambda count, size: count * (8e-5 + size * 7e-10),
    presets={"small": {"count": 1_000, "size": 65_536}},
)
def files(
    count: Annotated[int, Between(1, 100_000), "How many files."] = 1_000,
    size: Annotated[int, Between(0, 64_000_000, "bytes"), "How long each file is."] = 65_536,
) -> Work[File, tuple[int, int]]:
    """Write files and read them back

    In the trial's own temporary folder; each is removed at once. The system keeps them in memory,
    so little is waited for: the GIL is let go for each of many short calls, and taken again.
    """
    import tempfile

    tempfile.gettempdir()  # found once
    content(size)
    return Work(task=write_and_read, items=[(number, size) for number in range(count)])
