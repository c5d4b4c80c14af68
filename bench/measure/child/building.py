"""From a request to its work: found, checked, set up, and torn down when it is done.

Standard library only: this runs in a trial's child.
"""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bench.errors import Broken
from bench.work import Work
from bench.workloads import Workload, find_workload

AnyWork = Work[Any, Any]


@contextmanager
def built(request: Mapping[str, Any]) -> Iterator[AnyWork]:
    """The work that a request asks for, while it is set up.

    Raises what its check, its set-up, or at the end its tear-down raises.
    """
    if "own" in request:
        from bench.measure.child import owned

        workload = owned.find(request["own"])
    else:
        workload = find_workload(request["workload"])
    workload.check(**request["parameters"])
    with set_up(workload, request) as work:
        yield owned.fit(work, workload) if "own" in request else work


@contextmanager
def set_up(workload: Workload, request: Mapping[str, Any]) -> Iterator[AnyWork]:
    """What a builder returns; or what it yields once, until it has torn it down again."""
    made: object = workload.build(**request["parameters"], **request["resources"])
    if not isinstance(made, Generator):
        yield checked(made)
        return
    try:
        yield checked(next(made, None))
    except BaseException as error:
        try:
            _torn_down(made)
        except Exception as after:  # noqa: BLE001  what came first is the cause
            error.add_note(f"Its tear-down failed, too: {after!r}")
        raise
    _torn_down(made)


def _torn_down(made: Iterator[object]) -> None:
    if next(made, made) is not made:
        raise Broken("it yields a second time: a builder yields its Work once.")


def checked(made: object) -> AnyWork:
    """Raises Broken for what is no Work."""
    if not isinstance(made, Work):
        raise Broken(f"it gives {type(made).__name__}: a builder returns, or yields, a bench.Work.")
    return made
