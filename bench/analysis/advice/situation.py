"""What a recommendation depends on, and the conditions that it may be tied to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

# What starting a pool of processes takes, and handing one chunk over, in seconds, where nothing
# better is known: a fork server's, and one that was measured on two virtual cores.
START_S = 0.1
DISPATCH_S = 0.0003

# Chunks that a worker is handed, as the executors cut them by default.
CHUNKS_A_WORKER = 16


@dataclass(frozen=True)
class Situation:
    """What is known of a machine, its Python and the work, besides what kind of work it is.

    `gil` says whether it has a GIL that is on, `usable` how many CPUs can be used, `version` the
    Python's. `asynchronous`: there is an asynchronous library for what is waited for; `many`:
    thousands wait at once; `heavy`: computing takes longer than waiting. `tasks` of `task_s`
    seconds each are to be done; None where that is not known. `start_s` is what starting a pool of
    processes takes.
    """

    gil: bool = True
    usable: int = 2
    version: tuple[int, int] = (3, 11)
    asynchronous: bool = False
    many: bool = False
    heavy: bool = False
    tasks: int | None = None
    task_s: float | None = None
    start_s: float = START_S

    @property
    def pool_pays(self) -> bool:
        """Whether a pool that is started for one use gains more than it costs, as far as known.

        It saves all work but one worker's share; it costs its start, and each chunk's way.
        """
        if self.tasks is None or self.task_s is None:
            return True
        saved = self.tasks * self.task_s * (1 - 1 / max(1, self.usable))
        chunks = min(self.tasks, CHUNKS_A_WORKER * self.usable)
        return saved > self.start_s + chunks * DISPATCH_S


@dataclass(frozen=True)
class Condition:
    """When something holds: in words that can follow "if", and as a predicate.

    `of_machine` says that no other work would change it.
    """

    words: str
    holds: Callable[[Situation], bool]
    of_machine: bool = False


ALWAYS = Condition("in any case", lambda _: True)
ONE_CPU = Condition("one CPU alone can be used", lambda here: here.usable < 2, of_machine=True)
NO_GIL = Condition("this Python has no GIL", lambda here: not here.gil, of_machine=True)
TOO_SHORT = Condition(
    "all tasks together take less time than starting a pool and handing them over",
    lambda here: not here.pool_pays,
)
SUBINTERPRETERS = Condition(
    "this Python is 3.14 or later", lambda here: here.version >= (3, 14), of_machine=True
)
ASYNCHRONOUS = Condition("there is an asynchronous library", lambda here: here.asynchronous)
HEAVY = Condition(
    "computing takes longer than waiting, and several CPUs can share it",
    lambda here: here.heavy and here.usable > 1,
)

# The answers to questions that say something of the situation.
_SAID: Mapping[tuple[str, str], Mapping[str, bool]] = {
    ("at-once", "thousands"): {"many": True},
    ("library", "yes"): {"asynchronous": True},
    ("library-for-many", "yes"): {"asynchronous": True},
    ("longer", "computing"): {"heavy": True},
}


def situation_of(answers: Mapping[str, str], here: Situation) -> Situation:
    """A machine's situation with what answers (by question) say of the work."""
    said: dict[str, bool] = {}
    for pair in answers.items():
        said |= _SAID.get(pair, {})
    return replace(here, **said)  # type: ignore[arg-type]
