"""Why a profile recommends what it does, and what else it shows, in sentences with its figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

from bench.analysis import words
from bench.analysis.advice.gil import COMPUTES, Gil
from bench.analysis.advice.predicting import Way
from bench.analysis.why import Reason
from bench.profiles import Profile

# A single task that is a greater share of all is what the others wait for in the end.
LONG_SHARE = 0.25

# All results together that are more bytes than this are worth a sentence.
MUCH = 1e9

# Others that took a greater share of the time are worth one, too.
STARVED = 0.1


@dataclass(frozen=True)
class Case:
    """A profile with what follows from it."""

    profile: Profile
    gil: Gil
    chosen: Way
    ways: Sequence[Way]

    def way(self, executor: str) -> Way | None:
        """The way with that executor; None if it cannot run the work."""
        return next((way for way in self.ways if way.executor == executor), None)


def reasons_of(profile: Profile, gil: Gil, chosen: Way, ways: Sequence[Way]) -> tuple[Reason, ...]:
    """All that can be said: of the task first, then of the ways to run it."""
    case = Case(profile, gil, chosen, ways)
    return tuple(reason for look in _LOOKS for reason in look(case))


def _length(case: Case) -> Iterator[Reason]:
    profile = case.profile
    spread = ""
    if len(profile.lengths) >= 4:
        low, _, high = quantiles(profile.lengths, n=4)
        spread = f", half of them {words.seconds(low)} to {words.seconds(high)}"
    yield Reason(
        "length",
        f"A task takes {words.seconds(profile.median_s)} (the median of "
        f"{words.counted(len(profile.lengths), 'task')}{spread}); all {profile.tasks:,} take about "
        f"{words.seconds(profile.whole_s)} one after another.",
    )
    if profile.starved > STARVED:
        yield Reason(
            "starved",
            f"For {words.percent(profile.starved, 2)} of the time others had all CPUs: that is "
            "not counted, but a run will feel it.",
        )


def _longest(case: Case) -> Iterator[Reason]:
    profile = case.profile
    share = max(profile.lengths) / profile.whole_s
    if profile.tasks > 1 and share > LONG_SHARE:
        yield Reason(
            "longest",
            f"The longest task seen is {words.percent(share, 2)} of all: nothing can be more than "
            f"{words.digits(1 / share, 2)} times as fast.",
        )
    if profile.tasks == 1:
        yield Reason("one-task", "There is one task only: nothing can be done beside it.")


def _busy(case: Case) -> Iterator[Reason]:
    profile = case.profile
    busy = words.percent(profile.busy, 2)
    if profile.busy > COMPUTES:
        others = ", in processes that it starts" if profile.other_cpu_s > profile.cpu_s else ""
        yield Reason("computes", f"It computes for {busy} of its time{others}.")
    else:
        yield Reason("waits", f"It waits most of its time: it computes for {busy} of it.")
    if profile.usable == 1:
        yield Reason("one-cpu", "One CPU alone can be used.")


def _gil(case: Case) -> Iterator[Reason]:
    gil = case.gil
    if gil.stand == "no GIL":
        yield Reason("no-gil", "This Python has no GIL.")
    elif gil.beside is None or gil.looping is None:
        yield Reason(
            "gil-not-resolved",
            case.profile.unthreaded or "A task takes too long for a look at the GIL.",
        )
    else:
        does = {
            "lets it go": "it lets the GIL go",
            "keeps it": "it keeps the GIL",
        }.get(gil.stand, "whether it lets the GIL go is not resolved")
        yield Reason(
            {"lets it go": "lets-gil-go", "keeps it": "keeps-gil"}.get(
                gil.stand, "gil-not-resolved"
            ),
            f"Beside it a second thread counts at {words.percent(gil.beside.estimate, 2)} "
            f"({_percents(gil.beside.low, gil.beside.high)}) of its pace beside a sleeping one; "
            f"beside a loop in Python at {words.percent(gil.looping.estimate, 2)}: {does}.",
        )
    if gil.gain:
        yield Reason(
            "two-threads",
            f"In two threads it is {words.digits(gil.gain.estimate)} times as fast as in one "
            f"({words.span(gil.gain)}).",
        )


def _percents(low: float | None, high: float | None) -> str:
    return f"{words.digits(100 * (low or 0.0), 2)}–{words.digits(100 * (high or 0.0), 2)}%"


def _sending(case: Case) -> Iterator[Reason]:
    profile = case.profile
    if profile.unsent:
        yield Reason("unsent", f"Other processes cannot be sent {profile.unsent}.")
    elif profile.item and profile.result:
        sent_s = profile.item.both_s + profile.result.both_s
        yield Reason(
            "sent",
            f"An item is {words.size(profile.item.size)} when it is sent to another process, a "
            f"result {words.size(profile.result.size)}; writing and reading both takes "
            f"{words.seconds(sent_s)}.",
        )


def _coroutine(case: Case) -> Iterator[Reason]:
    form = case.profile.coroutine
    if form:
        count = form.together.count
        once = sum(form.together.together_s) / len(form.together.together_s)
        yield Reason(
            "coroutine",
            f"{count} at once on an event loop take {words.seconds(once)}, one by itself "
            f"{words.seconds(form.task_s)}.",
        )


def _stages(case: Case) -> Iterator[Reason]:
    stages = case.profile.stages
    if stages:
        between = f"; {words.size(stages.between.size)} go between" if stages.between else ""
        yield Reason(
            "stages",
            f"Its first stage takes {words.seconds(stages.wait_s)}, its second one "
            f"{words.seconds(stages.compute_s)}{between}.",
        )


def _memory(case: Case) -> Iterator[Reason]:
    profile = case.profile
    if profile.memory and profile.memory > MUCH / 10:
        yield Reason("memory", f"The process grew by {words.size(profile.memory)} meanwhile.")
    held = profile.tasks * (profile.result.size if profile.result else 0.0)
    if held > MUCH:
        yield Reason(
            "results",
            f"All results together are {words.size(held)}, which must be held at once: give back "
            "less, such as a name of a file.",
        )


def _answers(case: Case) -> Iterator[Reason]:
    if case.profile.repeats is False:
        yield Reason(
            "differs",
            f"Its answers do not repeat ({case.profile.differs}), so that ways to run it cannot be "
            "compared by a run.",
        )
    elif case.profile.differs:
        yield Reason("differs", f"{case.profile.differs[:1].upper()}{case.profile.differs[1:]}")


def _start(case: Case) -> Iterator[Reason]:
    """Where starting a pool of processes, or handing over, takes what it gains."""
    way = case.way("processes")
    if way and way.start_s > 0.1 * case.profile.whole_s:
        yield Reason(
            "start",
            f"Starting {way.workers} processes takes about {words.seconds(way.start_s)}, "
            f"{words.digits(way.start_s / case.profile.whole_s, 2)} times all tasks together.",
        )


_LOOKS: tuple[Callable[[Case], Iterator[Reason]], ...] = (
    _length,
    _longest,
    _busy,
    _gil,
    _sending,
    _coroutine,
    _stages,
    _memory,
    _answers,
    _start,
)
