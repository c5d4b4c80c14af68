"""Performing one experiment, for the service and the command line alike."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bench.demonstration import Demonstration
from bench.errors import Unavailable, machine_refused
from bench.experiments import find_experiment
from bench.measure.host.cpus import cpus
from bench.measure.host.known import Known, interpreter_of, known_interpreters
from bench.measure.processes.groups import Reaper
from bench.measure.processes.listening import Stopped
from bench.measure.processes.resources import provided
from bench.measure.processes.running import run_child

log = logging.getLogger(__name__)

# What an interpreter is told to run.
COMMAND = ("-m", "bench.measure.child.showing")


def demonstrate(
    asked: Demonstration,
    *,
    keep: Callable[[Mapping[str, Any]], None],
    stopping: Callable[[], bool],
    most_bytes: int | None = None,
    known: Known = known_interpreters,
) -> Demonstration:
    """Perform an experiment; it comes back with its events, its facts and its last state.

    `keep` is called with each event as it comes. Only under the host's lock. What takes longer than
    the experiment's deadline, or holds more than `most_bytes` of memory, is ended with its tree.
    """
    experiment = find_experiment(asked.asked.experiment)
    events: list[Mapping[str, Any]] = []

    def telling(event: Mapping[str, Any]) -> None:
        events.append(event)
        keep(event)

    try:
        python = interpreter_of(asked.asked.interpreter, known)
        with Reaper() as reaper, provided(experiment.resources, reaper) as resources:
            ended = run_child(
                (python.path, *COMMAND),
                {
                    "experiment": experiment.name,
                    "parameters": asked.asked.parameters,
                    "resources": resources,
                    "usable_cpus": cpus().usable,
                },
                reaper=reaper,
                seconds=experiment.deadline_s,
                most_bytes=most_bytes,
                environment=python.environment,
                stopping=stopping,
                telling=telling,
            )
    except Stopped:
        return replace(asked, state="stopped", events=tuple(events))
    except (OSError, Unavailable) as error:
        sentence = machine_refused(error) if isinstance(error, OSError) else str(error)
        return replace(asked, state="failed", events=tuple(events), error=sentence)
    log.info("experiment %s %s ended: %s", experiment.name, asked.id, ended.code or "facts")
    return replace(
        asked,
        state="done" if ended.event else "failed",
        events=tuple(events),
        facts=ended.event["facts"] if ended.event else None,
        error=ended.message,
        output=ended.output,
    )
