"""The seam behind which every way to run tasks stands.

An executor opens with a number of workers and options and yields a map:

    with executor.open(workers, **options) as run:
        results = list(run(task, items))    # in the order of the items

The keyword-only parameters of `open` are its options: their defaults and `Annotated` bounds make
the form, the command line and the checks. Entering, mapping and leaving are timed, the call of
`open` is not: a package that its library comes from is imported there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from bench.forms import Value

if TYPE_CHECKING:
    from bench.workloads import Workload

Map = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]


class Way:
    """What most executors have in common; each names itself and opens.

    `kind` says what its workers are. `most` is the largest number of workers that it may be given.
    `coroutines` says that its map takes coroutine functions: it is handed the work's async form
    where there is one. `piped` says that items and results go through multiprocessing's pipes.
    """

    name: str
    title: str
    kind: str
    most: int = 128
    coroutines: bool = False
    piped: bool = False

    def missing(self) -> str | None:
        """Why it cannot run on this interpreter, in one sentence; None if it can."""
        return None

    def unfit(self, workload: "Workload") -> str | None:
        """Why it cannot run this work, in one sentence; None if it can."""
        return None

    def barred(self, options: Mapping[str, Value]) -> str | None:
        """Why it cannot run with all these options at once, in one sentence; None if it can."""
        return None


class Executor(Protocol):
    """One way to run tasks."""

    name: str
    title: str
    kind: str
    most: int
    coroutines: bool
    piped: bool

    @property
    def open(self) -> Callable[..., AbstractContextManager[Map]]:
        """Start `workers` workers with options, yield a map over them, and stop them."""

    def missing(self) -> str | None: ...

    def unfit(self, workload: "Workload") -> str | None: ...

    def barred(self, options: Mapping[str, Value]) -> str | None: ...
