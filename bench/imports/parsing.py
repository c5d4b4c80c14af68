"""JSON from anyone as plain data: of bounded size, depth and numbers, and with no key twice."""

import json
import math
import re
from typing import Any

from bench.errors import Refused

# Real files are some seven levels deep, and a number has some twenty characters.
DEEPEST, LONGEST = 16, 40

# So many objects and lists in a file.
MOST = 400_000

# A string, closed or not, so that what is in one is no bracket; or a bracket.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[{])|[\]}]', re.DOTALL)

_UNPACK = "unpack an archive first, and give the JSON file in it"


def parsed(data: bytes, most: int) -> dict[str, Any]:
    """The object that a file holds, at most so many bytes. Raises Refused."""
    if len(data) > most:
        raise too_large(len(data), most)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise Refused("file", _beginning(data), "JSON text that begins with {", _UNPACK)
    _check_depth(data)
    try:
        plain = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=_constant,
        )
    except UnicodeDecodeError as error:
        raise Refused("file", f"byte {error.start}", "text in UTF-8", "save it as that") from None
    except json.JSONDecodeError as error:
        place = f"broken off at line {error.lineno}, column {error.colno}"
        raise Refused("file", place, "whole JSON", "copy it again") from None
    if not isinstance(plain, dict):
        raise Refused("file", type(plain).__name__, "a JSON object")
    return plain


def too_large(size: int, most: int) -> Refused:
    """What is said of a file of so many bytes."""
    return Refused(
        "file",
        f"{size:,} bytes",
        f"at most {most:,} bytes",
        "the lab's operator can set BENCH_IMPORT_BYTES",
    )


def _beginning(data: bytes) -> str:
    return data[:12].decode("latin-1")


def _check_depth(data: bytes) -> None:
    depth = count = 0
    for token in _TOKEN.finditer(data):
        if token[1]:
            depth, count = depth + 1, count + 1
        elif token[0][:1] != b'"':
            depth -= 1
        if depth > DEEPEST:
            raise Refused("file", "nested deeper", f"at most {DEEPEST} levels deep")
        if count > MOST:
            raise Refused("file", f"more than {MOST:,} lists and objects", "smaller", "split it")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise Refused("key", twice, "there once in its object", "remove the second one")
    return found


def _whole(text: str) -> int:
    _check_length(text)
    return int(text)


def _number(text: str) -> float:
    _check_length(text)
    value = float(text)
    if not math.isfinite(value):
        raise Refused("number", text, "one that a computer can hold")
    return value


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused("number", f"{len(text):,} characters long", f"at most {LONGEST} long")


def _constant(text: str) -> float:
    raise Refused("number", text, "finite")
