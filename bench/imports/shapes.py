"""What a field of a file may hold: small checks that are put together to the shape of a whole.

A shape takes a value and the place where it stands (`samples[3].warm_s`), and gives the value back
as it is kept. It raises Refused, which names the place.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bench.errors import Refused
from bench.forms import choice_of
from bench.naming import checked_text

Shape = Callable[[object, str], Any]

# Bounds of what is told of runs: characters of a name and of what was printed, and seconds.
NAME, PRINTED = 200, 100_000
SHORTEST, LONGEST = 1e-10, 1e7

# Moments up to the year 5138, in seconds since the epoch.
LATEST = 1e11

_OBJECT, _LIST, _TEXT = "an object", "a list", "text"


def name(value: object, where: str) -> str:
    """One line of text, without control characters and marks of direction, and not empty."""
    if not line(value, where):
        raise Refused(where, value, "text that is not empty")
    return str(value)


def line(value: object, where: str) -> str:
    """One line of text that may be empty."""
    if not isinstance(value, str):
        raise Refused(where, value, _TEXT)
    checked_text(where, value, NAME)
    return value


def printed(value: object, where: str) -> str:
    """What a program printed: any text that can be kept; it is escaped wherever it is shown."""
    if not isinstance(value, str):
        raise Refused(where, value, _TEXT)
    if len(value) > PRINTED:
        raise Refused(where, f"{len(value):,} characters", f"at most {PRINTED:,} characters")
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        raise Refused(where, value, "text without NUL and halves of characters")
    return value


def whole(low: int, high: int) -> Shape:
    """A whole number within bounds."""

    def check(value: object, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Refused(where, value, f"a whole number from {low:,} to {high:,}")
        return value

    return check


def number(low: float, high: float) -> Shape:
    """A number within bounds."""

    def check(value: object, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(where, value, f"a number from {low:g} to {high:g}")
        if not low <= value <= high:
            raise Refused(where, value, f"a number from {low:g} to {high:g}")
        return value

    return check


def boolean(value: object, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Refused(where, value, "true or false")
    return value


def one_of(*names: str) -> Shape:
    """One of these texts."""

    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or value not in names:
            raise Refused(where, value, choice_of(names))
        return value

    return check


def maybe(shape: Shape) -> Shape:
    """Null, or that."""
    return lambda value, where: None if value is None else shape(value, where)


def listed(shape: Shape, most: int, least: int = 0) -> Shape:
    """A list of so many."""

    def check(value: object, where: str) -> list[Any]:
        if not isinstance(value, list):
            raise Refused(where, value, _LIST)
        if not least <= len(value) <= most:
            raise Refused(where, f"{len(value):,} long", f"from {least:,} to {most:,} long")
        return [shape(one, f"{where}[{place}]") for place, one in enumerate(value)]

    return check


def mapped(shape: Shape, most: int = 100) -> Shape:
    """An object with names of anybody's choice."""

    def check(value: object, where: str) -> dict[str, Any]:
        plain = _object(value, where)
        if len(plain) > most:
            raise Refused(where, f"{len(plain):,} keys", f"at most {most:,} keys")
        return {
            name(key, f"{where} key"): shape(one, f"{where}.{key}") for key, one in plain.items()
        }

    return check


def record(fields: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """An object with these keys; of those that are optional, those that it has."""

    def check(value: object, where: str) -> dict[str, Any]:
        plain = _object(value, where)
        dot = f"{where}." if where else ""
        for key in fields:
            if key not in plain:
                raise Refused(f"{dot}{key}", "missing", "given", "is the file whole?")
        known = {**fields, **(optional or {})}
        return {key: known[key](plain[key], f"{dot}{key}") for key in known if key in plain}

    return check


def either(*shapes: Shape) -> Shape:
    """The first of these that fits; else what the last one says."""

    def check(value: object, where: str) -> Any:
        for shape in shapes[:-1]:
            try:
                return shape(value, where)
            except Refused:
                continue
        return shapes[-1](value, where)

    return check


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(where or "file", value, _OBJECT)
    return value


# A parameter's or an option's value.
LARGE = 10**18
value: Shape = either(boolean, whole(-LARGE, LARGE), number(-1e18, 1e18), line)
seconds = number(0, LONGEST)
time = number(SHORTEST, LONGEST)
moment = number(0, LATEST)
count = whole(0, 2**53)
