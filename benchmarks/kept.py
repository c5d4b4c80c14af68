"""Parts that were measured before, beside which some are measured anew."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.analysis.intervals import Interval
from bench.errors import Refused
from benchmarks.parts import PARTS
from benchmarks.rows import Bound, Row, Sides
from benchmarks.table import Done

# What must not have changed since, if parts are to stand in one table.
SAME = ("fingerprint", "python", "packages", "seed", "effort")


def kept_parts(file: Path, stamp: Mapping[str, Any]) -> list[Done]:
    """The parts in a file of rows that are still parts.

    Raises Refused if it comes from elsewhere, or is none.
    """
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        environment = told["environment"]
        parts = [_done(part) for part in told["parts"] if part["part"] in PARTS]
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(
            "--onto", str(file), "a file that --json has written", "measure all parts"
        ) from None
    for name in SAME:
        if environment.get(name) != json.loads(json.dumps(stamp[name])):
            bound = f"a file with the same {name} as here and now"
            raise Refused("--onto", str(file), bound, "measure all parts")
    return parts


def joined(before: Sequence[Done], now: Sequence[Done]) -> list[Done]:
    """All of them, in the order of the parts: of two that are one part, the new one."""
    latest = {done.part: done for done in (*before, *now)}
    return sorted(latest.values(), key=lambda done: PARTS.index(done.part))


def _done(part: Mapping[str, Any]) -> Done:
    rows = tuple(_row(row) for row in part["rows"])
    return Done(
        part["part"], part["about"], rows, part["begun"], part["took_s"], part["broken"] or ""
    )


def _row(told: Mapping[str, Any]) -> Row:
    return Row(
        told["what"],
        told["figure"],
        Interval(**told["value"]) if told["value"] else None,
        told["unit"],
        told["n"],
        Bound(**told["bound"]) if told["bound"] else None,
        Sides(**told["sides"]) if told["sides"] else None,
        told["note"],
    )
