"""Profiling a task: a child of its own, with a deadline, measures it on a sample of its items."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from bench.errors import Broken
from bench.measure.host.cpus import cpus
from bench.measure.host.known import Known, interpreter_of, known_interpreters
from bench.measure.processes.frames import located
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Ended
from bench.measure.processes.resources import provided
from bench.measure.processes.running import python_path, run_child
from bench.profiles import Profile, Wanted
from bench.workloads import Workload, find_workload

# What an interpreter is told to run.
COMMAND = ("-m", "bench.measure.child.profile")

# About how long each look at the GIL is, in seconds; it is longer where tasks are.
LOOK = 3.0

# The longest that a profile may take, in seconds.
DEADLINE = 120.0

NONSENSE = (KeyError, TypeError, ValueError, OverflowError, AttributeError)


class Unprofiled(Broken):
    """A task that could not be profiled, in one sentence; `output` is the last that it printed."""

    def __init__(self, sentence: str, output: str) -> None:
        super().__init__(sentence)
        self.output = output


def profiled(
    wanted: Wanted,
    *,
    seconds: float = DEADLINE,
    most_bytes: int | None = None,
    stopping: Callable[[], bool] = lambda: False,
    known: Known = known_interpreters,
) -> Profile:
    """The profile that is wanted. Only under the host's lock.

    What goes wrong in a second thread leaves what was known before. Raises Unprofiled, Stopped, and
    Refused or Unavailable for work or an interpreter that is not there.
    """
    workload = find_workload(wanted.workload)
    parameters = workload.parameters(wanted.parameters)
    python = interpreter_of(wanted.interpreter, known)
    source = workload.source
    steps: list[Mapping[str, Any]] = []
    with ExitStack() as stack:
        reaper = stack.enter_context(Reaper())
        request: dict[str, Any] = {
            "workload": workload.name,
            "parameters": parameters,
            "usable_cpus": cpus().usable,
            "look_s": LOOK,
        }
        if source:
            request["own"] = source.names
        request["resources"] = stack.enter_context(provided(workload.resources, reaper))
        path = {"PYTHONPATH": python_path(*source.folders)} if source else {}
        ended = run_child(
            (python.path, *COMMAND),
            request,
            reaper=reaper,
            seconds=seconds,
            most_bytes=most_bytes,
            environment={**workload.variables(parameters), **python.environment, **path},
            stopping=stopping,
            telling=steps.append,
        )
    return _profile(ended, steps, workload)


def _profile(ended: Ended, steps: list[Mapping[str, Any]], workload: Workload) -> Profile:
    """What a child told at its end; or before it went wrong, and what went wrong then."""
    try:
        if ended.event is not None:
            return Profile.restored(ended.event["facts"])
        if steps:
            told = f"At once with others, {_message(ended, workload)}"
            return Profile.restored({**steps[-1], "unthreaded": told})
    except NONSENSE:
        raise Unprofiled("Its channel held an event that is no profile.", ended.output) from None
    raise Unprofiled(_message(ended, workload), ended.output)


def _message(ended: Ended, workload: Workload) -> str:
    if workload.source is None:
        return ended.message
    return located(ended, workload.source, workload.name.rpartition(":")[2])
