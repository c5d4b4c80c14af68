"""The ways to run tasks, one small file each behind one seam, and the registry of them."""

import importlib
from collections.abc import Mapping

from bench.errors import Refused
from bench.executors.seam import Executor
from bench.forms import Form, Value, choice_of, filled, form_of

# Each one's module; imported when asked for, as a trial needs just one.
MODULES = {
    "sequential": "sequential",
    "threads": "threads",
    "bare-threads": "bare_threads",
    "processes": "processes",
    "pool": "pool",
    "asyncio": "coroutines",
    "interpreters": "interpreters",
    "loky": "loky",
    "hybrid": "hybrid",
    "dask": "dask",
    "ceiling": "ceiling",
}
NAMES = tuple(MODULES)


def all_executors() -> dict[str, Executor]:
    """Every executor by name."""
    return {name: find_executor(name) for name in NAMES}


def find_executor(name: str) -> Executor:
    """The executor of that name. Raises Refused."""
    if name not in MODULES:
        raise Refused("executor", name, choice_of(NAMES))
    executor: Executor = importlib.import_module(f"bench.executors.{MODULES[name]}").executor
    return executor


def workers_are(name: str) -> str:
    """What the workers of an executor are that a kept run names; empty if it is not known here."""
    return find_executor(name).kind if name in MODULES else ""


def options_form(executor: Executor) -> Form:
    """The form of an executor's options."""
    return form_of(executor.open, keyword_only=True)


def checked_options(executor: Executor, values: Mapping[str, object]) -> dict[str, Value]:
    """All options: the given ones over the defaults. Raises Refused."""
    options = filled(options_form(executor), values, f"{executor.name}.")
    if reason := executor.barred(options):
        told = ", ".join(f"{name} {value}" for name, value in options.items())
        raise Refused(f"{executor.name}.options", told, "what it can run with", reason.rstrip("."))
    return options
