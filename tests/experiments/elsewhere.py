"""Performing an experiment on another Python of this machine."""

from collections.abc import Callable
from typing import Any

import pytest

from bench.asking.experiments import ask
from bench.demonstration import Demonstration
from bench.experiments import find_experiment
from bench.measure.host.known import known_interpreters
from bench.service.demonstrate import demonstrate


def facts_on(version: str, name: str, **parameters: Any) -> dict[str, Any]:
    """The facts of an experiment on a Python such as 3.13; skips where there is none."""
    wanted = tuple(int(number) for number in version.split("."))
    return performed_on(a_python(lambda found: found == wanted, version), name, **parameters)


def a_python(fits: Callable[[tuple[int, ...]], bool], what: str) -> str:
    """The name of a Python found here whose version fits; skips the test if there is none."""
    for one in known_interpreters().values():
        numbers = one.version.split(".")[:2]
        if not one.problem and fits(tuple(int(number) for number in numbers)):
            return one.name
    pytest.skip(f"this machine has no Python {what}")


def performed_on(interpreter: str, name: str, **parameters: Any) -> dict[str, Any]:
    """The facts of an experiment on that Python, in a child of its own."""
    asked = Demonstration("1", ask(name, parameters, interpreter), "running", 0.0)
    ended = demonstrate(asked, keep=lambda _: None, stopping=lambda: False)
    assert ended.facts, ended.error + ended.output
    assert find_experiment(name).judge(ended.facts).explanation
    return dict(ended.facts)
