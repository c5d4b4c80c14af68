"""Checking the contenders of a plan: executor, workers, options and interpreter of each."""

from collections.abc import Mapping, Sequence

from bench.errors import Refused
from bench.executors import checked_options, find_executor, options_form
from bench.executors.seam import Executor
from bench.forms import Between, Field, Value, choice_of
from bench.measure.host.interpreters import lacking
from bench.measure.host.known import Known, known_interpreters
from bench.plan import Contender, Sweep, called, spoken, this_interpreter
from bench.workloads import Workload

CONTENDER_FIELDS = ("name", "executor", "workers", "options", "interpreter", "at")


def checked_contender(
    given: Mapping[str, object],
    work: Workload,
    hosts: Sequence[str],
    sweep: Sweep | None,
    known: Known,
) -> Contender:
    """The contender that plain data describes, for that work on those interpreters.

    Raises Refused.
    """
    for name in given:
        if name not in CONTENDER_FIELDS:
            raise Refused("contender field", name, choice_of(CONTENDER_FIELDS))
    executor = find_executor(str(given.get("executor")))
    if executor.name == "sequential":
        raise Refused(
            "contender", "sequential", "another executor", "the baseline is always measured"
        )
    host = given.get("interpreter") or hosts[0]
    if not isinstance(host, str) or host not in hosts:
        raise Refused("contender.interpreter", host, choice_of(hosts))
    check_on(host, executor, known)
    if reason := executor.unfit(work):
        raise Refused(
            "executor", executor.name, f"one that can run {work.name}", reason.rstrip(".")
        )
    workers = Field("workers", (int,), 1, (Between(1, executor.most),))
    count = int(workers.checked(given.get("workers"), f"{executor.name}."))
    at = _swept(given.get("at"), sweep)
    options = _options(executor, given.get("options", {}), sweep, at)
    name = called(_named(executor, count, options, sweep), host, hosts, sweep, at)
    return Contender(name, executor.name, count, options, host, at)


def _swept(at: object, sweep: Sweep | None) -> Value | None:
    """The contender's value of what is swept, in the sweep's own type."""
    if sweep is None:
        if at is not None:
            raise Refused("contender.at", at, "left out, as the plan sweeps nothing")
        return None
    for value in sweep.values:
        if value == at and not isinstance(at, bool):
            return value
    raise Refused("contender.at", at, choice_of([str(value) for value in sweep.values]))


def _options(
    executor: Executor, given: object, sweep: Sweep | None, at: Value | None
) -> dict[str, Value]:
    if not isinstance(given, Mapping):
        raise Refused(f"{executor.name}.options", given, "an object")
    if sweep is None or sweep.of == "parameter" or at is None:
        return checked_options(executor, given)
    if given.get(sweep.name, at) != at:
        raise Refused(f"{executor.name}.{sweep.name}", given[sweep.name], f"{at}, as it is swept")
    return checked_options(executor, {**given, sweep.name: at})


def _named(
    executor: Executor, workers: int, options: Mapping[str, Value], sweep: Sweep | None
) -> str:
    """Executor and workers, with the options that differ from their defaults in brackets."""
    swept = sweep.name if sweep and sweep.of == "option" else ""
    odd = [
        f"{spoken(option.name)} {options[option.name]}"
        if option.name == "chunk" or isinstance(options[option.name], int)
        else str(options[option.name])
        for option in options_form(executor)
        if options[option.name] != option.default and option.name != swept
    ]
    return f"{executor.name} × {workers}" + (f" ({', '.join(odd)})" if odd else "")


def missing_on(
    host: str, what: Workload | Executor, known: Known = known_interpreters
) -> str | None:
    """Why that interpreter cannot run a workload or executor, in one sentence; None if it can."""
    if host == this_interpreter():
        return what.missing()
    found = known()[host]
    if isinstance(what, Workload) and what.source:
        return lacking(found.path, what.packages)
    return (found.workloads if isinstance(what, Workload) else found.executors).get(what.name)


def check_on(host: str, what: Workload | Executor, known: Known) -> None:
    """Raises Refused if that interpreter cannot run a workload or executor."""
    if reason := missing_on(host, what, known):
        kind = "workload" if isinstance(what, Workload) else "executor"
        place = "here" if host == this_interpreter() else f"on {host}"
        raise Refused(kind, what.name, f"one that can run {place}", reason.rstrip("."))
