"""Performing an experiment on another Python of this machine."""

from typing import Any

import pytest

from bench.asking import ask
from bench.demonstration import Demonstration
from bench.measure.known import known_interpreters
from bench.service.demonstrate import demonstrate


def facts_on(version: str, name: str, **parameters: Any) -> dict[str, Any]:
    """The facts of an experiment on a Python such as 3.13; skips where there is none."""
    found = known_interpreters().values()
    fitting = [one for one in found if not one.problem and one.version.startswith(f"{version}.")]
    if not fitting:
        pytest.skip(f"this machine has no Python {version}")
    asked = Demonstration("0", ask(name, parameters, fitting[0].name), "running", 0.0)
    ended = demonstrate(asked, keep=lambda _: None, stopping=lambda: False)
    assert ended.facts, ended.error
    return dict(ended.facts)
