"""Which runs to list, and how SQL says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.store.entries import Kind

# Of what is looked for, so many words are looked for, so many characters of each.
_WORDS, _LONGEST = 8, 60

_TAGS: tuple[Kind, ...] = ("workload", "executor", "python", "machine", "label")


@dataclass(frozen=True)
class Wanted:
    """The runs in which each word of `text` stands somewhere, and that have all of the tags.

    Empty values want nothing. `session` is that of the one who started them.
    """

    text: str = ""
    workload: str = ""
    executor: str = ""
    python: str = ""
    machine: str = ""
    label: str = ""
    session: str = ""


ALL = Wanted()


def where(wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    """A condition on `runs` that indexes and the history's entries answer, and its values."""
    parts = list(_parts(wanted))
    condition = " AND ".join(["kind = 'run'", *(part for part, _ in parts)])
    return condition, tuple(value for _, values in parts for value in values)


def _parts(wanted: Wanted) -> Iterator[tuple[str, tuple[object, ...]]]:
    for kind in _TAGS:
        if value := getattr(wanted, kind):
            yield "seq IN (SELECT run FROM tags WHERE kind = ? AND value = ?)", (kind, value)
    if wanted.session:
        yield "seq IN (SELECT seq FROM runs WHERE session = ?)", (wanted.session,)
    for word in wanted.text.split()[:_WORDS]:
        like = f"%{_escaped(word[:_LONGEST])}%"
        yield (
            "(seq IN (SELECT run FROM history WHERE title LIKE ? ESCAPE '!' "
            "OR note LIKE ? ESCAPE '!' OR headline LIKE ? ESCAPE '!') "
            "OR seq IN (SELECT run FROM tags WHERE value LIKE ? ESCAPE '!') "
            "OR seq IN (SELECT seq FROM runs WHERE id = ?))",
            (like, like, like, like, word),
        )


def _escaped(word: str) -> str:
    """A word in which nothing stands for other letters."""
    return "".join(f"!{char}" if char in "!%_" else char for char in word)
