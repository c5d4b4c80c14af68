"""Answers as text: what trials in different processes are compared by.

Texts are equal only for equal answers. An address, the order of a set or what a `repr` leaves out
would make them differ, or not differ, by chance: so what JSON does not know is told by what it is
made of.
"""

import copyreg
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from bench.errors import Broken

# A text is whole up to so many characters; of a longer one so many are shown, with its digest.
SHOWN = 64

# Things within things, deeper than in any answer that does not hold itself.
DEEPEST = 100

# Modules whose own values are told whole by their `repr`.
TOLD_WHOLE = ("builtins", "datetime", "decimal", "fractions", "ipaddress", "pathlib", "uuid")

REMEDY = "let the task or reduce give numbers, texts, or lists and objects of them."


def answer_text(answer: object) -> str:
    """An answer as text: itself if short and printable, else its beginning and its digest.

    Raises Broken for one that cannot be compared.
    """
    text = _text(answer)
    if len(text) <= SHOWN and text.isprintable():
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    beginning = "".join(char if char.isprintable() else "?" for char in text[:SHOWN])
    return f"{beginning}… (sha256 {digest})"


def first_difference(
    results: Iterable[object], others: Iterable[object]
) -> tuple[int, str, str] | None:
    """The first place where two lists of results differ, and what stands there; None if nowhere."""
    for place, pair in enumerate(zip(results, others, strict=False)):
        one, other = map(answer_text, pair)
        if one != other:
            return place, one, other
    return None


def _text(answer: object) -> str:
    try:
        return _json(answer)
    except (TypeError, ValueError):  # its keys are no texts, or it holds itself
        return _json(_plain(answer, 0))
    except RecursionError:
        raise _too_deep() from None


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=_parts, ensure_ascii=False)


def _plain(value: Any, depth: int) -> object:
    """A value as plain data all the way down; a dictionary as the list of its pairs."""
    if depth > DEEPEST:
        raise _too_deep()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(part, depth + 1) for part in value]
    if isinstance(value, dict):
        pairs = ([_plain(key, depth + 1), _plain(value[key], depth + 1)] for key in value)
        return {"pairs": sorted(pairs, key=_json)}
    return _plain(_parts(value), depth + 1)


def _parts(value: Any) -> object:
    """What a value that JSON does not know is made of. Raises Broken if nothing tells."""
    if isinstance(value, set | frozenset):
        return {"set": sorted(map(_text, value))}
    if callable(value) and hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    told = repr(value) if type(value).__module__ in TOLD_WHOLE else " at 0x"
    if len(told) <= SHOWN and " at 0x" not in told:
        return told
    return _buffer(value) or {_kind(value): list(_reduced(value))}


def _buffer(value: Any) -> object:
    """A buffer's type, format, shape and digest; a number that is one, as it is written."""
    try:
        view = memoryview(value)
    except (TypeError, ValueError, BufferError):
        return None
    if "O" in view.format:  # addresses of objects
        return None
    if not view.shape:
        return repr(value)
    return [_kind(value), view.shape, view.format, hashlib.sha256(view.tobytes()).hexdigest()]


def _reduced(value: Any) -> Iterator[object]:
    """What would be pickled of a value: how it is made, its arguments, state and contents."""
    try:
        reduced = value.__reduce_ex__(4)
    except TypeError as error:
        told = f"the answer holds {_kind(value)}, which cannot be compared ({error}); {REMEDY}"
        raise Broken(told) from error
    if isinstance(reduced, str):
        yield reduced
        return
    made, arguments, *rest = reduced
    if made is copyreg.__newobj__:  # type: ignore[attr-defined]  # what most classes are made by
        yield from arguments[1:]
    else:
        yield from (made, arguments)
    for part in rest:
        if part is not None:
            yield list(part) if isinstance(part, Iterator) else part


def _kind(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _too_deep() -> Broken:
    return Broken(f"the answer is too deep to be compared, or holds itself; {REMEDY}")
