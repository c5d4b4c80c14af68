"""What to measure: a plan, its contenders and its checks.

A plan that exists has been checked: everything that comes from a person, a file or a link goes
through `draft` or `plan_from_json`, which fill in every default and refuse in one sentence.
"""

import hashlib
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast

from bench.errors import Refused
from bench.executors import checked_options, find_executor, options_form
from bench.executors.seam import Executor
from bench.forms import Between, Field, Value, choice_of
from bench.workloads import Workload, find_workload

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

MOST_CONTENDERS = 64

_ROUNDS = Field("rounds", (int,), 5, (Between(2, 1_000),))
_BUDGET = Field("budget", (float,), 60.0, (Between(0.1, 3_600.0, "s"),))
_SEED = Field("seed", (int,), 0, (Between(0, 2**32 - 1),))


@dataclass(frozen=True)
class Contender:
    """One way to run the work: executor, workers, options and interpreter.

    `name` is unique in its plan and kept with it, so that samples find their contender even
    after a default has changed.
    """

    name: str
    executor: str
    workers: int
    options: Mapping[str, Value] = field(default_factory=dict)
    interpreter: str = ""
    role: Role = "contender"


@dataclass(frozen=True)
class Plan:
    """What to measure: work, contenders (without baseline and control), precision and budget."""

    workload: str
    parameters: Mapping[str, Value]
    contenders: tuple[Contender, ...]
    precision: str
    budget_s: float
    seed: int
    rounds: int | None = None

    @property
    def line_up(self) -> tuple[Contender, ...]:
        """Baseline, control, then the contenders: all that take part in each round."""
        baseline = Contender("sequential", "sequential", 1, {}, this_interpreter(), "baseline")
        control = Contender("control", "sequential", 1, {}, this_interpreter(), "control")
        return (baseline, control, *self.contenders)

    @property
    def least_rounds(self) -> int:
        return self.rounds or PRECISIONS[self.precision].rounds

    @property
    def half_width(self) -> float:
        return PRECISIONS[self.precision].half_width

    def order(self, round_: int) -> tuple[Contender, ...]:
        """The line-up as that round takes it: shuffled by the seed, the same whenever asked."""
        shuffled = list(self.line_up)
        random.Random(f"{self.seed}/{round_}").shuffle(shuffled)
        return tuple(shuffled)

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> "Plan":
        """The plan that `as_json` made plain, unchecked: of a kept run, not to be started."""
        contenders = tuple(Contender(**contender) for contender in plain["contenders"])
        return cls(**{**plain, "contenders": contenders})

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
        return plain


def this_interpreter() -> str:
    """The short name of the interpreter that runs this: 3.11, or 3.14t if built free-threaded."""
    free_threaded = "t" if "free-threading" in sys.version else ""
    return f"{sys.version_info.major}.{sys.version_info.minor}{free_threaded}"


def usual_workers(kind: str, usable_cpus: int) -> list[int]:
    """Worker counts worth measuring: powers of two up to the usable CPUs; up to 8 for waiting."""
    most = max(8, usable_cpus) if kind == "io" else usable_cpus
    return sorted({2**power for power in range(most.bit_length()) if 2**power <= most} | {most})


def draft(
    workload: str,
    *,
    executors: Mapping[str, Mapping[str, object]],
    workers: Sequence[object],
    parameters: Mapping[str, object] | None = None,
    preset: str | None = None,
    precision: str = "standard",
    rounds: object = None,
    budget_s: object = None,
    seed: object = None,
) -> Plan:
    """A checked plan: each executor (with its options) at each number of workers.

    Sequential work is the baseline of every plan, so naming it adds nothing. Raises Refused.
    """
    counts = _worker_counts(workers)
    contenders = [
        {"executor": name, "workers": count, "options": options}
        for name, options in executors.items()
        if find_executor(name).name != "sequential"
        for count in counts
    ]
    if not executors:
        raise Refused("executors", "empty", "at least one", "choose one of those listed")
    if seed is None:
        seed = random.SystemRandom().randrange(2**32)
    return _checked(
        workload, parameters or {}, preset, contenders, precision, rounds, budget_s, seed
    )


def plan_from_json(plain: object) -> Plan:
    """The plan that plain data describes, checked like any other. Raises Refused."""
    if not isinstance(plain, dict):
        raise Refused(
            "plan", type(plain).__name__, "an object with workload, parameters and contenders"
        )
    known = ("workload", "parameters", "contenders", "precision", "budget_s", "seed", "rounds")
    for name in plain:
        if name not in known:
            raise Refused("plan field", name, choice_of(known))
    for name in ("workload", "parameters", "contenders", "precision", "seed"):
        if name not in plain:
            raise Refused(f"plan.{name}", None, "given")
    return _checked(
        plain["workload"],
        _of_type(plain["parameters"], dict, "plan.parameters", "an object"),
        None,
        _of_type(plain["contenders"], list, "plan.contenders", "a list"),
        plain["precision"],
        plain.get("rounds"),
        plain.get("budget_s"),
        plain["seed"],
    )


def _checked(
    workload: object,
    parameters: Mapping[str, object],
    preset: str | None,
    contenders: Sequence[object],
    precision: object,
    rounds: object,
    budget_s: object,
    seed: object,
) -> Plan:
    work = find_workload(workload if isinstance(workload, str) else repr(workload))
    if not isinstance(precision, str) or precision not in PRECISIONS:
        raise Refused("precision", precision, choice_of(list(PRECISIONS)))
    if len(contenders) > MOST_CONTENDERS:
        raise Refused("contenders", len(contenders), f"at most {MOST_CONTENDERS}", "choose fewer")
    checked = tuple(_contender(contender, work) for contender in contenders)
    names = [contender.name for contender in checked]
    for name in names:
        if names.count(name) > 1:
            raise Refused("contender", name, "named once", "remove the second one")
    return Plan(
        workload=work.name,
        parameters=work.parameters(parameters, preset),
        contenders=checked,
        precision=precision,
        budget_s=_number(_BUDGET, budget_s, PRECISIONS[precision].budget_s),
        seed=int(_number(_SEED, seed, 0)),
        rounds=None if rounds is None else int(_number(_ROUNDS, rounds, 0)),
    )


def _contender(plain: object, work: Workload) -> Contender:
    given = _of_type(plain, dict, "contender", "an object with executor, workers and options")
    known = ("name", "executor", "workers", "options", "interpreter")
    for name in given:
        if name not in known:
            raise Refused("contender field", name, choice_of(known))
    executor = find_executor(str(given.get("executor")))
    if executor.name == "sequential":
        raise Refused(
            "contender", "sequential", "another executor", "the baseline is always measured"
        )
    if reason := executor.unfit(work):
        raise Refused(
            "executor", executor.name, f"one that can run {work.name}", reason.rstrip(".")
        )
    workers = Field("workers", (int,), 1, (Between(1, executor.most),))
    options = _of_type(given.get("options", {}), dict, f"{executor.name}.options", "an object")
    interpreter = given.get("interpreter") or this_interpreter()
    if interpreter != this_interpreter():
        raise Refused(
            "interpreter", interpreter, this_interpreter(), "it is the only one known here"
        )
    count = int(workers.checked(given.get("workers"), f"{executor.name}."))
    checked = checked_options(executor, options)
    return Contender(_named(executor, count, checked), executor.name, count, checked, interpreter)


def _named(executor: Executor, workers: int, options: Mapping[str, Value]) -> str:
    """Executor and workers, with the options that differ from their defaults in brackets."""
    odd = [
        f"{option.name} {options[option.name]}"
        if option.name == "chunk"
        else str(options[option.name])
        for option in options_form(executor)
        if options[option.name] != option.default
    ]
    return f"{executor.name} × {workers}" + (f" ({', '.join(odd)})" if odd else "")


def _worker_counts(workers: Sequence[object]) -> list[object]:
    if not workers:
        raise Refused("workers", "empty", "at least one number", "such as 1,2,4")
    return [count for place, count in enumerate(workers) if count not in workers[:place]]


def _number(bounds: Field, value: object, default: float) -> float:
    return default if value is None else cast(float, bounds.checked(value))


def _of_type(value: object, kind: type[Any], what: str, bound: str) -> Any:
    if not isinstance(value, kind):
        raise Refused(what, value, bound)
    return value
