"""What is typed, as what a plan is drafted from; the plan's own checks come after."""

import os
from collections.abc import Mapping, Sequence

from bench.errors import Refused
from bench.executors import find_executor, options_form
from bench.forms import Field, Form, choice_of
from bench.measure.host.environment import environment
from bench.measure.host.known import Known
from bench.plan import usual_workers


def python_of(text: str, known: Known) -> str:
    """The name of the interpreter that a name or a path stands for. Raises Refused."""
    if os.sep not in text:
        return text
    found = [one for one in known().values() if text in (one.path, one.named)]
    if not found:
        raise Refused("python", text, "the path of a Python")
    return found[0].name


def executors_of(texts: Sequence[str]) -> dict[str, Mapping[str, object]]:
    """The options of each executor of `NAME` or `NAME:OPTION=VALUE,…`. Raises Refused."""
    ways: dict[str, Mapping[str, object]] = {}
    for text in texts:
        name, options = _executor(text)
        if name in ways:
            raise Refused("executor", name, "named once", "remove the second one")
        ways[name] = options
    return ways


def _executor(text: str) -> tuple[str, Mapping[str, object]]:
    name, _, options = text.partition(":")
    form = options_form(find_executor(name))
    return name, pairs_of(options.split(",") if options else [], form, f"{name}.")


def pairs_of(pairs: Sequence[str], form: Form, prefix: str) -> dict[str, object]:
    """The values of a form's fields, each told as `NAME=VALUE`. Raises Refused."""
    fields = {field.name: field for field in form}
    values: dict[str, object] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise Refused("parameter", pair, "written NAME=VALUE")
        if name not in fields:
            raise Refused(prefix + "parameter", name, choice_of(list(fields)))
        values[name] = fields[name].read(text, prefix)
    return values


def sweep_of(text: str | None, known: Mapping[str, Field]) -> tuple[str, Sequence[object]] | None:
    """What `NAME=VALUE,VALUE,…` sweeps, one of the `known` fields, if anything. Raises Refused."""
    if text is None:
        return None
    name, equals, values = text.partition("=")
    if not equals:
        raise Refused("sweep", text, "written NAME=VALUE,VALUE,...")
    if name not in known:
        raise Refused("sweep", name, choice_of(list(known)))
    return name, [known[name].read(value.strip(), "sweep.") for value in values.split(",")]


def workers_of(text: str | None, kind: str) -> list[object]:
    """The numbers between commas; without a text those that are usual for work of that kind."""
    if text is None:
        return list(usual_workers(kind, environment()["cpus"]["usable"]))
    return [number_of(part.strip()) for part in text.split(",") if part.strip()]


def number_of(text: str | None) -> object:
    """The number a text stands for, or the text itself for the plan's check to refuse."""
    for kind in (int, float):
        try:
            return None if text is None else kind(text)
        except ValueError:
            continue
    return text
