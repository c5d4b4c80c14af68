"""Real trials: one child process each, with the resources that the work needs."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from bench.measure.child import run_child
from bench.measure.groups import Reaper
from bench.measure.known import Known, interpreter_of, known_interpreters
from bench.measure.loopback import loopback_server
from bench.measure.rounds import Trial
from bench.plan import Contender, Plan
from bench.samples import Failure, Sample
from bench.workloads import find_workload

# What an interpreter is told to run.
COMMAND = ("-m", "bench.measure.trial")

TIMES = ("cold_s", "warm_s", "start_s", "first_s", "stop_s", "cpu_user_s", "cpu_system_s")


@contextmanager
def trials(
    plan: Plan,
    *,
    seconds: float,
    stopping: Callable[[], bool],
    known: Known = known_interpreters,
    dask: str = "",
) -> Iterator[Trial]:
    """Start what the plan's work needs; yields the function that measures one trial of it.

    A trial that takes longer than `seconds` is ended with its whole tree. `dask` is the address of
    a running cluster's scheduler for the executor of that name. Raises Unavailable if an
    interpreter of the plan is not among those `known`.
    """
    workload = find_workload(plan.workload)
    pythons = {name: interpreter_of(name, known) for name in plan.interpreters}
    with ExitStack() as stack:
        reaper = stack.enter_context(Reaper())
        resources = {}
        if "server" in workload.resources:
            resources["server"] = stack.enter_context(loopback_server(reaper))

        def trial(contender: Contender, round_: int, order: int) -> Sample | Failure:
            request = {
                "workload": plan.workload,
                "parameters": plan.parameters,
                "resources": resources,
                "executor": contender.executor,
                "workers": contender.workers,
                "options": contender.options,
            }
            python = pythons[contender.interpreter]
            began = time.monotonic()
            ended = run_child(
                (python.path, *COMMAND),
                request,
                reaper=reaper,
                seconds=seconds,
                environment={
                    **python.environment,
                    **workload.environment(**plan.parameters),
                    "BENCH_DASK": dask,
                },
                stopping=stopping,
            )
            if ended.event is None:
                return Failure(contender.name, round_, ended.code, ended.message, ended.output)
            try:
                return sample_from(
                    ended.event, contender.name, round_, order, time.monotonic() - began
                )
            except (KeyError, TypeError, ValueError, OverflowError):
                message = "Its channel held an event without the times of a sample."
                return Failure(contender.name, round_, "garbage", message, ended.output)

        yield trial


def sample_from(
    event: Mapping[str, Any], contender: str, round_: int, order: int, trial_s: float
) -> Sample:
    """The sample that an event tells.

    Raises KeyError, TypeError, ValueError or OverflowError if it tells none.
    """
    times = {name: float(event[name]) for name in TIMES}
    if not all(math.isfinite(time_) for time_ in times.values()):
        raise ValueError("a time is not finite")
    if not (times["cold_s"] > 0 and times["warm_s"] > 0):
        raise ValueError("a time is not positive")
    return Sample(
        contender=contender,
        round=round_,
        order=order,
        repeats=int(event["repeats"]),
        trial_s=trial_s,
        answer=str(event["answer"]),
        **times,
    )
