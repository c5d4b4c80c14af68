"""The ways to run tasks, one small file each behind one seam, and the registry of them.

An executor opens with a number of workers and options and yields a map:

    with executor.open(workers, **options) as run:
        results = list(run(task, items))    # in the order of the items

The keyword-only parameters of `open` are its options: their defaults and `Annotated` bounds make
the form, the command line and the checks.
"""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from bench.errors import Refused
from bench.forms import Form, Value, choice_of, filled, form_of

Map = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]


class Executor(Protocol):
    """One way to run tasks; `most` is the largest number of workers that it may be given."""

    name: str
    title: str
    most: int

    @property
    def open(self) -> Callable[..., AbstractContextManager[Map]]:
        """Start `workers` workers with options, yield a map over them, and stop them."""

    def missing(self) -> str | None:
        """Why it cannot run on this interpreter, in one sentence; None if it can."""


# One module each, of the same name; imported when asked for, as a trial needs just one.
NAMES = ("sequential", "threads", "processes")


def all_executors() -> dict[str, Executor]:
    """Every executor by name."""
    return {name: find_executor(name) for name in NAMES}


def find_executor(name: str) -> Executor:
    """The executor of that name. Raises Refused."""
    if name not in NAMES:
        raise Refused("executor", name, choice_of(NAMES))
    executor: Executor = importlib.import_module(f"bench.executors.{name}").executor
    return executor


def options_form(executor: Executor) -> Form:
    """The form of an executor's options."""
    return form_of(executor.open, keyword_only=True)


def checked_options(executor: Executor, values: Mapping[str, object]) -> dict[str, Value]:
    """All options: the given ones over the defaults. Raises Refused."""
    return filled(options_form(executor), values, f"{executor.name}.")
