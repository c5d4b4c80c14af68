"""What the system tells in small files: text, numbers, lists of CPUs; None where it does not."""

from pathlib import Path

ROOT = Path("/")


def text(file: Path) -> str | None:
    """A small file's text without the white space around it."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def number(file: Path) -> int | None:
    """The one number in a file."""
    found = text(file)
    try:
        return None if found is None else int(found)
    except ValueError:
        return None


def switch(file: Path) -> bool | None:
    """What a file says with 1 or 0."""
    return {"1": True, "0": False}.get(text(file) or "")


def names_in(listed: str) -> frozenset[int]:
    """The numbers in a list such as 0-3,8. What is no such list has none."""
    found: set[int] = set()
    for part in filter(None, listed.split(",")):
        first, _, last = part.partition("-")
        try:
            found.update(range(int(first), int(last or first) + 1))
        except ValueError:
            return frozenset()
    return frozenset(found)
