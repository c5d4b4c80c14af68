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
    `trial_s` is what the trial took in all, interpreter start included. What a system does not
    tell is None, or an empty `answer`; another tool's runs tell `warm_s` and `repeats` alone, and
    `round` counts its values.

    `warm_cpu_s` are the tree's CPU seconds in one repetition of the warm pass. `voluntary` and
    `involuntary` count context switches: a thread waited for something, or lost its CPU. `gil`:
    whether the interpreter ran with one at the end.

    Around the timed parts: `foreign_share` is that of the usable CPUs that others surely took,
    `steal_share` that that the hypervisor took, `throttled_s` for how long the container's quota
    stopped it, `swapped_in` the pages that the system brought back from its disk. `again`: how
    often it was measured anew at once, since others had disturbed it; only the last one is kept.
    """

    contender: str
    round: int
    order: int
    cold_s: float | None
    warm_s: float
    start_s: float | None
    first_s: float | None
    stop_s: float | None
    repeats: int
    cpu_user_s: float | None
    cpu_system_s: float | None
    trial_s: float | None
    answer: str = ""
    warm_cpu_s: float | None = None
    voluntary: int | None = None
    involuntary: int | None = None
    gil: bool | None = None
    foreign_share: float | None = None
    steal_share: float | None = None
    throttled_s: float | None = None
    swapped_in: int | None = None
    again: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Span:
    """One task, or a stage of it, on a worker: seconds from its pass's start.

    `cpu` are its seconds on a CPU; None for a coroutine, whose thread serves others meanwhile.
    """

    worker: int
    stage: int
    start: float
    end: float
    cpu: float | None


@dataclass(frozen=True)
class Trace:
    """One pass of a contender that was traced, and is not a timed one.

    `spans` are those of up to 2,000 of its `tasks`, evenly chosen, by start; `workers` took part.
    `memory_bytes` is the most that its process tree held with the pool open. `sent_bytes` and
    `received_bytes` are what a pass put through multiprocessing's pipes, each way; None: nothing.
    """

    contender: str
    pass_s: float
    tasks: int
    workers: int
    spans: tuple[Span, ...]
    memory_bytes: int | None = None
    sent_bytes: int | None = None
    received_bytes: int | None = None

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["spans"] = [list(span.values()) for span in plain["spans"]]
        return plain


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


def machine_of(environment: Mapping[str, Any]) -> str:
    """The machine of a stamp in words, which all runs on it share; empty if it is not known.

    The kernel and what is installed may change, and it is the same machine.
    """
    cpus, system = environment.get("cpus", {}), environment.get("system", {})
    memory = environment.get("memory_bytes")
    told = (
        str(cpus.get("model", "")),
        f"{cpus['usable']} usable CPUs" if cpus.get("usable") else "",
        f"{round(memory / 1e9)} GB" if memory else "",
        f"{system.get('name', '')} {system.get('machine', '')}".strip(),
    )
    return ", ".join(filter(None, told))


# Who writes the lab's own files, as imported runs name it.
LAB = "Speedup Lab"


@dataclass(frozen=True)
class Imported:
    """Where a run comes from that was not measured here, and when it came (seconds, UTC).

    `version` is the tool's; empty where the file does not tell it.
    """

    tool: str
    version: str
    at: float

    @property
    def told(self) -> str:
        """Where it comes from, in words."""
        return f"imported from {self.tool} {self.version}".rstrip()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Run:
    """A plan, the environment it ran in, its samples and failures, and its state.

    `created` and `ended` are seconds since the epoch (UTC); `error` says why a run failed.
    `traces` are at most one a contender, and empty where they were not asked for. `imported` tells
    where a run comes from that was not measured here.
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
    traces: tuple[Trace, ...] = ()
    imported: Imported | None = None

    @property
    def origin(self) -> str:
        """Where it comes from, in words; empty if it was measured here."""
        return self.imported.told if self.imported else ""

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
