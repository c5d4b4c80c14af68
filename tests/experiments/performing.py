"""Performing an experiment in this process, to its facts."""

from collections.abc import Mapping
from typing import Any

from bench.experiments import Experiment, find_experiment
from bench.measure.processes.groups import Reaper
from bench.measure.processes.resources import provided

# What the child of a demonstration adds to its facts.
HERE = {"version": [3, 11, 7], "gil": True, "start_method": "fork", "usable_cpus": 2}


def performed(name: str, **parameters: Any) -> tuple[list[Mapping[str, Any]], dict[str, Any]]:
    """The events and the facts of an experiment with these parameters, others by default."""
    experiment = find_experiment(name)
    events = []
    with Reaper() as reaper, provided(experiment.resources, reaper) as resources:
        steps = experiment.steps(**experiment.parameters(parameters), **resources)
        while True:
            try:
                events.append(next(steps))
            except StopIteration as end:
                return events, {**end.value, **HERE}


def verdict_of(experiment: Experiment, facts: Mapping[str, Any]) -> str:
    judged = experiment.judge(facts)
    assert judged.explanation.endswith(".")
    return judged.verdict
