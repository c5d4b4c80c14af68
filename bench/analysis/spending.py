"""What a contender's trials spent: seconds by phase and CPU seconds, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from bench.analysis.intervals import CONFIDENCE, Interval, geometric, t_quantile
from bench.samples import Sample

# Work that is Python code throughout: a thread holds the GIL as long as it computes.
ALL_PYTHON = ("cpu", "tiny")


def starting_s(sample: Sample) -> float:
    """The start, with what the first pass took more than a warm one: pools start lazily."""
    return (sample.start_s or 0.0) + (sample.first_s or 0.0) - sample.warm_s


@dataclass(frozen=True)
class Case:
    """A contender's trials beside the baseline's, and what bears on reading them.

    `name` is the contender's, `workers_are` its executor's kind (threads, processes, coroutines,
    …), `work` the work's kind. `gil` says whether its interpreter has a GIL that is on, `usable`
    how many CPUs could be used; either is None where that is not known. `tasks` are those of one
    pass, if that is known. `comparisons` is how many contenders are told of together.
    """

    name: str
    workers: int
    workers_are: str
    work: str
    gil: bool | None
    usable: int | None
    tasks: int | None
    trials: tuple[Sample, ...]
    baseline: tuple[Sample, ...]
    comparisons: int = 1

    @property
    def pairs(self) -> list[tuple[Sample, Sample]]:
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

    def ratio(self, value: Callable[[Sample], float | None]) -> Interval | None:
        """The contender's value over the baseline's of the same round, with its interval."""
        values = [(value(mine) or 0.0, value(other) or 0.0) for mine, other in self.pairs]
        if len(values) < 2 or min(map(min, values)) <= 0:
            return None
        return geometric([mine / other for mine, other in values], self._confidence)

    @property
    def cpus(self) -> Interval | None:
        """How many CPUs it used at a time, where the system tells."""
        cpu = [(trial.warm_cpu_s, trial.warm_s) for trial in self.trials]
        return self.mean([used / warm for used, warm in cpu if used is not None])

    @property
    def _behind_gil(self) -> bool:
        return bool(self.gil) and self.workers_are == "threads" and self.work in ALL_PYTHON

    @property
    def _confidence(self) -> float:
        return 1 - (1 - CONFIDENCE) / max(1, self.comparisons)
