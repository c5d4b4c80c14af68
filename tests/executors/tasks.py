"""Tasks that other processes and interpreters can import. Standard library only."""

import os
from collections.abc import Callable
from typing import Any

from bench.executors import find_executor, options_form
from bench.executors.seam import Executor
from bench.forms import Value
from bench.work import Staged


def plus_one(number: int) -> int:
    return number + 1


def itself(item: Any) -> Any:
    return item


def uneven(item: tuple[int, int]) -> int:
    """Count to the second number; give the first one."""
    place, turns = item
    for _ in range(turns):
        pass
    return place


def reciprocal(number: int) -> float:
    return 1 / number


def process_of(_: object) -> int:
    """The process that runs it."""
    return os.getpid()


def fitted(executor: Executor, task: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The task in the form that an executor can run."""
    return Staged(wait=itself, compute=task) if executor.name == "hybrid" else task


def defaults(name: str, **values: Value) -> dict[str, Value]:
    """An executor's options: these values where it has them, its defaults otherwise."""
    form = options_form(find_executor(name))
    return {field.name: values.get(field.name, field.default) for field in form}


def variants(name: str) -> list[dict[str, Value]]:
    """Each value of each option once (3 where it is a number), the others at their defaults."""
    executor = find_executor(name)
    found = [defaults(name)]
    for field in options_form(executor):
        choices = [choice for bound in field.bounds for choice in getattr(bound, "choices", ())]
        for value in [*choices, 3] if int in field.kinds else choices:
            options = defaults(name, **{field.name: value})
            if executor.barred(options):
                options["start_method"] = "spawn"
            if options not in found:
                found.append(options)
    return found
