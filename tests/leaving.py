"""What a test's processes leave behind: other processes, folders, shared memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def leaving_nothing(folder: Path) -> Iterator[None]:
    """Fails if what was begun below a folder for temporary files leaves anything."""
    memory, over = set[Path](), threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            for process in begun_below(folder):
                memory.update(memory_of(process))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
    assert not list(folder.glob("lab-*"))
    assert not list(begun_below(folder))
    assert not [path for path in memory if path.exists()]


def begun_below(folder: Path) -> Iterator[int]:
    """The processes that have their temporary files below a folder."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"TMPDIR={folder}/".encode() in (process / "environ").read_bytes():
                yield int(process.name)


def memory_of(process: int) -> Iterator[Path]:
    """The shared memory and the semaphores that a process has mapped."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            if "/dev/shm/" in line:
                yield Path(line[line.index("/") :].removesuffix(" (deleted)"))
