"""A profile: what a task is like by itself, as a child measured it on a sample of its items."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from statistics import fmean, median
from typing import Any

from bench.forms import Value
from bench.samples import ACTIVE, State

# About how long a profile takes where tasks are short, in seconds.
ABOUT = 8.0


@dataclass(frozen=True)
class Parcel:
    """What is sent to a process or back: bytes (a mean), and seconds to write and to read it."""

    size: float
    write_s: float
    read_s: float

    @property
    def both_s(self) -> float:
        """Seconds to write and to read it."""
        return self.write_s + self.read_s


@dataclass(frozen=True)
class Counting:
    """How far a counter got each second beside another thread, one figure a turn of each kind.

    That thread slept, ran a loop in Python, or ran the task, in shuffled turns.
    """

    sleeping: tuple[float, ...]
    looping: tuple[float, ...]
    task: tuple[float, ...]


@dataclass(frozen=True)
class Together:
    """The same tasks alone and at once, in turn: seconds, one figure a turn.

    `alone_s` is for one of `count` equal parts, `together_s` for all of them at the same time.
    """

    count: int
    alone_s: tuple[float, ...]
    together_s: tuple[float, ...]

    @property
    def gains(self) -> list[float]:
        """How many times as fast as one after another all parts were, turn by turn."""
        pairs = zip(self.alone_s, self.together_s, strict=True)
        return [self.count * alone / together for alone, together in pairs]


@dataclass(frozen=True)
class Stages:
    """A task in two stages: seconds of each and of its CPU, means; and what goes between them."""

    wait_s: float
    wait_cpu_s: float
    compute_s: float
    compute_cpu_s: float
    between: Parcel | None = None


@dataclass(frozen=True)
class Coroutine:
    """The asynchronous form: a task's seconds and CPU seconds, means; several of them at once."""

    task_s: float
    cpu_s: float
    together: Together


@dataclass(frozen=True)
class Profile:
    """What is known of a task. Times in seconds; what could not be told is None or empty.

    `tasks` is how many items there are, `lengths` what a sample of them took, in their order, after
    a first one that took `first_s`; without the share of the time in which they `starved`, as
    others had all CPUs. `cpu_s` are the CPU seconds of a task in its own process, `other_cpu_s`
    those of processes that it started, both means. `unsent` names what cannot be sent to other
    processes or back, and why. `memory` is by how many bytes the process grew. `differs` says in
    what answers do not repeat. `counting` and `threads` are the looks at the GIL, None where a task
    takes too long for them; `unthreaded` says what went wrong in a second thread. `libraries` are
    those that were loaded and that sub-interpreters cannot load.
    """

    tasks: int
    lengths: tuple[float, ...]
    first_s: float
    cpu_s: float
    other_cpu_s: float
    gil: bool
    version: tuple[int, int]
    usable: int
    starved: float = 0.0
    start_method: str = "fork"
    item: Parcel | None = None
    result: Parcel | None = None
    unsent: str = ""
    memory: int | None = None
    repeats: bool | None = None
    differs: str = ""
    counting: Counting | None = None
    threads: Together | None = None
    unthreaded: str = ""
    coroutine: Coroutine | None = None
    stages: Stages | None = None
    libraries: tuple[str, ...] = ()

    @property
    def task_s(self) -> float:
        """What a task takes: the mean of the sample."""
        return fmean(self.lengths)

    @property
    def median_s(self) -> float:
        """The median of the sample, in seconds."""
        return median(self.lengths)

    @property
    def whole_s(self) -> float:
        """What all tasks take one after another, by the sample."""
        return self.task_s * self.tasks

    @property
    def busy_s(self) -> float:
        """The CPU seconds of a task, those of what it starts included."""
        return self.cpu_s + self.other_cpu_s

    @property
    def busy(self) -> float:
        """The share of its time in which a task computes, at most 1."""
        return min(1.0, self.busy_s / self.task_s)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> "Profile":
        """The profile that plain data tells. Raises KeyError, TypeError or ValueError."""
        values: dict[str, Any] = dict(plain)
        lengths = tuple(map(float, plain["lengths"]))
        if not lengths or min(lengths) < 0 or not sum(lengths) > 0:
            raise ValueError("no lengths")
        values |= {
            "lengths": lengths,
            "version": tuple(map(int, plain["version"])),
            "libraries": tuple(map(str, plain["libraries"])),
            "item": _parcel(plain["item"]),
            "result": _parcel(plain["result"]),
            "threads": _together(plain["threads"]),
        }
        if counting := plain["counting"]:
            values["counting"] = Counting(**{one: tuple(counting[one]) for one in counting})
        if form := plain["coroutine"]:
            values["coroutine"] = Coroutine(**{**form, "together": _together(form["together"])})
        if stages := plain["stages"]:
            values["stages"] = Stages(**{**stages, "between": _parcel(stages["between"])})
        return cls(**values)


def _parcel(plain: Mapping[str, Any] | None) -> Parcel | None:
    return None if plain is None else Parcel(**plain)


def _together(plain: Mapping[str, Any] | None) -> Together | None:
    if plain is None:
        return None
    return Together(plain["count"], tuple(plain["alone_s"]), tuple(plain["together_s"]))


@dataclass(frozen=True)
class Wanted:
    """Work to profile: its name with all its parameters, on the interpreter of that name."""

    workload: str
    parameters: Mapping[str, Value]
    interpreter: str

    def as_json(self) -> dict[str, Any]:
        return {
            "workload": self.workload,
            "parameters": dict(self.parameters),
            "interpreter": self.interpreter,
        }


@dataclass(frozen=True)
class Profiling:
    """A profile as it was, is or will be made; `profile` is there once it is done.

    `error` says why it failed, `output` is the last of what the task printed. Moments are seconds
    since the epoch (UTC).
    """

    id: str
    wanted: Wanted
    state: State
    created: float
    environment: Mapping[str, Any] = field(default_factory=dict)
    profile: Profile | None = None
    started: float | None = None
    ended: float | None = None
    error: str = ""
    output: str = ""

    @property
    def active(self) -> bool:
        return self.state in ACTIVE
