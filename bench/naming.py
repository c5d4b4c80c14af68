"""What people may call a run: its name, a note and labels, as plain text within bounds."""

import unicodedata
from collections.abc import Sequence

from bench.errors import Refused

# The longest name, note and label, in characters; and how many labels a run may have.
TITLE, NOTE, LABEL, LABELS = 100, 2_000, 30, 8

# Marks that turn the direction of text: what follows them may read as something else.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Control characters, halves of characters, and ends of lines and paragraphs.
_BARRED = frozenset({"Cc", "Cs", "Zl", "Zp"})


def title_of(text: str) -> str:
    """A name as it is kept; empty for none. Raises Refused."""
    return checked_text("name", text, TITLE)


def note_of(text: str) -> str:
    """A note as it is kept, with its line breaks; empty for none. Raises Refused."""
    return checked_text("note", text.replace("\r\n", "\n"), NOTE, allowed="\n")


def labels_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Labels as they are kept: each once, without the empty ones. Raises Refused."""
    found = tuple(dict.fromkeys(filter(None, (_label(text) for text in texts))))
    if len(found) > LABELS:
        raise Refused("labels", f"{len(found)} labels", f"at most {LABELS}", "leave some out")
    return found


def _label(text: str) -> str:
    if "," in text:
        raise Refused("label", text, "text without commas", "give each label on its own")
    return checked_text("label", text, LABEL)


def checked_text(field: str, text: str, most: int, allowed: str = "") -> str:
    """Any text as it is kept, without spaces around it. Raises Refused."""
    kept = text.strip()
    for char in kept:
        barred = char in _TURNING or unicodedata.category(char) in _BARRED
        if barred and char not in allowed:
            raise Refused(
                field,
                text,
                "text without control characters and marks of direction",
                f"remove U+{ord(char):04X}",
            )
    if len(kept) > most:
        raise Refused(field, f"{len(kept):,} characters", f"at most {most:,}", "shorten it")
    return kept
