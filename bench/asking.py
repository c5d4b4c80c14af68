"""Checking what is asked of an experiment: the one door from people, files and links to it."""

from collections.abc import Mapping

from bench.demonstration import Asked
from bench.errors import Refused
from bench.experiments import find_experiment
from bench.measure.interpreters import lacking
from bench.measure.known import Known, known_interpreters, usable_interpreter
from bench.plan import this_interpreter


def ask(
    experiment: str,
    parameters: Mapping[str, object] | None = None,
    interpreter: str = "",
    known: Known = known_interpreters,
) -> Asked:
    """A checked request: an experiment with all its parameters, on an interpreter by its name.

    On this one if none is named. Raises Refused.
    """
    found = find_experiment(experiment)
    host = usable_interpreter(interpreter or this_interpreter(), known)
    reason = (
        found.missing()
        if host == this_interpreter()
        else lacking(known()[host].path, found.packages)
    )
    if reason:
        place = "here" if host == this_interpreter() else f"on {host}"
        raise Refused("experiment", found.name, f"one that can run {place}", reason.rstrip("."))
    return Asked(found.name, found.parameters(parameters or {}), host)
