"""What the lab runs on: facts about a machine. What the system does not tell is None."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.measure.host.interpreters import Interpreter


@dataclass(frozen=True)
class Processors:
    """The CPUs: how many, what they share, and what sets their clock.

    `usable` is the least of `affinity` (those that this process may run on) and `quota` (in CPUs,
    rounded up; None without one), which control groups of version `cgroup` set. `cores` are the
    host's physical cores, `usable_cores` those behind the CPUs of the affinity; `smt` is whether
    CPUs share a core. `isolated` are the CPUs of the affinity that the kernel spreads no work over.
    """

    usable: int
    logical: int
    affinity: int
    quota: float | None
    cgroup: int | None
    model: str
    cores: int | None = None
    usable_cores: int | None = None
    smt: bool | None = None
    isolated: int | None = None
    governor: str | None = None
    driver: str | None = None
    turbo: bool | None = None
    idle_driver: str | None = None


@dataclass(frozen=True)
class Memory:
    """Memory and swap in bytes; `limit` is the control group's, None without one.

    `available` is what new work may take without swapping, within the limit.
    """

    total: int
    available: int
    limit: int | None
    swap: int
    swap_used: int


@dataclass(frozen=True)
class Room:
    """What there is room for: bytes on the data folder's disk and in /dev/shm, files, processes.

    `open_files` is what a process may hold open at first, `most_open_files` what it may raise that
    to; None is without a limit.
    """

    disk_free: int
    shared: int | None
    open_files: int | None
    most_open_files: int | None
    processes: int | None


@dataclass(frozen=True)
class System:
    """The operating system and what lies beneath it.

    `container` and `virtualisation` name their kind and are empty where there is none. `clock` is
    where times come from and `tick` how fine it is (seconds), `clock_source` where the kernel has
    them from. `randomised`: whether each process has its memory elsewhere (ASLR). `tells_others`:
    whether the system tells what others did while a trial ran. `load` is of one minute.
    """

    name: str
    release: str
    architecture: str
    clock: str
    tick: float
    container: str | None = None
    virtualisation: str | None = None
    clock_source: str | None = None
    randomised: bool | None = None
    on_battery: bool | None = None
    tells_others: bool = False
    load: float | None = None
    uptime: float | None = None


@dataclass(frozen=True)
class Machine:
    """All facts together; `measuring` says who holds the host's lock now, empty if nobody."""

    cpus: Processors
    memory: Memory
    room: Room
    system: System
    pythons: tuple[Interpreter, ...] = field(default=())
    measuring: str = ""

    def as_json(self) -> Mapping[str, Any]:
        return {
            "cpus": asdict(self.cpus),
            "memory": asdict(self.memory),
            "room": asdict(self.room),
            "system": asdict(self.system),
            "pythons": [python.as_json() for python in self.pythons],
            "measuring": self.measuring,
        }
