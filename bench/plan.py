"""What to measure: a plan and its contenders.

A plan that is to be measured has been checked: `bench.asking.plans` makes it.
"""

import hashlib
import json
import math
import random
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bench.forms import Value

Role = Literal["baseline", "control", "contender"]


@dataclass(frozen=True)
class Precision:
    """When a run has measured enough.

    `rounds` is the least number of rounds, `half_width` the relative half-width of the 95%
    intervals to reach, `budget_s` the seconds after which no round is begun beyond the least.
    """

    rounds: int
    half_width: float
    budget_s: float


PRECISIONS: Mapping[str, Precision] = {
    "quick": Precision(rounds=3, half_width=0.05, budget_s=8.0),
    "standard": Precision(rounds=5, half_width=0.02, budget_s=60.0),
    "rigorous": Precision(rounds=10, half_width=0.01, budget_s=300.0),
}

# That of a plan that asked for none: another tool's.
_NOT_ASKED = Precision(rounds=1, half_width=math.inf, budget_s=0.0)


@dataclass(frozen=True)
class Sweep:
    """What a plan varies: a parameter of the work or an option of its executors, over values."""

    name: str
    of: Literal["parameter", "option"]
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Contender:
    """One way to run the work: executor, workers, options and interpreter.

    `name` is unique in its plan and kept with it, so that samples find their contender even
    after a default has changed. `at` is its value of what the plan sweeps, if it sweeps anything.
    """

    name: str
    executor: str
    workers: int
    options: Mapping[str, Value] = field(default_factory=dict)
    interpreter: str = ""
    at: Value | None = None
    role: Role = "contender"


@dataclass(frozen=True)
class Plan:
    """What to measure: work, contenders (without baselines and control), precision and budget.

    `interpreters` are the short names of those that take part, each with a baseline: at least one.
    Another tool's plan has none, and no precision either: what it told are contenders alone. A
    parameter that is swept is not among the `parameters`.
    """

    workload: str
    parameters: Mapping[str, Value]
    contenders: tuple[Contender, ...]
    precision: str
    budget_s: float
    seed: int
    rounds: int | None = None
    interpreters: tuple[str, ...] = field(default_factory=lambda: (this_interpreter(),))
    sweep: Sweep | None = None

    @property
    def line_up(self) -> tuple[Contender, ...]:
        """All that take part in each round: baseline, control, other baselines, contenders.

        Each interpreter has a baseline of its own; the control is that of the first one. Where a
        parameter is swept, each of its values has baselines and a control: it is other work.
        """
        return (*self._baselines(), *self.contenders)

    @property
    def has_baseline(self) -> bool:
        """Whether anything was measured that its contenders can be held against."""
        return bool(self.interpreters)

    def _baselines(self) -> Iterator[Contender]:
        sweep = self.sweep
        works = sweep.values if sweep and sweep.of == "parameter" else (None,)
        for at in works:
            for place, host in enumerate(self.interpreters):
                name = called("sequential", host, self.interpreters, sweep, at)
                yield Contender(name, "sequential", 1, {}, host, at, "baseline")
                if place == 0:
                    name = called("control", host, (host,), sweep, at)
                    yield Contender(name, "sequential", 1, {}, host, at, "control")

    def parameters_of(self, contender: Contender) -> dict[str, Value]:
        """The parameters of the work that a contender does, the swept one included."""
        if self.sweep is None or self.sweep.of == "option" or contender.at is None:
            return dict(self.parameters)
        return {**self.parameters, self.sweep.name: contender.at}

    @property
    def least_rounds(self) -> int:
        """How many rounds are measured whatever they take."""
        return self.rounds or self._asked.rounds

    @property
    def half_width(self) -> float:
        """The relative half-width that intervals are to reach."""
        return self._asked.half_width

    @property
    def _asked(self) -> Precision:
        return PRECISIONS.get(self.precision, _NOT_ASKED)

    def order(self, round_: int) -> tuple[Contender, ...]:
        """The line-up as that round takes it: shuffled by the seed, the same whenever asked."""
        shuffled = list(self.line_up)
        random.Random(f"{self.seed}/{round_}").shuffle(shuffled)
        return tuple(shuffled)

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> "Plan":
        """The plan that `as_json` made plain, unchecked: of a kept run, not to be started."""
        contenders = tuple(Contender(**contender) for contender in plain["contenders"])
        interpreters = tuple(plain["interpreters"])
        swept = plain.get("sweep")
        sweep = Sweep(**{**swept, "values": tuple(swept["values"])}) if swept else None
        return cls(
            **{**plain, "contenders": contenders, "interpreters": interpreters, "sweep": sweep}
        )

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits that two plans share if they measure the same things."""
        same = self.as_json() | {"precision": "", "budget_s": 0, "seed": 0, "rounds": 0}
        return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()[:12]

    def as_json(self) -> dict[str, Any]:
        """The plan as plain data that `plan_from_json` takes back."""
        plain = asdict(self)
        for contender in plain["contenders"]:
            del contender["role"]
        plain["contenders"] = list(plain["contenders"])
        plain["interpreters"] = list(plain["interpreters"])
        if self.sweep:
            plain["sweep"]["values"] = list(self.sweep.values)
        return plain


def called(
    name: str,
    interpreter: str,
    interpreters: Collection[str],
    sweep: Sweep | None,
    at: Value | None,
) -> str:
    """A contender's name with its interpreter, where there are several, and its swept value."""
    place = f" on {interpreter}" if len(interpreters) > 1 else ""
    return f"{name}{place}{_stop(sweep, at)}"


def line_of(contender: Contender, sweep: Sweep | None) -> str:
    """The name that a contender shares with those that differ from it in the swept value alone."""
    return contender.name.removesuffix(_stop(sweep, contender.at))


def _stop(sweep: Sweep | None, at: Value | None) -> str:
    return "" if sweep is None or at is None else f" at {spoken(sweep.name)} {told(at)}"


def told(value: Value) -> str:
    """A value as people write it: 10,000 or 0.5 or spawn."""
    return value if isinstance(value, str) else f"{value:,}".removesuffix(".0")


def spoken(name: str) -> str:
    """A parameter's or an option's name as people read it: start method."""
    return name.replace("_", " ")


def this_interpreter() -> str:
    """The short name of the interpreter that runs this: 3.11, or 3.14t if built free-threaded."""
    free_threaded = "t" if "free-threading" in sys.version else ""
    return f"{sys.version_info.major}.{sys.version_info.minor}{free_threaded}"


def usual_workers(kind: str, usable_cpus: int) -> list[int]:
    """Worker counts worth measuring: powers of two up to the usable CPUs; up to 8 for waiting."""
    most = max(8, usable_cpus) if kind == "io" else usable_cpus
    return sorted({2**power for power in range(most.bit_length())} | {most})
