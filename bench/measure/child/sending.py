"""Why work did not reach a worker, or its result did not come back: which item, and what in it.

Asked only when an executor has failed, in the trial's child. Standard library only.
"""

import importlib
import pickle
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.reduction import ForkingPickler
from typing import Any

from bench.errors import Broken
from bench.executors.seam import Executor
from bench.work import Work

# Kinds of workers that share this process's memory: nothing is sent to them.
SHARING = ("none", "threads", "coroutines")

# How long is searched for the result that could not be sent, in seconds, and how deep in a value.
SECONDS, DEEPEST, MOST_PARTS = 5.0, 10, 2_000

Dumps = Callable[[Any], Any]


def reason(error: BaseException, work: Work[Any, Any], executor: Executor) -> Broken | None:
    """What could not be sent, as a sentence; None if an error has another cause."""
    if executor.kind in SHARING:
        return None
    dumps = _dumps(executor.name)
    if found := culprit(work.task, "the task", dumps):
        return Broken(
            f"{_told(found)}. Write it as a function of the module, not as a lambda or inside "
            "another function."
        )
    for place, item in enumerate(work.items):
        if found := culprit(item, f"items[{place}]", dumps):
            return Broken(f"{_told(found)}.")
    return _result(work, dumps) if _about_sending(error) else None


def culprit(value: Any, path: str, dumps: Dumps) -> tuple[str, Exception] | None:
    """The innermost part of a value that cannot be sent, and why; None if all of it can."""
    return _culprit(value, path, dumps, DEEPEST, [MOST_PARTS])


def _culprit(
    value: Any, path: str, dumps: Dumps, deep: int, left: list[int]
) -> tuple[str, Exception] | None:
    left[0] -= 1
    try:
        pickle.loads(dumps(value))
    except Exception as error:  # noqa: BLE001  whatever it is, it is why
        if deep and left[0] > 0:
            for step, part in _parts(value):
                if found := _culprit(part, path + step, dumps, deep - 1, left):
                    return found
        return path, error
    return None


def _parts(value: Any) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from ((f"[{key!r}]", part) for key, part in list(value.items()))
    elif isinstance(value, list | tuple):
        yield from ((f"[{place}]", part) for place, part in enumerate(value))
    elif not isinstance(value, type):
        for kind in type(value).__mro__:
            slots = kind.__dict__.get("__slots__", ())
            for name in [slots] if isinstance(slots, str) else slots:
                yield f".{name}", getattr(value, name, None)
        yield from ((f".{name}", part) for name, part in getattr(value, "__dict__", {}).items())


def _result(work: Work[Any, Any], dumps: Dumps) -> Broken | None:
    """The first result, or error, that cannot be sent back: the tasks are done again, here."""
    until = time.monotonic() + SECONDS
    for place, item in enumerate(work.items):
        if time.monotonic() > until:
            break
        try:
            given, what = work.task(item), "gives"
        except Exception as error:  # noqa: BLE001  it may be what could not be sent
            given, what = error, "raises"
        if found := culprit(given, f"what the task {what} for items[{place}]", dumps):
            return Broken(f"{_told(found)}.")
    return None


def _told(found: tuple[str, Exception]) -> str:
    path, error = found
    return f"{path} cannot be sent between workers ({type(error).__name__}: {error})"


def _about_sending(error: BaseException) -> bool:
    """Whether an error came up where something was written or read to be sent."""
    told = "".join(traceback.format_exception(error)).lower()
    return any(sign in told for sign in ("pickl", "shareable", "error sending result"))


def _dumps(executor: str) -> Dumps:
    """How an executor writes what it sends."""
    if executor in ("loky", "dask"):
        dumps: Dumps = importlib.import_module("cloudpickle").dumps
        return dumps
    return ForkingPickler.dumps
