"""Small values that tests build on: plans, samples, runs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bench.asking.plans import draft
from bench.errors import Refused
from bench.executors.processes import START_METHODS
from bench.plan import Plan
from bench.samples import Failure, Run, Sample, State

Given = TypeVar("Given")
Made = TypeVar("Made")

THREADS_AND_PROCESSES: Mapping[str, Mapping[str, object]] = {"threads": {}, "processes": {}}


def outcome(make: Callable[[Given], Made], given: Given) -> Made | Refused:
    """What is made of something, or its refusal; any other error comes through."""
    try:
        return make(given)
    except Refused as refused:
        return refused


def a_plan(
    workload: str = "primes",
    *,
    executors: Mapping[str, Mapping[str, object]] | Sequence[str] = THREADS_AND_PROCESSES,
    workers: Sequence[object] = (2,),
    seed: int = 7,
    **more: Any,
) -> Plan:
    """A plan of the least work: sequential, control, threads × 2 and processes × 2."""
    if not isinstance(executors, Mapping):
        executors = {name: {} for name in executors}
    more.setdefault("ceiling", False)
    if workload == "primes":
        more.setdefault("parameters", {"limit": 1_000})
    return draft(workload, executors=executors, workers=workers, seed=seed, **more)


# Not the default one, whichever that is here.
OTHER_START = START_METHODS[-1]

FULL = a_plan(
    "pages",
    executors={"threads": {"chunk": 3}, "processes": {"start_method": OTHER_START}},
    workers=[1, 4],
    precision="rigorous",
    budget_s=12.5,
    rounds=7,
    preset="article",
)


def a_sample(
    contender: str = "sequential",
    round_: int = 1,
    order: int = 0,
    *,
    warm: float = 1.0,
    cold: float | None = None,
    answer: str = "168",
    trial: float | None = None,
    foreign: float | None = 0.0,
    steal: float | None = 0.0,
) -> Sample:
    """A sample; its cold time is twice the warm one, and its trial took both, if not said."""
    cold = 2 * warm if cold is None else cold
    return Sample(
        contender=contender,
        round=round_,
        order=order,
        cold_s=cold,
        warm_s=warm,
        start_s=cold - warm,
        first_s=warm,
        stop_s=0.0,
        repeats=1,
        cpu_user_s=warm,
        cpu_system_s=0.0,
        trial_s=cold + warm if trial is None else trial,
        answer=answer,
        warm_cpu_s=warm,
        voluntary=0,
        involuntary=0,
        gil=True,
        foreign_share=foreign,
        steal_share=steal,
        throttled_s=None,
        swapped_in=0,
    )


def a_failure(contender: str, round_: int = 1, message: str = "It broke.") -> Failure:
    return Failure(contender, round_, "raised", message, "what it printed")


def a_run(
    plan: Plan,
    samples: Sequence[Sample] = (),
    failures: Sequence[Failure] = (),
    *,
    state: State = "running",
    usable: int = 2,
) -> Run:
    """A run of these samples, on a machine of so many usable CPUs."""
    environment = {"cpus": {"usable": usable}, "python": {"label": "CPython"}}
    return Run("0" * 12, plan, state, 1_000.0, environment, tuple(samples), tuple(failures))


def rounds_of(plan: Plan, warm: Mapping[str, Sequence[float]]) -> tuple[Sample, ...]:
    """Samples of whole rounds: each contender's warm seconds, one a round."""
    return tuple(
        a_sample(contender.name, round_, order, warm=times[round_ - 1])
        for order, contender in enumerate(plan.line_up)
        if (times := warm.get(contender.name, ()))
        for round_ in range(1, len(times) + 1)
    )
