"""Checking what is asked of an experiment: the one door from people, files and links to it."""

from collections.abc import Mapping, Sequence

from bench.demonstration import Asked
from bench.errors import Refused
from bench.experiments import Group, all_experiments, find_experiment
from bench.measure.host.interpreters import lacking
from bench.measure.host.known import Known, known_interpreters, usable_interpreter
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


def ask_all(
    groups: Sequence[Group], interpreter: str = "", known: Known = known_interpreters
) -> tuple[list[Asked], dict[str, str]]:
    """Every experiment of some groups with its defaults; and, by name, why others cannot run.

    Raises Refused if no such interpreter can be used.
    """
    host = usable_interpreter(interpreter or this_interpreter(), known)
    asked, refused = list[Asked](), dict[str, str]()
    for one in all_experiments().values():
        if one.group in groups:
            try:
                asked.append(ask(one.name, None, host, known))
            except Refused as refusal:
                refused[one.name] = str(refusal)
    return asked, refused
