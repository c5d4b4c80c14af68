"""What a profile recommends: the way to run a task, why, what comes next to it.

    facts of a profile ──► what each way would take ──► recommendation, to be checked by a run

The first in the order of preference is taken of those that are about as fast: what is simpler and
copies nothing comes first.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.analysis import words
from bench.analysis.advice.gil import Gil, gil_of
from bench.analysis.advice.predicting import Way, barred, sequential, ways
from bench.analysis.advice.profile_reasons import reasons_of
from bench.analysis.why import Reason
from bench.executors import find_executor
from bench.profiles import Profile

# By preference; what follows it must be so many times as fast to be taken in its place.
PREFERRED: Sequence[tuple[str, float]] = (
    ("sequential", 1.1),
    ("asyncio", 1.05),
    ("threads", 1.05),
    ("processes", 1.1),  # a pool (below) waits for ever for a worker that died
    ("interpreters", 1.05),
    ("hybrid", 1.05),
    ("pool", 1.0),
)

# All that may be recommended: one executor of each kind, and both pools of processes.
CANDIDATES = tuple(name for name, _ in PREFERRED)

# So many ways are held against sequential work when a recommendation is checked.
MOST_CHECKED = 4


@dataclass(frozen=True)
class Barred:
    """An executor that the task cannot run under, and why, in a sentence."""

    executor: str
    why: str


@dataclass(frozen=True)
class Advice:
    """What to do with a profiled task.

    `ways` are all that it could be run in, sequential work among them, the fastest first as the
    model has it. `again`: the pool stays open, so that its start does not count.
    """

    chosen: Way
    runner_up: Way | None
    ways: tuple[Way, ...]
    barred: tuple[Barred, ...]
    gil: Gil
    reasons: tuple[Reason, ...]
    again: bool = False

    @property
    def sentence(self) -> str:
        """The recommendation, with what the model expects of it."""
        if self.chosen.executor == "sequential":
            return "Not worth it: keep it sequential."
        title = find_executor(self.chosen.executor).title
        return (
            f"Choose {self.chosen.name}, {title}: about {words.digits(self.chosen.gain, 2)} times "
            "as fast as one after another, by the model."
        )

    @property
    def next_to_it(self) -> str:
        """The runner-up, in words; empty if there is none."""
        if self.runner_up is None:
            return ""
        gain = words.digits(self.runner_up.gain, 2)
        return f"Next to it: {self.runner_up.name}, about {gain} times as fast."

    @property
    def to_check(self) -> tuple[Way, ...]:
        """The ways to hold against sequential work: the chosen one, the runner-up and others."""
        first = [way for way in (self.chosen, self.runner_up) if way]
        rest = [way for way in self.ways if way not in first]
        return tuple(way for way in [*first, *rest] if way.executor != "sequential")[:MOST_CHECKED]

    def as_json(self) -> dict[str, Any]:
        return {
            "sentence": self.sentence,
            "chosen": _plain(self.chosen),
            "runner_up": _plain(self.runner_up) if self.runner_up else None,
            "again": self.again,
            "ways": [_plain(way) for way in self.ways],
            "barred": [asdict(one) for one in self.barred],
            "gil": asdict(self.gil),
            "reasons": [reason.as_json() for reason in self.reasons],
        }


def advice_of(
    profile: Profile, able: Collection[str] = CANDIDATES, *, again: bool = False
) -> Advice:
    """What a profile recommends, of the executors that are `able` to run where it was made."""
    gil = gil_of(profile)
    found = [sequential(profile), *ways(profile, gil, able, again=again)]
    found.sort(key=lambda way: way.seconds)
    chosen = _chosen(found)
    others = [way for way in found if _kind(way) != _kind(chosen)]
    told = [
        Barred(executor, why)
        for executor in CANDIDATES
        if executor in able and (why := barred(profile, executor))
    ]
    reasons = reasons_of(profile, gil, chosen, found)
    return Advice(
        chosen, others[0] if others else None, tuple(found), tuple(told), gil, reasons, again
    )


def _chosen(found: Sequence[Way]) -> Way:
    """The first by preference that nothing is much faster than."""
    best, by_name = found[0], {way.executor: way for way in found}
    for executor, worth in PREFERRED:
        way = by_name.get(executor)
        if way and way.seconds <= worth * best.seconds:
            return way
    return best


def _kind(way: Way) -> str:
    return find_executor(way.executor).kind


def _plain(way: Way) -> dict[str, Any]:
    return {**asdict(way), "name": way.name}
