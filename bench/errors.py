"""Errors that people read: one plain sentence each."""

import errno


class Refused(ValueError):
    """A value that is not accepted, said as one sentence: field, value, bound and remedy.

    Nothing has been started or saved when it is raised; both doors (pages and command line)
    show the sentence as it is.
    """

    def __init__(self, field: str, value: object, bound: str, remedy: str = "") -> None:
        self.field, self.value, self.bound, self.remedy = field, value, bound, remedy
        tail = f"; {remedy}" if remedy else ""
        super().__init__(f"{field} is {shown(value)}: it must be {bound}{tail}.")


class Denied(Refused):
    """Something that the one who asks may not do, with any value; the sentence says who may."""

    def __init__(self, sentence: str) -> None:
        super().__init__("", "", "")
        self.args = (sentence,)


class Unavailable(RuntimeError):
    """Something the lab needs from the machine is not there; the sentence says what to do."""


class Broken(RuntimeError):
    """Work that cannot be measured as it stands; the sentence says why."""


# What to do about a machine that is short of something, by the number of its error.
SHORT_OF = {
    errno.EAGAIN: "let the lab have more processes (ulimit -u), or end other programs",
    errno.EMFILE: "let the lab have more open files (ulimit -n)",
    errno.ENFILE: "end other programs, or raise the system's limit on open files",
    errno.ENOMEM: "end other programs, or choose less work",
    errno.ENOSPC: "make room on the disk, or set TMPDIR to a folder on another one",
}


def machine_refused(error: OSError) -> str:
    """What the system has not given, and what to do about it."""
    remedy = SHORT_OF.get(error.errno or 0)
    return f"The machine refused: {error.strerror or error}{f'; {remedy}' if remedy else ''}."


def shown(value: object) -> str:
    """A value as it may stand in a sentence: one line, at most 60 characters, no control codes."""
    try:
        text = ascii(value) if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # an int of more digits than Python spells, a deep list
        text = f"too long or too deep a value ({type(value).__name__})"
    text = "".join(char if char.isprintable() else "?" for char in text)
    return text if len(text) <= 60 else f"{text[:57]}..."
