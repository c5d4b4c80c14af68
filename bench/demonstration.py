"""A performed experiment: what was asked for, what happened, and its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.forms import Value
from bench.samples import ACTIVE, State


@dataclass(frozen=True)
class Asked:
    """An experiment by name, with all its parameters, on the interpreter of that name."""

    experiment: str
    parameters: Mapping[str, Value]
    interpreter: str

    def as_json(self) -> dict[str, Any]:
        return {
            "experiment": self.experiment,
            "parameters": dict(self.parameters),
            "interpreter": self.interpreter,
        }


@dataclass(frozen=True)
class Demonstration:
    """An experiment as it was, is or will be performed.

    `events` came in this order; `facts` are there once it is done, else None. `error` says why it
    failed, `output` is the last of what it printed. Moments are seconds since the epoch (UTC).
    """

    id: str
    asked: Asked
    state: State
    created: float
    environment: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[Mapping[str, Any], ...] = ()
    facts: Mapping[str, Any] | None = None
    started: float | None = None
    ended: float | None = None
    error: str = ""
    output: str = ""

    @property
    def active(self) -> bool:
        return self.state in ACTIVE
