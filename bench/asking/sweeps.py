"""Checking what a plan varies: a parameter of the work, or an option of all its executors."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bench.errors import Refused
from bench.executors import options_form
from bench.executors.seam import Executor
from bench.forms import Field, Value, choice_of
from bench.plan import Sweep
from bench.workloads import Workload

MOST_VALUES = 32

SWEEP_FIELDS = ("name", "of", "values")


def sweepable(work: Workload, executors: Sequence[Executor]) -> dict[str, Field]:
    """What a plan of that work and those executors may vary, by name: a parameter comes first."""
    forms = [options_form(executor) for executor in executors if executor.name != "sequential"]
    names = [{field.name for field in form} for form in forms]
    shared = set.intersection(*names) if names else set()
    options = {field.name: field for form in forms[:1] for field in form if field.name in shared}
    return {**options, **{field.name: field for field in work.form}}


def checked_sweep(plain: object, work: Workload, executors: Sequence[Executor]) -> Sweep:
    """The sweep that plain data describes. Raises Refused.

    An option's values are checked by each executor's own form, with its contenders.
    """
    if not isinstance(plain, Mapping) or not {"name", "values"} <= set(plain) <= set(SWEEP_FIELDS):
        raise Refused("sweep", plain, "an object with name and values")
    name, values = plain["name"], plain["values"]
    known = sweepable(work, executors)
    if not isinstance(name, str) or name not in known:
        raise Refused("sweep", name, choice_of(list(known)))
    if not isinstance(values, list | tuple):
        raise Refused(f"sweep.{name}", values, "a list of values")
    parameters = {field.name: field for field in work.form}
    checked = tuple(_value(value, parameters.get(name), work, name) for value in values)
    if not 2 <= len(set(checked)) <= MOST_VALUES or len(set(checked)) < len(checked):
        told = ", ".join(map(str, checked))
        raise Refused(f"sweep.{name}", told, f"2 to {MOST_VALUES} values, each named once")
    of: Literal["parameter", "option"] = "parameter" if name in parameters else "option"
    if plain.get("of", of) != of:
        raise Refused("sweep.of", plain["of"], of)
    return Sweep(name, of, checked)


def _value(value: object, field: Field | None, work: Workload, name: str) -> Value:
    if field:
        return field.checked(value, f"{work.name}.")
    if not isinstance(value, int | float | str):
        raise Refused(f"sweep.{name}", value, "a list of numbers or names")
    return value
