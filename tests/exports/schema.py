"""Holding a run's JSON against the schema of its format."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs" / "format.schema.json").read_text(encoding="utf-8")
)


def strict(schema: Any) -> Any:
    """The schema with no other keys allowed than those that it describes."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(part) for key, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed["additionalProperties"] = False
    return closed


_VALIDATOR = jsonschema.Draft202012Validator(strict(SCHEMA))


def read(text: str) -> Any:
    """The JSON text of a run as plain data; it fits the schema, and says nothing else."""
    plain = json.loads(text)
    _VALIDATOR.validate(plain)
    assert all(map(math.isfinite, numbers(plain)))
    return plain


def written(plain: Any) -> Any:
    """Plain data as it is read by others, once it was written."""
    return read(json.dumps(plain))


def numbers(plain: Any) -> Iterator[float]:
    """Every number in plain data."""
    if isinstance(plain, dict):
        plain = list(plain.values())
    if isinstance(plain, list):
        for part in plain:
            yield from numbers(part)
    elif isinstance(plain, int | float):
        yield plain
