"""What a contender's trials spent: seconds by phase and CPU seconds, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from bench.analysis.intervals import CONFIDENCE, Interval, geometric, t_quantile

# Work that is Python code throughout: a thread holds the GIL as long as it computes.
ALL_PYTHON = ("cpu", "tiny")


@dataclass(frozen=True)
class Spent:
    """What one trial spent, in seconds.

    `start_s`, `first_s` and `stop_s` are its phases; `warm_s` is one repetition of the warm pass,
    which was repeated `repeats` times. `cpu_user_s` and `cpu_system_s` are the CPU seconds of the
    whole process tree in the warm pass alone, all its repetitions together: from just before the
    first until just after the last.
    """

    round: int
    start_s: float
    first_s: float
    warm_s: float
    stop_s: float
    repeats: int
    cpu_user_s: float
    cpu_system_s: float

    @property
    def cold_s(self) -> float:
        return self.start_s + self.first_s + self.stop_s

    @property
    def starting_s(self) -> float:
        """The start, with what the first pass took more than a warm one: pools start lazily."""
        return self.start_s + self.first_s - self.warm_s

    @property
    def cpu_s(self) -> float:
        """CPU seconds of one repetition of the warm pass."""
        return (self.cpu_user_s + self.cpu_system_s) / self.repeats

    @property
    def cpus(self) -> float:
        """How many CPUs the warm pass used on average."""
        return self.cpu_s / self.warm_s


@dataclass(frozen=True)
class Case:
    """A contender's trials beside the baseline's, and what bears on reading them.

    `name` is the contender's, `workers_are` its executor's kind (threads, processes, coroutines,
    …), `work` the work's kind. `gil` says whether its interpreter has a GIL that is on, `usable`
    how many CPUs could be used; either is None where that is not known. `tasks` are those of one
    pass. `comparisons` is how many contenders are told of together.
    """

    name: str
    workers: int
    workers_are: str
    work: str
    gil: bool | None
    usable: int | None
    tasks: int
    trials: tuple[Spent, ...]
    baseline: tuple[Spent, ...]
    comparisons: int = 1

    @property
    def pairs(self) -> list[tuple[Spent, Spent]]:
        """The contender's and the baseline's trials of the rounds that have both."""
        mine = {trial.round: trial for trial in self.trials}
        return [(mine[other.round], other) for other in self.baseline if other.round in mine]

    @property
    def subject(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    @property
    def their(self) -> str:
        """The possessive that goes with its name: threads have their time, a pool has its."""
        return "their" if self.name.split()[0].endswith("s") else "its"

    @property
    def held_by(self) -> str | None:
        """What lets only one of its workers compute at a time: `gil`, `event-loop`; else None."""
        if self.workers_are == "coroutines":
            return "event-loop"
        return "gil" if self._behind_gil else None

    def mean(self, values: Sequence[float]) -> Interval | None:
        """The mean with its t interval; None if there are too few values for one."""
        if len(values) < 2:
            return None
        error = stdev(values) / sqrt(len(values))
        centre, reach = fmean(values), t_quantile(self._confidence, len(values) - 1) * error
        return Interval(centre, centre - reach, centre + reach)

    def ratio(self, value: Callable[[Spent], float]) -> Interval | None:
        """The contender's value over the baseline's of the same round, with its interval."""
        values = [(value(mine), value(other)) for mine, other in self.pairs]
        if len(values) < 2 or min(map(min, values)) <= 0:
            return None
        return geometric([mine / other for mine, other in values], self._confidence)

    @property
    def cpus(self) -> Interval | None:
        return self.mean([trial.cpus for trial in self.trials])

    @property
    def _behind_gil(self) -> bool:
        return bool(self.gil) and self.workers_are == "threads" and self.work in ALL_PYTHON

    @property
    def _confidence(self) -> float:
        return 1 - (1 - CONFIDENCE) / max(1, self.comparisons)
