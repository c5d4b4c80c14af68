"""What a workload builds: a task, its items and how their results become one answer."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Work(Generic[Item, Result]):
    """`task` is applied to each of `items`; `reduce` turns the results, in order, into the answer.

    The task must be a module's function, so that other processes can import it, or `Staged`.
    `atask` is the same task as a coroutine function, for executors that run those.
    """

    task: Callable[[Item], Result]
    items: Sequence[Item]
    reduce: Callable[[Iterable[Result]], object] = list
    atask: Callable[[Item], Awaitable[Result]] | None = None


@dataclass(frozen=True)
class Staged:
    """A task in two stages: the first one waits, the second one computes on what it gave."""

    wait: Callable[[Any], Any]
    compute: Callable[[Any], Any]

    def __call__(self, item: Any) -> Any:
        return self.compute(self.wait(item))
