"""Text that may come from anyone, so that what it is put into shows it and does not act on it."""

import re

# What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~&]")
# GitHub and its like make links of addresses, and of people and issues wherever they are named.
_ADDRESS = re.compile(r"(?i)(?<=:)/(?=/)|(?<=\bwww)\.")
_MENTION = re.compile(r"([@#])(?=\w)")
_NOTHING = "\u200b"


def one_line(text: str) -> str:
    """The text on one line, without control codes and what turns its direction."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def block(text: str) -> str:
    """The text on as many lines as it has, without control codes."""
    return "".join(char if char.isprintable() or char in "\n\t" else " " for char in text)


def cell(text: str) -> str:
    """The text as a field of a CSV file: no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def markdown(text: str) -> str:
    """The text within a line of Markdown: no markup, no links, nobody mentioned."""
    escaped = _ACTIVE.sub(r"\\\g<0>", one_line(text))
    return _MENTION.sub(rf"\1{_NOTHING}", _ADDRESS.sub(r"\\\g<0>", escaped))


def fenced(text: str, language: str = "") -> str:
    """The text as a block of code in Markdown, with a fence that it cannot close."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{block(text)}\n{fence}"
