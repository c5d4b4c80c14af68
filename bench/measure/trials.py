"""Real trials: one child process each, with the resources that the work needs."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.errors import Unavailable
from bench.measure.child.turn import FREE, tell
from bench.measure.host.cpus import cpus, throttle_file
from bench.measure.host.known import Known, interpreter_of, known_interpreters
from bench.measure.own.sources import stamp
from bench.measure.processes.frames import located
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Ended
from bench.measure.processes.resources import provided
from bench.measure.processes.running import python_path, run_child
from bench.measure.rounds import Trial
from bench.plan import Contender, Plan
from bench.samples import Failure, Sample, Span, Trace
from bench.workloads import Workload, find_workload
from bench.workloads.source import Source

# What an interpreter is told to run.
COMMAND: tuple[str, ...] = ("-m", "bench.measure.child.trial")

# No answer's text is longer, in characters.
MOST_ANSWER = 200

TIMES = ("cold_s", "warm_s", "start_s", "first_s", "stop_s", "cpu_user_s", "cpu_system_s")
# What a system may not tell.
MAYBE = ("warm_cpu_s", "foreign_share", "steal_share", "throttled_s", "swapped_in")


@contextmanager
def trials(
    plan: Plan,
    *,
    seconds: float,
    most_bytes: int | None = None,
    stopping: Callable[[], bool],
    traced: Callable[[Trace], None] = lambda _: None,
    known: Known = known_interpreters,
    dask: str = "",
    turn: Path | None = None,
) -> Iterator[Trial]:
    """Start what the plan's work needs; yields the function that measures one trial of it.

    A trial that takes longer than `seconds`, or holds more than `most_bytes` of memory, is ended
    with its whole tree. `traced` is called with
    what the first round's trials tell of single tasks. `dask` is the address of a running cluster's
    scheduler for the executor of that name; `turn` is the file in which trials tell that they are
    timed. Raises Unavailable if an interpreter of the plan is not
    among those `known`, and Refused for work that is no longer known or has other parameters by
    now. A trial raises Unavailable if its work has changed.
    """
    workload = find_workload(plan.workload)
    workload.parameters(plan.parameters)
    source = workload.source
    written = stamp(source.files) if source else ()
    pythons = {name: interpreter_of(name, known) for name in plan.interpreters}
    here, throttle = cpus(), throttle_file()
    with ExitStack() as stack:
        reaper = stack.enter_context(Reaper())
        stack.callback(tell, str(turn or ""), FREE)  # a trial that is killed cannot
        path = {"PYTHONPATH": python_path(*source.folders)} if source else {}
        resources = stack.enter_context(provided(workload.resources, reaper))

        def trial(contender: Contender, round_: int, order: int) -> Sample | Failure:
            parameters = plan.parameters_of(contender)
            request = {
                "workload": plan.workload,
                "parameters": parameters,
                "resources": resources,
                "executor": contender.executor,
                "workers": contender.workers,
                "options": contender.options,
                "usable_cpus": here.usable,
                "throttle_file": throttle,
                "turn": str(turn or ""),
                "trace": round_ == 1 and _is_traced(contender, plan, dask),
            }
            if source:
                request["own"] = source.names
                _check_unchanged(source, written)
            python = pythons[contender.interpreter]
            began = time.monotonic()
            ended = run_child(
                (python.path, *COMMAND),
                request,
                reaper=reaper,
                seconds=seconds,
                most_bytes=most_bytes,
                environment={
                    **workload.variables(parameters),
                    **python.environment,
                    **path,
                    "BENCH_DASK": dask,
                },
                stopping=stopping,
            )
            if ended.event is None:
                message = _message(ended, workload)
                return Failure(contender.name, round_, ended.code, message, ended.output)
            try:
                sample = sample_from(
                    ended.event, contender.name, round_, order, time.monotonic() - began
                )
                if ended.event["trace"] is not None:
                    traced(trace_from(ended.event["trace"], contender.name))
                return sample
            except (KeyError, TypeError, ValueError, OverflowError):
                message = "Its channel held an event without the times of a sample."
                return Failure(contender.name, round_, "garbage", message, ended.output)

        yield trial


def _is_traced(contender: Contender, plan: Plan, dask: str) -> bool:
    """Whether a traced pass would tell anything: of a sweep none could be drawn, and machines of
    a cluster have clocks of their own.
    """
    if contender.role == "control" or plan.sweep:
        return False
    return not (dask and contender.executor == "dask")


def _check_unchanged(source: Source, written: tuple[object, ...]) -> None:
    if stamp(source.files) != written:
        raise Unavailable(f"{source.label} was changed while it was measured: measure it again.")


def _message(ended: Ended, workload: Workload) -> str:
    if workload.source is None:
        return ended.message
    return located(ended, workload.source, workload.name.rpartition(":")[2])


def line_of(answer: object) -> str:
    """An answer as one line that can be shown, whoever wrote it into the channel."""
    return "".join(char if char.isprintable() else "?" for char in str(answer)[:MOST_ANSWER])


def sample_from(
    event: Mapping[str, Any], contender: str, round_: int, order: int, trial_s: float
) -> Sample:
    """The sample that an event tells.

    Raises KeyError, TypeError, ValueError or OverflowError if it tells none.
    """
    times = {name: float(event[name]) for name in TIMES}
    maybe: dict[str, Any] = {name: event[name] for name in MAYBE}
    known = [number for number in maybe.values() if number is not None]
    if not all(math.isfinite(number) for number in [*times.values(), *known]):
        raise ValueError("a number is not finite")
    if not (times["cold_s"] > 0 and times["warm_s"] > 0):
        raise ValueError("a time is not positive")
    return Sample(
        contender=contender,
        round=round_,
        order=order,
        repeats=int(event["repeats"]),
        trial_s=trial_s,
        answer=line_of(event["answer"]),
        gil=bool(event["gil"]),
        voluntary=int(event["voluntary"]),
        involuntary=int(event["involuntary"]),
        **{**times, **maybe},
    )


def trace_from(told: Mapping[str, Any], contender: str) -> Trace:
    """The trace that an event tells. Raises KeyError, TypeError or ValueError if it tells none."""
    spans = tuple(
        Span(int(worker), int(stage), float(start), float(end), None if cpu is None else float(cpu))
        for worker, stage, start, end, cpu in told["spans"]
    )
    counts = {
        name: None if told[name] is None else int(told[name])
        for name in ("memory_bytes", "sent_bytes", "received_bytes")
    }
    return Trace(
        contender, float(told["pass_s"]), int(told["tasks"]), int(told["workers"]), spans, **counts
    )
