"""What was measured: samples, failures and the run that holds them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bench.plan import Plan

State = Literal["queued", "running", "done", "stopped", "failed", "interrupted"]

# A run in one of these states may still change.
ACTIVE: tuple[State, ...] = ("queued", "running")


@dataclass(frozen=True)
class Sample:
    """One trial of one contender. All times in seconds.

    `cold_s` = start + first pass + stop; `warm_s` is one repetition of the warm pass, which was
    repeated `repeats` times. CPU seconds are those of the whole process tree from start to stop.
    `trial_s` is what the trial took in all, interpreter start included.
    """

    contender: str
    round: int
    order: int
    cold_s: float
    warm_s: float
    start_s: float
    first_s: float
    stop_s: float
    repeats: int
    cpu_user_s: float
    cpu_system_s: float
    trial_s: float
    answer: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Failure:
    """Why a contender has no result: a stable code, one sentence, and what the trial printed."""

    contender: str
    round: int
    code: str
    message: str
    output: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Run:
    """A plan, the environment it ran in, its samples and failures, and its state.

    `created` and `ended` are seconds since the epoch (UTC); `error` says why a run failed.
    """

    id: str
    plan: Plan
    state: State
    created: float
    environment: Mapping[str, Any]
    samples: tuple[Sample, ...] = ()
    failures: tuple[Failure, ...] = ()
    started: float | None = None
    ended: float | None = None
    error: str = ""

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def pythons(self) -> str:
        """The interpreters that it ran on, in words; empty before it runs."""
        stamped = self.environment.get("interpreters", {}).values()
        return ", ".join(str(one["label"]) for one in stamped)

    def until(self, round_: int) -> "Run":
        """The run with no samples of later rounds."""
        return replace(
            self, samples=tuple(sample for sample in self.samples if sample.round <= round_)
        )

    @property
    def outcomes(self) -> tuple[Sample | Failure, ...]:
        """What the trials gave: samples, then failures."""
        return (*self.samples, *self.failures)
