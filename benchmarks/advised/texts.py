"""Regular expressions over text, and short work on strings."""

import random
import re

_rng = random.Random(3)
_WORDS = ["lorem", "ipsum", "dolor@sit.net", "2026-11-22", "amet", "10.0.0.7", "x" * 12, "end."]

documents = [" ".join(_rng.choices(_WORDS, k=6_000)) for _ in range(60)]
lines = [" ".join(_rng.choices(_WORDS, k=6)) for _ in range(20_000)]

_FOUND = re.compile(r"([\w.]+@[\w.]+)|(\d{4}-\d\d-\d\d)|((?:\d{1,3}\.){3}\d{1,3})")


def found(document: str) -> int:
    """How many addresses and dates a document has: the engine keeps the GIL."""
    return sum(1 for _ in _FOUND.finditer(document))


def tidied(line: str) -> str:
    """A line in small letters without what ends it: over before anybody could be asked."""
    return line.strip().rstrip(".").lower()
