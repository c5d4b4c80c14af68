"""Files of runs: those that tools wrote, and a run's own as bytes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.exports.json_run import run_json
from bench.samples import Run
from tests.factory import a_run, costing, traced

FOLDER = Path(__file__).parents[1] / "fixtures" / "files"

# Each was written by the tool that its name tells, in that version.
WRITTEN = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.json"))}

MOST = 8_000_000

PLAIN: dict[str, Any] = run_json(traced(costing(a_run()), tasks=4))


def as_bytes(plain: object) -> bytes:
    return json.dumps(plain).encode()


def changed(change: Callable[[Any], object], plain: object = PLAIN) -> bytes:
    """A file after something in it was changed."""
    copy = json.loads(json.dumps(plain))
    change(copy)
    return as_bytes(copy)


def whole_json(run: Run | None) -> Any:
    """A kept run's JSON without what tells one copy from another."""
    assert run
    return {**run_json(run), "id": "", "imported": None}
